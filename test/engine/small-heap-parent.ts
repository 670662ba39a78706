/** A pool whose children have little memory: analyses a file that needs more than that and one that does not, and prints what came of them. */
import { createChildPool } from "../../src/engine/child-pool.ts";

/** Enough for the analysis to be loaded, which takes 34, and for small files; the large one is given up at 57. */
const HEAP_MB = 48;

/** Below the size that is analysed, with something to remember on every line. */
const LARGE = Array.from(
  { length: 3_400 },
  (_, at) =>
    `def run_${at}(name, *more):\n    kept = {"name": [name, more], "all": (name, more)}\n    return kept, ${at}\n`,
).join("");

const pool = createChildPool({
  size: 1,
  maxHeapMb: HEAP_MB,
  deadlineMs: 250_000,
  onRestart: (reason) => console.log(JSON.stringify({ reason })),
});
const analyses = await Promise.all(
  [
    ["large.py", LARGE],
    ["small.py", 'import subprocess\nsubprocess.run("ls " + input(), shell=True)\n'],
  ].map(([path = "", text = ""]) =>
    pool.analyse({
      kind: "file",
      file: { path, text },
      options: { profile: "default", levels: {}, today: "2026-01-01" },
    }),
  ),
);
for (const { path, notices, findings } of analyses)
  console.log(JSON.stringify({ path, notices, findings: findings.length }));
await pool.close();
