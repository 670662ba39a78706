/** A child whose analysis does what the path of its task says. With an argument, it holds that socket open while it lives. */
import { connect } from "node:net";
import type { Analyse } from "../../src/analysis/analyser.ts";
import { askParent } from "../../src/engine/questions.ts";
import { serveTasks } from "../../src/engine/serve-tasks.ts";
import { pathOf } from "../../src/engine/trouble.ts";

const analyse: Analyse = (task) => {
  const path = pathOf(task);
  if (path === "hang.py") for (;;);
  if (path === "slow.py") for (const end = performance.now() + 400; performance.now() < end; );
  if (path === "crash.py") process.kill(process.pid, "SIGKILL");
  if (path === "throw.py") throw new Error("a defect");
  if (path.startsWith("ask/")) return { ...NOTHING, path, linesInScope: askEach(path) };
  // The process answers as what a test wants to see: which one it was.
  return { path, findings: [], suppressed: [], notices: [], linesInScope: process.pid };
};

const NOTHING = { findings: [], suppressed: [], notices: [] };
const ask = askParent();

/** Asks for as many files as the path says; gives the length of their texts. */
function askEach(path: string): number {
  const names = Array.from({ length: Number(path.slice("ask/".length)) }, (_, at) => `m${at}.py`);
  return names.reduce((sum, name) => sum + (ask(name)?.text?.length ?? 0) + (ask(name)?.change?.base?.length ?? 0), 0);
}

const [, , argument] = process.argv;
if (argument?.startsWith("/")) connect(argument);
await serveTasks(async () => {
  if (argument === "unable") throw new Error("no rules");
  return analyse;
});
