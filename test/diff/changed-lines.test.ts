import { expect, test } from "vitest";
import { createChangedLines } from "../../src/diff/changed-lines.ts";
import { parsePatch } from "../../src/diff/parse-patch.ts";

const hunks = parsePatch(
  "@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n d\n@@ -20,3 +20,2 @@\n t\n-u\n v\n@@ -30,2 +29,0 @@\n-x\n-y\n",
);
const changed = createChangedLines("head.py", "base.py", hunks);
const range = (first: number, last: number) => ({ first, count: last - first + 1 });
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

test("changed are the lines that the change wrote", () => {
  expect(upTo(40).filter(changed.isChanged)).toEqual([2]);
});

test("comments are accepted on every line of a hunk, and on no other", () => {
  expect(upTo(40).filter(changed.isCommentable)).toEqual([1, 2, 3, 4, 20, 21]);
});

test("a range must lie in one hunk", () => {
  expect([range(1, 4), range(2, 3), range(20, 21)].map(changed.isOneHunk)).toEqual([true, true, true]);
  expect([range(4, 5), range(4, 20), range(0, 1), range(29, 29)].map(changed.isOneHunk)).toEqual(Array(4).fill(false));
});

test("a suggestion must not span lines between which the change removed some", () => {
  expect([range(2, 2), range(2, 4), range(20, 20), range(21, 21)].map(changed.isSuggestable)).toEqual(
    Array(4).fill(true),
  );
  expect([range(1, 2), range(20, 21), range(21, 22)].map(changed.isSuggestable)).toEqual([false, false, false]);
});

test("a file that was not changed has no such line", () => {
  const untouched = createChangedLines("a.py", "a.py", []);
  expect([untouched.isChanged(1), untouched.isCommentable(1), untouched.isOneHunk(range(1, 1))]).toEqual(
    Array(3).fill(false),
  );
});
