import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Analyse, AnalysisTask } from "../analysis/analyser.ts";
import type { Answer, Batch, ChildMessage } from "./protocol.ts";
import { describeError } from "./trouble.ts";

/** Resident bytes gained after which memory is given back: V8 does not see that of native syntax trees, and never hurries. */
const COLLECT_AFTER = 64 * 1024 * 1024;

/** The child's side of the pool: loads the analysis, answers tasks in order, and ends with its parent. */
export async function serveTasks(load: () => Promise<Analyse>): Promise<void> {
  // Children of a terminal get its signals too; it is the parent that ends them.
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit());
  let analyse: Analyse;
  try {
    analyse = await load();
  } catch (error) {
    await send({ kind: "unable", error: describeError(error) });
    process.exit(1);
  }
  let collected = process.memoryUsage.rss();
  process.on("message", async ({ tasks }: Batch) => {
    for (const task of tasks) {
      const outcome = attempt(analyse, task);
      if (process.memoryUsage.rss() > collected + COLLECT_AFTER) {
        await collect();
        collected = process.memoryUsage.rss();
      }
      // Awaited: an answer must have left before the next task can take the process down.
      await send({ ...outcome, rss: process.memoryUsage.rss() });
    }
  });
  await send({ kind: "ready" });
}

type Outcome =
  | Pick<Extract<Answer, { kind: "analysed" }>, "kind" | "analysis">
  | Pick<Extract<Answer, { kind: "threw" }>, "kind" | "error">;

function attempt(analyse: Analyse, task: AnalysisTask): Outcome {
  try {
    return { kind: "analysed", analysis: analyse(task) };
  } catch (error) {
    return { kind: "threw", error: describeError(error) };
  }
}

/** Finalizers of native trees run only when the collector has run and the event loop turns. */
async function collect(): Promise<void> {
  gc ??= exposeGc();
  gc();
  await new Promise((resolve) => setImmediate(resolve));
}

let gc: (() => void) | undefined;

/** Not by an option of the process: code that the build kept is for processes without it. */
function exposeGc(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) throw new Error("not started as a child of the pool");
    process.send(message, undefined, undefined, () => resolve());
  });
}
