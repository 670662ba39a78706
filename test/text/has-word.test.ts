import fc from "fast-check";
import { expect, test } from "vitest";
import { continuesWith, hasWord } from "../../src/text/has-word.ts";

test("a word is found where a regular expression finds it", () => {
  const pieces = fc.array(fc.constantFrom("a", "ab", "_", ".", "(", " ", "é", "7"), { maxLength: 12 });
  fc.assert(
    fc.property(pieces, fc.constantFrom("a", "ab", "a_a", "b"), (written, word) => {
      const text = written.join("");
      expect(hasWord(text, word, () => true)).toBe(new RegExp(`\\b${word}\\b`).test(text));
    }),
  );
});

test("every place is asked until one fits", () => {
  const asked: number[] = [];
  const text = "run run() rerun run(x)";
  expect(hasWord(text, "run", (from, to) => asked.push(from) > 0 && text.startsWith("(x", to))).toBe(true);
  expect(asked).toEqual([0, 4, 16]);
  expect(hasWord(text, "", () => true)).toBe(false);
});

test("what follows is looked at from there on alone", () => {
  const called = /\.\w+\(/y;
  expect(continuesWith("a.b()", 1, called)).toBe(true);
  expect(continuesWith("a.b()", 0, called)).toBe(false);
});
