import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnalysisTask } from "../../src/analysis/analyser.ts";
import type { Notice } from "../../src/analysis/finding.ts";
import { createChildPool } from "../../src/engine/child-pool.ts";

const pool = createChildPool({ size: 1 });

function file(path: string, text: string): AnalysisTask {
  return { kind: "file", file: { path, text }, options: { profile: "audit", disabled: [], today: "2026-01-01" } };
}

beforeAll(async () => void (await pool.analyse(file("first.py", "x = 1\n"))));
afterAll(() => pool.close());

const dangers: readonly (readonly [string, string, readonly Notice["kind"][]])[] = [
  ["backslash continuations", "x = 1 + \\\n".repeat(40_000), ["limit"]],
  ["backslash continuations below the limit, many times", `${"\\\n".repeat(1_900)}x = 1\n`.repeat(100), ["too-slow"]],
  ["an unterminated string", `x = """${"a b\n".repeat(125_000)}`, ["syntax-error", "too-slow"]],
  ["nested brackets", `x = ${"(".repeat(100_000)}${")".repeat(100_000)}\n`, ["limit", "too-slow", "syntax-error"]],
  ["brackets that are never closed", "[".repeat(100_000), ["limit", "too-slow", "syntax-error"]],
  ["broken expressions", "if else for in ".repeat(30_000), ["too-slow", "syntax-error"]],
  ["a chain of operators", `x = ${"a + ".repeat(80_000)}a\n`, ["limit", "too-slow"]],
  ["a chain of attributes and calls", `x = a${".b()".repeat(50_000)}\n`, ["limit", "too-slow"]],
  [
    "nested blocks",
    Array.from({ length: 700 }, (_, at) => `${" ".repeat(at)}if a:\n`).join(""),
    ["limit", "syntax-error", "too-slow"],
  ],
];

// The limit of five seconds is the pool's deadline of four, and one to end the child and start another.
test.each(dangers)("%s end in a notice, and the next file is analysed", { timeout: 6_000 }, async (_, text, kinds) => {
  const { notices } = await pool.analyse(file("danger.py", text));
  expect(notices.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))).not.toEqual([]);
  const next = await pool.analyse(file("next.py", "eval(input())\n"));
  expect(next.notices).toEqual([]);
});
