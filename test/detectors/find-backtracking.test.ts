import { describe, expect, it } from "vitest";
import { findBacktracking } from "../../src/detectors/regex/find-backtracking.ts";
import { parseRegex } from "../../src/detectors/regex/parse-regex.ts";

function partOf(pattern: string, mustEnd = false): string | undefined {
  const parsed = parseRegex(pattern);
  if (parsed === undefined) throw new Error(`not understood: ${pattern}`);
  const found = findBacktracking(parsed, mustEnd);
  return found === undefined ? undefined : pattern.slice(found.start, found.end);
}

describe("a pattern with exponentially many ways", () => {
  it.each([
    ["^(a+)+$", "(a+)+"],
    [String.raw`^(\w+\s?)*$`, String.raw`(\w+\s?)*`],
    [String.raw`^([a-zA-Z0-9]+\.?)+@`, String.raw`([a-zA-Z0-9]+\.?)+`],
    ["(?:a|a)*b", "(?:a|a)*"],
    [String.raw`(\w|\d)+-`, String.raw`(\w|\d)+`],
    [String.raw`"(?:\\.|[^"])*"`, String.raw`(?:\\.|[^"])*`],
    ["^((ab)+)+$", "((ab)+)+"],
    ["^(?P<name>(?:x*y?)*)$", "(?:x*y?)*"],
    ["(.*)*end", "(.*)*"],
    ["x{2,}(y+){3,}$", "(y+){3,}"],
    [String.raw`^(?:\s*[a-z]\s*)*$`, String.raw`(?:\s*[a-z]\s*)*`],
    [String.raw`^(?:\s?a\s?)*$`, String.raw`(?:\s?a\s?)*`],
    [String.raw`^(?:\w+\.?\w*,)*$`, String.raw`(?:\w+\.?\w*,)*`],
    ["^(?:x{0,5})*?y{", "(?:x{0,5})*?"],
  ])("%s", (pattern, part) => {
    expect(partOf(pattern)).toBe(part);
  });

  it("needs an end to fail at, unless the whole text has to match", () => {
    expect(partOf("(a+)+")).toBeUndefined();
    expect(partOf("(a+)+.*")).toBeUndefined();
    expect(partOf("(a+)+", true)).toBe("(a+)+");
  });
});

describe("a pattern with one way", () => {
  it.each([
    "^[a-z]+(-[a-z]+)*$",
    String.raw`^(\w+,)*\w+$`,
    String.raw`^(?:\d{1,3}\.){3}\d{1,3}$`,
    String.raw`"(?:\\.|[^"\\])*"`,
    "^(a++)+$",
    "^(?>a+)+$",
    "^(?:a|b|c)*$",
    String.raw`^(\b\w+)+$`,
    String.raw`^(\w+\s)+$`,
    String.raw`^(?:\s*\w+\s*,)*$`,
    String.raw`^(?:\s*,\s*\w+)*$`,
    String.raw`^(?:\s*a\s*+)*$`,
    String.raw`^(?:[^()]|\([^()]*\))*$`,
    String.raw`^\s*(#.*)?$`,
    String.raw`^(?:\w|\W)*$`,
    "^(ab?)+$",
    String.raw`^[\]a-]+$`,
  ])("%s", (pattern) => {
    expect(partOf(pattern)).toBeUndefined();
  });
});

describe("what is not judged", () => {
  it.each(["(a+", "(?x) ( a+ )+ $", "a)b"])("%s", (pattern) => {
    expect(parseRegex(pattern)).toBeUndefined();
  });

  it("ends for patterns that are nested without end", () => {
    expect(parseRegex("(".repeat(3000))).toBeUndefined();
    expect(parseRegex("a".repeat(5000))).toBeUndefined();
  });
});
