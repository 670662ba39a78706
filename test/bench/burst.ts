/**
 * 2,000 deliveries in ten seconds, then 300 bots' pull requests at once and a person's behind them: `npm run bench:burst`. The service and
 * the sender are processes of their own, the queue is on disk, GitHub is the stand-in in this one. Fails where a figure is above what is promised.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forkService } from "../github/forked-service.ts";
import { pullRequestPayload } from "../github/stand-in/payloads.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { startStandIn } from "../github/stand-in/stand-in.ts";
import type { Answer, Burst } from "./burst-sender.ts";
import { openSmallPullRequests } from "./pull-requests.ts";

const DELIVERIES = 2_000;
const SECONDS = 10;
const PULLS = 200;
const BOTS = 300;
const PATIENCE_MS = 900_000;
const PROMISED = { answerMs: 100, megabytes: 250, personSeconds: 60 };

const folder = mkdtempSync(join(tmpdir(), "safepath-burst-"));
const queue = { kind: "file", path: join(folder, "queue.db") } as const;
const github = await startStandIn();
const service = await forkService(github, queue, { reviews: 4, analysers: 1 }, "built");
const problems: string[] = [];

const pulls: PullRequest[] = [];
for (let at = 0; at < 10; at += 1) pulls.push(...(await openSmallPullRequests(github, `shop-${at}`, PULLS / 10)));
await burst();
await bots();
await service.kill();
await github.close();
rmSync(folder, { recursive: true });
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

async function burst(): Promise<void> {
  const began = performance.now();
  const all = await send(pulls, DELIVERIES, SECONDS);
  const accepted = all.filter(({ status }) => status === 202).length;
  const times = all.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  console.log(`${accepted} of ${DELIVERIES} accepted, median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`);
  for (const pull of pulls) await github.untilChecked(pull, PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  const megabytes = service.memory().most / 1024 ** 2;
  console.log(`drained ${seconds.toFixed(0)} s after the first one; memory ${megabytes.toFixed(0)} MB at most`);
  if (accepted < DELIVERIES) problems.push("not every delivery was accepted");
  if (at(0.99) > PROMISED.answerMs) problems.push(`p99 of the answer is above ${PROMISED.answerMs} ms`);
  if (megabytes > PROMISED.megabytes) problems.push(`memory is above ${PROMISED.megabytes} MB`);
}

async function bots(): Promise<void> {
  const waiting = await openSmallPullRequests(github, "bots", BOTS, { author: "renovate[bot]" });
  const [person] = await openSmallPullRequests(github, "person", 1);
  if (person === undefined) throw new Error("there is no pull request");
  await send(waiting, BOTS, 1);
  const began = performance.now();
  await send([person], 1, 0);
  await github.untilChecked(person, PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  const done = waiting.filter((pull) => github.checkRun(pull) !== undefined).length;
  console.log(`a person's check after ${seconds.toFixed(1)} s, behind ${BOTS} of bots, ${done} of which were done`);
  if (seconds > PROMISED.personSeconds) problems.push(`a person waits for more than ${PROMISED.personSeconds} s`);
}

async function send(targets: readonly PullRequest[], count: number, seconds: number): Promise<readonly Answer[]> {
  const payloads = await Promise.all(
    targets.map((pull) => pullRequestPayload(pull, { action: "reopened" }, github.world)),
  );
  const sender = fork(fileURLToPath(new URL("burst-sender.ts", import.meta.url)), { execArgv: [] });
  const bodies = payloads.map((payload) => JSON.stringify(payload));
  sender.send({ hook: service.hook, bodies, count, seconds } satisfies Burst);
  const [answers] = (await once(sender, "message")) as [readonly Answer[]];
  return answers;
}
