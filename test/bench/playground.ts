/**
 * What the playground needs for a paste, at the service: `npm run bench:playground`. 300 lines out of the examples of the rules, then
 * pastes made to be a burden, after which it has to answer as before. Ends with 1 when it does not, or needs more than 300 ms.
 */
import type { AddressInfo } from "node:net";
import { createChildPool } from "../../src/engine/child-pool.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { shownCode } from "../../src/pages/example.ts";
import { createHttpServer } from "../../src/web/http-server.ts";
import { createPages } from "../../src/web/pages.ts";
import { HOSTILE_PASTES } from "../web/hostile-pastes.ts";

const RUNS = 30;
const BOUND_MS = 300;

const { rules } = await loadRules();
const engine = createChildPool({ size: 1 });
const onError = (error: unknown) => console.error(error);
const clock = { now: () => new Date(), sleep: () => Promise.reject(new Error("the pages do not sleep")) };
const guests = { perMinute: 10_000, atOnce: 1 };
const server = createHttpServer({}, onError, createPages({ engine, rules, clock, onError, guests }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/playground/analyse`;

async function post(
  code: string,
): Promise<{ readonly status: number; readonly milliseconds: number; readonly summary: string }> {
  const start = performance.now();
  const response = await fetch(address, { method: "POST", body: new URLSearchParams({ code }) });
  const summary = /data-summary="([^"]*)"/u.exec(await response.text())?.[1] ?? "no answer";
  return { status: response.status, milliseconds: performance.now() - start, summary };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const usual = rules
  .flatMap(({ bad }) => bad)
  .filter(({ path, before }) => path === "example.py" && before === undefined)
  .map(shownCode)
  .join("\n\n\n")
  .split("\n")
  .slice(0, 300)
  .join("\n");
await post(usual);
const first: number[] = [];
for (let run = 0; run < RUNS; run++) first.push((await post(`${usual}\n# ${run}`)).milliseconds);
console.log(
  `300 lines: median ${median(first).toFixed(0)} ms, longest ${Math.max(...first).toFixed(0)} ms, of ${RUNS}`,
);

for (const [name, code] of Object.entries(HOSTILE_PASTES)) {
  const { status, milliseconds, summary } = await post(code);
  console.log(`${name}: ${status} after ${milliseconds.toFixed(0)} ms: ${summary}`);
}
const afterwards = await post(usual);
console.log(`300 lines afterwards: ${afterwards.milliseconds.toFixed(0)} ms: ${afterwards.summary}`);

server.close();
server.closeAllConnections();
await engine.close();
process.exitCode = median(first) <= BOUND_MS && afterwards.status === 200 ? 0 : 1;
