import { expect, test } from "vitest";
import { fillMessage } from "../../src/rules/message.ts";

test("nothing in a field ends the code span that it stands in", () => {
  expect(fillMessage("`{name}` is read.", { name: "a`b` c" })).toBe("`a'b' c` is read.");
});

test("words bring code spans of their own", () => {
  expect(fillMessage("`{name}` raises {what}.", { name: "f", what: "`ValueError`" })).toBe("`f` raises `ValueError`.");
});

test("words with a code span that does not end bring none", () => {
  expect(fillMessage("It raises {what}.", { what: "`a`b`" })).toBe("It raises 'a'b'.");
  expect(fillMessage("It raises {what}.", { what: `\`${"a".repeat(90)}\`` })).toBe(`It raises '${"a".repeat(78)}….`);
});

test("a field is on one line, and one that is not known stays as it is written", () => {
  expect(fillMessage("`{name}` and {other}", { name: "a\n  b" })).toBe("`a b` and {other}");
});
