/**
 * The whole way on one machine: GitHub's stand-in, the real App against it, a pull request, its review. `--once` ends after
 * printing; otherwise a page with the review is served on loopback until it is interrupted.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "../src/log.ts";
import { startServer } from "../src/main.ts";
import type { PullRequest } from "../test/github/stand-in/pull-state.ts";
import { startStandIn } from "../test/github/stand-in/stand-in.ts";
import { AFTER, BEFORE, TITLE } from "./demo/change.ts";
import { drawPage, type Theme } from "./demo/page.ts";
import { printReview } from "./demo/print-review.ts";
import type { CodeLine, ReviewView } from "./demo/review-view.ts";

const SECRET = "a secret that only the demonstration knows";
/** A review of this size takes about a second; a machine under load may need more. */
const PATIENCE_MS = 60_000;

const github = await startStandIn();
const app = await startServer(
  {
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
  },
  { log: createLog("warn"), pace: { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 } },
);
github.sendHooksTo({ url: `http://127.0.0.1:${app.port}/api/github/webhooks`, secret: SECRET });

const repository = await github.createRepository({ owner: "acme", name: "shop", files: BEFORE });
await repository.commit("feature", AFTER, { from: await repository.resolve(repository.defaultBranch) });
const pull = await github.openPullRequest(repository, { head: "feature", title: TITLE });
await github.announce(pull, { action: "opened" });
const view = await reviewed(pull);
process.stdout.write(`${printReview(view)}\n`);

if (process.argv.includes("--once")) await end();
else servePage(view);

async function reviewed(pull: PullRequest): Promise<ReviewView> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const run = github.checkRun(pull);
    if (run?.status === "completed") {
      const [review] = pull.reviews;
      return {
        title: `${pull.title} #${pull.number}`,
        author: "safepath",
        check: { conclusion: run.conclusion ?? "", title: run.title ?? "", summary: run.summary ?? "" },
        ...(review === undefined ? {} : { reviewBody: review.body }),
        comments: pull.comments.map(({ path, body, place }) => ({
          path,
          body,
          ...(place?.startLine === undefined ? {} : { startLine: place.startLine }),
          ...(place === undefined ? {} : { line: place.line }),
          code: codeAt(path, place?.line ?? 0),
        })),
      };
    }
    if (Date.now() > patience) throw new Error("the review did not end within a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The commented line and the three before it, as GitHub shows them. */
function codeAt(path: string, line: number): CodeLine[] {
  const lines = (AFTER[path as keyof typeof AFTER] ?? "").split("\n");
  const before = new Set((path === "shop/orders.py" ? BEFORE[path] : "").split("\n"));
  const first = Math.max(1, line - 3);
  return lines.slice(first - 1, line).map((text, index) => ({ number: first + index, text, added: !before.has(text) }));
}

function servePage(view: ReviewView): void {
  const server = createServer((request, response) => {
    const theme: Theme = request.url === "/dark" ? "dark" : request.url === "/light" ? "light" : "auto";
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(drawPage(view, theme));
  });
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`\nThe review as a page: http://127.0.0.1:${port}/ (Ctrl+C ends)\n`);
  });
  process.once("SIGINT", () => {
    server.close();
    void end();
  });
}

async function end(): Promise<void> {
  await app.close(5_000);
  await github.close();
}
