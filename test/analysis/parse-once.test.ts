import { expect, test } from "vitest";
import { parseOnce } from "../../src/analysis/parse-once.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import type { PythonParser } from "../../src/python/syntax-arrays.ts";

const parser = await chooseParser();

function counting(): { readonly parser: PythonParser; readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    parser: {
      name: parser.name,
      parse(text) {
        texts.push(text);
        return parser.parse(text);
      },
    },
  };
}

test("the same text has the same syntax", () => {
  const { parser, texts } = counting();
  const once = parseOnce(parser);
  expect(once.parse("a = 1\n")).toBe(once.parse(["a = ", "1\n"].join("")));
  expect(texts).toEqual(["a = 1\n"]);
});

test("a text that is refused is not tried again", () => {
  const { parser, texts } = counting();
  const once = parseOnce(parser);
  const long = "a\n".repeat(300_000);
  expect(once.parse(long)).toMatchObject({ reason: "too-large" });
  expect(once.parse(long)).toMatchObject({ reason: "too-large" });
  expect(texts).toHaveLength(1);
});

test("of many texts the latest that were asked for are kept", () => {
  const { parser, texts } = counting();
  const [a, b, c] = ["a", "b", "c"].map((name) => `${name} = 1\n`.repeat(100));
  const nodes = 100 * 5;
  const once = parseOnce(parser, 2.5 * 19 * nodes);
  for (const text of [a, b, a, c, a]) once.parse(text);
  expect(texts).toEqual([a, b, c]);
  once.parse(b);
  expect(texts).toEqual([a, b, c, b]);
});
