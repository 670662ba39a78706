import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-prepare-"));
  mkdirSync(join(folder, "scripts"));
  copyFileSync(fileURLToPath(new URL("../scripts/prepare.js", import.meta.url)), join(folder, "scripts/prepare.mjs"));
  const tell = (name: string) =>
    `require("node:fs").writeFileSync("asked", ["${name}", ...process.argv.slice(2)].join(" "));`;
  writeFileSync(join(folder, "npm.cjs"), tell("npm"));
  writeFileSync(join(folder, "scripts/build.ts"), tell("build"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function prepare(): string {
  const { status } = spawnSync(process.execPath, ["scripts/prepare.mjs"], {
    cwd: folder,
    env: { ...process.env, npm_execpath: join(folder, "npm.cjs") },
  });
  expect(status).toBe(0);
  return readFileSync(join(folder, "asked"), "utf8");
}

test("an installation with all that is needed is built", () => {
  mkdirSync(join(folder, "node_modules/rolldown"), { recursive: true });
  expect(prepare()).toBe("build");
});

test("a global one from git, which npm leaves without it, installs it first, by itself and not globally", () => {
  expect(prepare()).toBe("npm ci --global=false --include=dev");
});
