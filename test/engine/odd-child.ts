/** A child whose analysis does what the path of its task says. With an argument, it holds that socket open while it lives. */
import { connect } from "node:net";
import type { Analyse } from "../../src/analysis/analyser.ts";
import { serveTasks } from "../../src/engine/serve-tasks.ts";
import { pathOf } from "../../src/engine/trouble.ts";

const analyse: Analyse = (task) => {
  const path = pathOf(task);
  if (path === "hang.py") for (;;);
  if (path === "slow.py") for (const end = performance.now() + 400; performance.now() < end; );
  if (path === "crash.py") process.kill(process.pid, "SIGKILL");
  if (path === "throw.py") throw new Error("a defect");
  // The process answers as what a test wants to see: which one it was.
  return { path, findings: [], suppressed: [], notices: [], linesInScope: process.pid };
};

const [, , argument] = process.argv;
if (argument?.startsWith("/")) connect(argument);
await serveTasks(async () => {
  if (argument === "unable") throw new Error("no rules");
  return analyse;
});
