import { describe, expect, it } from "vitest";
import { regexEnds } from "../../src/detectors/shared/regex-ends.ts";

describe("the ends of a pattern", () => {
  it.each([
    ["^[a-z]+$", { start: true, end: true }],
    [String.raw`\A[a-z]+\Z`, { start: true, end: true }],
    ["(?i)^[a-z]+$", { start: true, end: true }],
    ["[a-z]+", { start: false, end: false }],
    [String.raw`^[a-z]+\$`, { start: true, end: false }],
    ["^a$|^b$", { start: true, end: true }],
    ["^a|b$", { start: false, end: false }],
    ["^(?:a|b)$", { start: true, end: true }],
    ["^[a|b]+$", { start: true, end: true }],
    ["^a(?:$|/)", { start: true, end: true }],
    ["^a(?!b)", { start: true, end: true }],
  ])("%s", (pattern, ends) => {
    expect(regexEnds(pattern)).toMatchObject(ends);
  });
});

describe("a pattern that describes a whole value", () => {
  it.each(["[a-z]+", String.raw`\d{4}`, "^(?:[a-z]+,)*[a-z]+", "^([a-z0-9]+)", "[^@]+@[^@]+"])("%s", (pattern) => {
    expect(regexEnds(pattern).describes).toBe(true);
  });

  it.each(["https?://", "^a", "[A-Z]", ".*", "^a.+", String.raw`^key:\s*`])("is not %s", (pattern) => {
    expect(regexEnds(pattern).describes).toBe(false);
  });
});
