import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Kind } from "../../src/python/kinds.ts";
import { NameTable } from "../../src/python/name-table.ts";
import { nodesOfKind } from "../../src/python/nodes-of-kind.ts";
import { textOf } from "../../src/python/walk.ts";

test("a name has one number wherever it stands, and numbers go by the first places", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 2_000 }), (words) => {
      const text = words.join("");
      const table = new NameTable();
      let start = 0;
      const numbers = words.map((word) => {
        const number = table.add(text, start, start + word.length);
        start += word.length;
        return number;
      });
      expect(table.texts).toEqual([...new Set(words)]);
      expect(numbers.map((number) => table.texts[number])).toEqual(words);
    }),
    { numRuns: 30 },
  );
});

test("a file's identifiers are read by their numbers, in a tree with errors too", async () => {
  const parser = await chooseParser();
  for (const text of ["größe = f(größe, x=1)\n", "def f(a:\n  return (a\nb = = a\n"]) {
    const syntax = parser.parse(text);
    if ("reason" in syntax) throw new Error(syntax.reason);
    const nodes = [...nodesOfKind(syntax, Kind.identifier)];
    const cut = nodes.map((node) => text.slice(syntax.start[node], syntax.end[node]));
    expect(cut.length).toBeGreaterThan(1);
    expect(nodes.map((node) => textOf(syntax, node))).toEqual(cut);
    expect(syntax.names).toEqual([...new Set(cut)]);
  }
});

test("a name has one number in all spellings that Python takes for it", () => {
  const text = "os ｏｓ 𝐨𝐬 о\u{73} größe gro\u{308}ße";
  const table = new NameTable();
  const numbers = [...text.matchAll(/\S+/g)].map(({ 0: name, index }) => table.add(text, index, index + name.length));
  expect(numbers).toEqual([0, 0, 0, 1, 2, 2]);
  expect(table.texts).toEqual(["os", "оs", "größe"]);
});
