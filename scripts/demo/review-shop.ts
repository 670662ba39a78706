import { IN_MEMORY } from "../../src/database/open-sqlite.ts";
import { createLog } from "../../src/log.ts";
import { startServer } from "../../src/start-server.ts";
import type { PullRequest, ReviewComment } from "../../test/github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../../test/github/stand-in/stand-in.ts";
import type { CodeLine, CommentView, ReviewView } from "./review-view.ts";
import { AFTER, BEFORE, TITLE } from "./shop.ts";

/** The whole way on one machine: GitHub's stand-in, the real App against it, a pull request, and its review. */
export async function reviewShop(): Promise<ReviewView> {
  const github = await startStandIn();
  const app = await startServer(settingsFor(github), { log: createLog("warn"), pace: NO_PACE });
  try {
    github.sendHooksTo({ url: `http://127.0.0.1:${app.port}/api/github/webhooks`, secret: SECRET });
    const pull = await openPullRequest(github);
    await github.announce(pull, { action: "opened" });
    const run = await github.untilChecked(pull, PATIENCE_MS);
    return {
      title: `${pull.title} #${pull.number}`,
      author: github.app.slug,
      check: { conclusion: run.conclusion ?? "", title: run.title ?? "", summary: run.summary ?? "" },
      ...(pull.reviews[0] === undefined ? {} : { reviewBody: pull.reviews[0].body }),
      comments: pull.comments.map(viewOf),
    };
  } finally {
    await app.close(5_000);
    await github.close();
  }
}

const SECRET = "a secret that only the demonstration knows";

/** A review of this size takes a second or two; a machine under load needs more. */
const PATIENCE_MS = 120_000;

/** The stand-in needs no protection from too many requests. */
const NO_PACE = { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 };

function settingsFor(github: StandIn): Parameters<typeof startServer>[0] {
  return {
    appId: github.app.id,
    privateKey: github.app.privateKey,
    webhookSecrets: [SECRET],
    apiUrl: github.url,
    host: "127.0.0.1",
    port: 0,
    logLevel: "warn",
    rulePages: "https://github.com/safepath/safepath/blob/main/docs/rules",
    reviews: 1,
    analysers: 1,
    proxies: 0,
    queue: { kind: "file", path: IN_MEMORY },
    role: "all",
    recoveryMinutes: 0,
    retentionDays: 90,
    previousPrivateKeys: [],
  };
}

async function openPullRequest(github: StandIn): Promise<PullRequest> {
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: BEFORE });
  await repository.commit("feature", AFTER, { from: await repository.resolve(repository.defaultBranch) });
  return github.openPullRequest(repository, { head: "feature", title: TITLE });
}

function viewOf({ path, body, place, diffHunk }: ReviewComment): CommentView {
  const { line, startLine } = place ?? {};
  const code = line === undefined ? [] : shownLines(diffHunk, startLine ?? line, line);
  return {
    path,
    body,
    code,
    ...(line === undefined ? {} : { line }),
    ...(startLine === undefined ? {} : { startLine }),
  };
}

/** The commented lines and up to three before them, as GitHub shows them above a comment. */
function shownLines(diffHunk: string, first: number, last: number): readonly CodeLine[] {
  const lines: CodeLine[] = [];
  const [header = "", ...rest] = diffHunk.split("\n");
  let number = Number(/\+(\d+)/u.exec(header)?.[1] ?? 1);
  for (const line of rest) {
    if (line.startsWith("-")) continue;
    lines.push({ number, text: line.slice(1), added: line.startsWith("+") });
    number += 1;
  }
  return lines.filter((line) => line.number >= first - 3 && line.number <= last);
}
