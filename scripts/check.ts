/** Format and lint, types, unused code: all of them run, all problems are shown. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const CHECKS: readonly (readonly string[])[] = [
  ["@biomejs/biome/bin/biome", "ci", "--max-diagnostics=50", "."],
  ["typescript/bin/tsc", "--noEmit"],
  ["knip/bin/knip.js"],
];

const failed = CHECKS.filter(([program, ...args]) => {
  console.log(`\n> ${[program.split("/").at(-1), ...args].join(" ")}`);
  return (
    spawnSync(process.execPath, [join(root, "node_modules", program), ...args], { cwd: root, stdio: "inherit" })
      .status !== 0
  );
});
process.exitCode = failed.length > 0 ? 1 : 0;
