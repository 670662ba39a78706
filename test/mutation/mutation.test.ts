import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { MUTANTS } from "./mutants.ts";

const run = promisify(execFile);

test.each(MUTANTS)("$file has the mechanism: $name", ({ file, text }) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).toContain(text);
});

test("there are at least thirty mutants, each of its own", () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
});

/** All of them take a minute: `npm run test:mutation`. */
const EVERY = 8;

test("a flow case notices each of a part of them", async () => {
  const script = fileURLToPath(new URL("run.ts", import.meta.url));
  const { stdout } = await run(process.execPath, ["--no-warnings", script, String(EVERY)]);
  expect(stdout.trim().split("\n").at(-1)).toMatch(/^(\d+) of \1 mutants noticed$/);
  expect(stdout.match(/^noticed/gm)).toHaveLength(Math.ceil(MUTANTS.length / EVERY));
});
