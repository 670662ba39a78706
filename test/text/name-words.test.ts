import fc from "fast-check";
import { expect, test } from "vitest";
import { nameWords, wordFilter, wordFinder } from "../../src/text/name-words.ts";

const parts = fc.array(fc.constantFrom("api", "Api", "API", "key", "Key", "KEY", "x", "X", "_", "-", " ", "2", "é"), {
  maxLength: 8,
});

test.each([
  ["dbPassword", ["db", "password"]],
  ["DB_PASSWORD", ["db", "password"]],
  ["APIKey", ["api", "key"]],
  ["sha256Sum", ["sha256", "sum"]],
])("the words of %s", (name, words) => {
  expect(nameWords(name)).toEqual(words);
});

test("a filter lets through each name that holds one of its words, with digits at its end or without", () => {
  const mayHold = wordFilter(["api", "key", "sha256"]);
  fc.assert(
    fc.property(parts, (written) => {
      const name = written.join("");
      const words = nameWords(name).flatMap((word) => [word, word.replace(/\d+$/, "")]);
      if (words.includes("api") || words.includes("key")) expect(mayHold(name)).toBe(true);
    }),
  );
  expect(mayHold("my_sha256")).toBe(true);
});

test("and few others", () => {
  const mayHold = wordFilter(["api", "key"]);
  const others = ["apiary", "monkey", "keyed", "", "self", "kéy"];
  expect(others.filter(mayHold)).toEqual([]);
});

test("a finder says the words of a part of a text, and takes what is escaped for no word", () => {
  const find = wordFinder(wordsOf("curl", "tmp", "key", "x"));
  const said: string[] = [];
  const text = String.raw`key = "\tcurl -k /TMP/apiKey7 \x.."`;
  find(text, 5, text.length, (word) => said.push(word));
  expect(said).toEqual(["curl", "tmp", "key"]);
});

test("and says each word that a name has", () => {
  const find = wordFinder(wordsOf("api", "key"));
  fc.assert(
    fc.property(parts, (written) => {
      const said = new Set<string>();
      const name = written.join("");
      find(name, 0, name.length, (word) => said.add(word));
      const words = nameWords(name).map((word) => word.replace(/\d+$/, ""));
      for (const word of ["api", "key"]) if (words.includes(word)) expect(said).toContain(word);
    }),
  );
});

function wordsOf(...words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(words.map((word) => [word, word]));
}
