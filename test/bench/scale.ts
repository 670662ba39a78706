/**
 * Reviews a second with one and with two workers on one PostgreSQL: `npm run bench:scale [PULL REQUESTS] [CHANGED FILES]`. Every process is one of its own;
 * GitHub is the stand-in in this one, without latency and pacing, so that the workers are what is measured. Processor time is the workers' and their children's.
 */
import { availableParallelism } from "node:os";
import { forkService } from "../github/forked-service.ts";
import { startStandIn } from "../github/stand-in/stand-in.ts";
import { startPostgres } from "../queue/postgres-server.ts";
import { openSmallPullRequests } from "./pull-requests.ts";

const [count = "120", changed = "1"] = process.argv.slice(2);
const PATIENCE_MS = 900_000;

console.log(`${count} pull requests of ${changed} changed files, ${availableParallelism()} cores`);
for (const workers of [1, 2]) await measure(workers, Number(count));

async function measure(workers: number, pulls: number): Promise<void> {
  const [database, github] = [await startPostgres(), await startStandIn()];
  const queue = { kind: "postgres", url: database.url } as const;
  const waiting = await openSmallPullRequests(github, "shop", pulls, { changed: Number(changed) });
  const web = await forkService(github, queue, { role: "web" }, "built");
  github.sendHooksTo(web.hook);
  for (const pull of waiting) await github.announce(pull, { action: "opened" });
  github.forgetRequests();
  const began = performance.now();
  const running = await Promise.all(
    Array.from({ length: workers }, () =>
      forkService(github, queue, { role: "worker", reviews: 4, analysers: 1 }, "built"),
    ),
  );
  for (const pull of waiting) await github.untilChecked(pull, PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  const milliseconds = running.reduce((sum, service) => sum + service.processorMs(), 0);
  const requests = github.countRequests() / pulls;
  const rate = (pulls / seconds).toFixed(1);
  console.log(
    `${workers} worker(s): ${rate} reviews a second, ${(milliseconds / pulls).toFixed(0)} ms of processor and ` +
      `${requests.toFixed(1)} requests a review, start included`,
  );
  for (const service of [web, ...running]) await service.kill();
  await github.close();
  await database.stop();
}
