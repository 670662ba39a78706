import { afterAll, describe, expect, test } from "vitest";
import type { AnalysisTask } from "../../src/analysis/analyser.ts";
import type { Notice } from "../../src/analysis/finding.ts";
import { createChildPool } from "../../src/engine/child-pool.ts";

function file(path: string, text: string): AnalysisTask {
  return { kind: "file", file: { path, text }, options: { profile: "audit", levels: {}, today: "2026-01-01" } };
}

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

// That each ends in time is the pool's own deadline; without a notice the test would wait for ever.
describe.each(["native", "wasm"])("with the %s parser", (parser) => {
  const pool = createChildPool({ size: 1, args: [parser] });
  afterAll(() => pool.close());

  test.each(dangers)("%s end in a notice, and the next file is analysed", async (_, text, kinds) => {
    const { notices } = await pool.analyse(file("danger.py", text));
    expect(notices.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))).not.toEqual([]);
    expect((await pool.analyse(file("next.py", "eval(input())\n"))).notices).toEqual([]);
  });
});
