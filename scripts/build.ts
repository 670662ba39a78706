/**
 * Builds `dist/`: the compiled sources, the bundled command line, the rules as one JSON file, and what V8 compiles of the engine. Run by
 * `npm ci` through `prepare`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(join(root, "dist"), { recursive: true, force: true });
run(join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json");
await bundle(join(root, "dist"));
if (existsSync(join(root, "scripts/compile-rules.ts"))) run("scripts/compile-rules.ts");
run("scripts/keep-code.ts");
