/**
 * From a delivery to the completed check of a pull request of 20 Python files, against GitHub's stand-in in the same process:
 * `node test/bench/review-latency.ts [REVIEWS]`, after `npm run build`. First one after another, without latency and pacing; then twice 50
 * at once, where each request takes 150 ms and writes keep the pace that GitHub asks for, each in an installation of its own.
 */
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { IN_MEMORY } from "../../src/database/open-sqlite.ts";
import { processorTime } from "../../src/engine/processor-time.ts";
import { DEFAULT_PACE, type Pace } from "../../src/github/limiters.ts";
import { createLog } from "../../src/log.ts";
import { DEFAULT_REVIEWS } from "../../src/settings.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";
import type { Changes } from "../github/stand-in/write-commit.ts";

const built = new URL("../../dist/start-server.js", import.meta.url).href;
const { startServer } = (await import(built)) as typeof import("../../src/start-server.ts");

const SECRET = "a secret that only the measurement knows";
const NO_PACE: Pace = { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 };
const FILES = 20;
/** So many of the files get a mistake with the change; the others change in harmless ways. */
const MISTAKES = 2;
const AT_ONCE = 50;
const LATENCY_MS = 150;
const PATIENCE_MS = 300_000;
const [reviews = "40"] = process.argv.slice(2);

await withApp(NO_PACE, async (github) => {
  const pulls = await openPullRequests(github, Number(reviews) + 1, "calm");
  const times: number[] = [];
  for (const pull of pulls) times.push(await timeOf(github, pull));
  const [first = 0, ...others] = times;
  console.log(`one after another, no latency, no pacing: ${describe(others)}; the first one ${seconds(first)}`);
});

await withApp(DEFAULT_PACE, async (github) => {
  github.faults.inject({
    kind: "delay",
    milliseconds: LATENCY_MS,
    match: () => true,
    times: Number.POSITIVE_INFINITY,
  });
  // Processes that have just started compile their own code while they review; the usual case is one that runs.
  await timeAtOnce(github, "first");
  await timeAtOnce(github, "next");
});

async function timeAtOnce(github: StandIn, which: string): Promise<void> {
  const pulls = await openPullRequests(github, AT_ONCE, which);
  const before = process.cpuUsage();
  const childrenBefore = cpuOfChildren();
  const times = await Promise.all(pulls.map((pull) => timeOf(github, pull)));
  const { user, system } = process.cpuUsage(before);
  const cpu = seconds((user + system) / 1_000);
  console.log(`the ${which} ${AT_ONCE} at once, ${LATENCY_MS} ms a request, writes paced: ${describe(times)}`);
  console.log(`meanwhile ${cpu} of CPU in this process, the stand-in's part included`);
  console.log(
    `and ${seconds(cpuOfChildren() - childrenBefore)} in those that analyse; load of the machine ${loadavg()[0]}`,
  );
}

async function withApp(pace: Pace, measure: (github: StandIn) => Promise<void>): Promise<void> {
  const github = await startStandIn();
  const app = await startServer(
    {
      appId: github.app.id,
      privateKey: github.app.privateKey,
      webhookSecrets: [SECRET],
      apiUrl: github.url,
      host: "127.0.0.1",
      port: 0,
      logLevel: "error",
      rulePages: "https://example.com/rules",
      reviews: DEFAULT_REVIEWS,
      analysers: 2,
      proxies: 0,
      queue: { kind: "file", path: IN_MEMORY },
      role: "all",
      recoveryMinutes: 0,
      retentionDays: 90,
      previousPrivateKeys: [],
    },
    { log: createLog("error"), pace },
  );
  github.sendHooksTo({ url: `http://127.0.0.1:${app.port}/api/github/webhooks`, secret: SECRET });
  try {
    await measure(github);
  } finally {
    await app.close(5_000);
    await github.close();
  }
}

/** Each of another account, so that each has an installation, and its limits, to itself. */
async function openPullRequests(github: StandIn, count: number, account: string): Promise<readonly PullRequest[]> {
  const pulls: PullRequest[] = [];
  for (let at = 0; at < count; at += 1) {
    const repository = await github.createRepository({
      owner: `${account}-${at}`,
      name: "shop",
      files: filesOf(at, false),
    });
    await repository.commit("feature", filesOf(at, true), { from: await repository.resolve(repository.defaultBranch) });
    const pull = await github.openPullRequest(repository, { head: "feature" });
    await knowDiffs(pull);
    pulls.push(pull);
  }
  return pulls;
}

/** The stand-in asks git once for each of these: its own cost is no part of what is measured. */
async function knowDiffs({ repository, baseSha, headSha }: PullRequest): Promise<void> {
  await repository.mergeBase(baseSha, headSha);
  await repository.changedFiles(baseSha, headSha);
  await repository.commitsBetween(baseSha, headSha);
  await repository.commitsBetween(headSha, baseSha);
}

async function timeOf(github: StandIn, pull: PullRequest): Promise<number> {
  const start = performance.now();
  await github.announce(pull, { action: "opened" });
  const run = await github.untilChecked(pull, PATIENCE_MS);
  if (run.annotations.length !== MISTAKES) throw new Error(`an unexpected review: ${run.title}`);
  return performance.now() - start;
}

function filesOf(seed: number, changed: boolean): Changes {
  return Object.fromEntries(
    Array.from({ length: FILES }, (_, at) => [
      `shop/part_${at}.py`,
      moduleText(seed * FILES + at, changed, at < MISTAKES),
    ]),
  );
}

/** Some 120 lines of a usual web module, no two alike. */
function moduleText(id: number, changed: boolean, isWrong: boolean): string {
  const views = Array.from({ length: 8 }, (_, at) => viewText(id, at, changed && at === 3, isWrong));
  return `import json
import logging
import sqlite3
from dataclasses import dataclass

from flask import Blueprint, abort, jsonify, request

log = logging.getLogger(__name__)
routes = Blueprint("part_${id}", __name__)


@dataclass
class Order${id}:
    number: int
    name: str
    lines: list


def connect():
    return sqlite3.connect("orders-${id}.db")

${views.join("\n")}`;
}

function viewText(id: number, at: number, changed: boolean, isWrong: boolean): string {
  const query =
    changed && isWrong
      ? `db.execute("SELECT number, name FROM orders WHERE name = '" + name + "'")`
      : `db.execute("SELECT number, name FROM orders WHERE name = ?", (name,))`;
  const limit = changed ? 200 : 100;
  return `
@routes.route("/orders-${id}/${at}")
def orders_${at}():
    name = request.args.get("name", "").strip()
    if not name or len(name) > ${limit}:
        abort(400)
    with connect() as db:
        rows = ${query}
        found = [Order${id}(number, title, []) for number, title in rows]
    log.info("%d orders found", len(found))
    return jsonify([{"number": each.number, "name": each.name} for each in found])
`;
}

/** Milliseconds; Linux only, elsewhere nothing is known of them. */
function cpuOfChildren(): number {
  const list = `/proc/self/task/${process.pid}/children`;
  const ids = existsSync(list) ? readFileSync(list, "utf8").split(" ").filter(Boolean) : [];
  return ids.reduce((sum, id) => sum + (processorTime(Number(id))?.milliseconds ?? 0), 0);
}

function describe(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => seconds(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `median ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)} of ${times.length}`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
