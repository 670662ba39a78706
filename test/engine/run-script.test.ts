import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { codePath, compileScript, evaluateScript, runScript } from "../../src/engine/run-script.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-script-"));
  path = join(folder, "script.cjs");
  writeFileSync(join(folder, "other.json"), '"beside it"');
  writeFileSync(path, scriptThatSays("one"));
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Exports {
  readonly answer: () => string;
  readonly beside: string;
  readonly folder: string;
}

function scriptThatSays(word: string): string {
  const lines = [
    `exports.answer = () => ${JSON.stringify(word)};`,
    `exports.beside = require("./other.json");`,
    `exports.folder = __dirname;`,
  ];
  return lines.join("\n");
}

/** As the build does it: with the code of what was called meanwhile. */
function keepCode(): Buffer {
  const script = compileScript(path);
  (evaluateScript(script, path) as Exports).answer();
  const code = script.createCachedData();
  writeFileSync(codePath(path), code);
  return code;
}

test("a script runs alike with and without code that was kept of it", () => {
  const without = runScript(path) as Exports;
  keepCode();
  const withCode = runScript(path) as Exports;
  expect(withCode).not.toBe(without);
  for (const exports of [without, withCode]) {
    expect([exports.answer(), exports.beside, exports.folder]).toEqual(["one", "beside it", folder]);
  }
});

test("the code that was kept is taken", () => {
  expect(compileScript(path, keepCode()).cachedDataRejected).toBe(false);
});

test("code of another text, or what is no code, is as good as none", () => {
  const code = keepCode();
  writeFileSync(path, scriptThatSays("another one"));
  expect(compileScript(path, code).cachedDataRejected).toBe(true);
  expect((runScript(path) as Exports).answer()).toBe("another one");
  writeFileSync(codePath(path), "no code");
  expect((runScript(path) as Exports).answer()).toBe("another one");
});
