/**
 * How long the jobs of a killed worker wait for another one: `npm run bench:takeover [ROUNDS]`, after `npm run build`. Web and two workers are
 * processes of their own on one PostgreSQL; GitHub is the stand-in in this one, each request at 300 ms. A worker is killed with four
 * reviews in progress, the other one starts when it is dead. Fails where a review takes longer than is promised, or is said twice.
 */

import { forkService } from "../github/forked-service.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";
import { startPostgres } from "../queue/postgres-server.ts";
import { openSmallPullRequests } from "./pull-requests.ts";

const [rounds = "3"] = process.argv.slice(2);
const REVIEWS = 4;
const LATENCY_MS = 300;
const PATIENCE_MS = 120_000;
/** From the kill to the check that the other worker completes, the review itself included. */
const PROMISED_SECONDS = 30;

const [database, github] = [await startPostgres(), await startStandIn()];
const queue = { kind: "postgres", url: database.url } as const;
const problems: string[] = [];
const web = await forkService(github, queue, { role: "web" }, "built");
github.sendHooksTo(web.hook);
github.faults.inject({ kind: "delay", milliseconds: LATENCY_MS, match: () => true, times: Number.POSITIVE_INFINITY });
for (let round = 1; round <= Number(rounds); round += 1) await measure(github, round);
await web.kill();
await github.close();
await database.stop();
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

async function measure(github: StandIn, round: number): Promise<void> {
  const pulls = await openSmallPullRequests(github, `shop-${round}`, REVIEWS);
  const worker = () => forkService(github, queue, { role: "worker", reviews: REVIEWS, analysers: 1 }, "built");
  const first = await worker();
  github.forgetRequests();
  for (const pull of pulls) await github.announce(pull, { action: "opened" });
  await github.until(() => github.countRequests() >= REVIEWS * 2, PATIENCE_MS);
  await first.kill();
  const killed = performance.now();
  const unfinished = pulls.filter((pull) => github.checkRun(pull)?.status !== "completed");
  const heir = await worker();
  const seconds: number[] = [];
  for (const pull of pulls) {
    await github.untilChecked(pull, PATIENCE_MS);
    seconds.push((performance.now() - killed) / 1_000);
  }
  await heir.kill();
  const longest = Math.max(...seconds);
  console.log(
    `round ${round}: ${unfinished.length} in progress at the kill, all reviewed ${longest.toFixed(1)} s later`,
  );
  if (longest > PROMISED_SECONDS) problems.push(`round ${round}: longer than ${PROMISED_SECONDS} s`);
  problems.push(...pulls.flatMap(saidTwice));
}

function saidTwice({ number, comments, reviews, repository, headSha }: PullRequest): readonly string[] {
  const checks = repository.checkRuns.filter((run) => run.headSha === headSha).length;
  return comments.length === 1 && checks === 1
    ? []
    : [`pull request ${number}: ${comments.length} comments in ${reviews.length} reviews, ${checks} checks`];
}
