import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { findBacktracking } from "../src/detectors/regex/find-backtracking.ts";
import { parseRegex } from "../src/detectors/regex/parse-regex.ts";

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

/** The patterns of a file as Python writes them. */
function patternsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if ("regex" in node && node.regex)
        found.push(node.regex.pattern.replaceAll("(?<", "(?P<").replaceAll(/\(\?P<(?=[=!])/g, "(?<"));
    },
  });
  visitor.visit(parseSync(file, readFileSync(join(SOURCES, file), "utf8")).program);
  return found;
}

const patterns = globSync("**/*.ts", { cwd: SOURCES }).flatMap((file) =>
  patternsIn(file).map((pattern) => ({ file, pattern, parsed: parseRegex(pattern) })),
);

test("no pattern of ours has exponentially many ways to fail on code that somebody made for it", () => {
  expect(patterns.length).toBeGreaterThan(500);
  const slow = patterns.filter(({ parsed }) => parsed !== undefined && findBacktracking(parsed, false) !== undefined);
  expect(slow.map(({ file, pattern }) => `${file}: ${pattern}`)).toEqual([]);
});

test("nearly all of them are understood", () => {
  const unread = patterns.filter(({ parsed }) => parsed === undefined);
  expect(unread.map(({ file, pattern }) => `${file}: ${pattern}`)).toEqual([]);
});
