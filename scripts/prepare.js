/**
 * Builds `dist/` after an installation. Plain JavaScript: the Node that npm runs with may be too old for the sources. Where a
 * package is installed with `--global` from git, as pre-commit does it, npm leaves out what it is built with
 * (https://github.com/npm/cli/issues/8440): that is then installed first, which builds.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(program, ...args) {
  process.exitCode = spawnSync(program, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

if (existsSync(`${root}node_modules/rolldown`)) run("node", "scripts/build.ts");
else run(process.execPath, process.env.npm_execpath ?? "", "ci", "--global=false", "--include=dev");
