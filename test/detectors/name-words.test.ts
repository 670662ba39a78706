import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsPhrase, indexOfPhrase, nameWords } from "../../src/detectors/shared/name-words.ts";

describe("nameWords", () => {
  it.each([
    ["dbPassword", ["db", "password"]],
    ["DB_PASSWORD", ["db", "password"]],
    ["db-password", ["db", "password"]],
    ["APIKey", ["api", "key"]],
    ["aws.secretAccessKey2", ["aws", "secret", "access", "key2"]],
    ["__init__", ["init"]],
    ["", []],
  ])("splits %s", (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });

  it("gives the same words whatever the casing", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const camel = words
          .map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
          .join("");
        expect(nameWords(camel)).toEqual(words);
        expect(nameWords(words.join("_").toUpperCase())).toEqual(words);
        expect(nameWords(words.join("-"))).toEqual(words);
      }),
    );
  });
});

describe("a phrase in words", () => {
  it("is found without a gap, the last time it stands there", () => {
    expect(indexOfPhrase(["api", "key", "api", "key"], ["api", "key"])).toBe(2);
    expect(containsPhrase(["api", "old", "key"], ["api", "key"])).toBe(false);
    expect(containsPhrase(["key"], ["api", "key"])).toBe(false);
  });
});
