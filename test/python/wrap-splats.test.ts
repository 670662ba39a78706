import { expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Kind, kindName } from "../../src/python/kinds.ts";
import { namedChildren, textOf } from "../../src/python/walk.ts";

const parser = await chooseParser();

/** What is inside the first splat of a text, by kind and text, from the outside to the inside. */
function firstSplat(text: string) {
  const syntax = parser.parse(text);
  if ("reason" in syntax) throw new Error(syntax.reason);
  const found: string[] = [];
  for (let at = syntax.kind.indexOf(Kind.list_splat); at !== undefined; at = namedChildren(syntax, at)[0])
    found.push(`${kindName(syntax.kind[at])} ${textOf(syntax, at)}`);
  return found;
}

test.each(["[*job.words]", "{*job.words}", "x = *job.words, 1", "*job.words, rest = line", "f(*job.words)"])(
  "a star takes the whole of what stands behind it: %s",
  (text) => {
    expect(firstSplat(text)).toEqual(["list_splat *job.words", "attribute job.words", "identifier job"]);
  },
);

test("calls, items and sums stay as they are inside", () => {
  expect(firstSplat("[*split(line, 3)[0].words + more, 1]")).toEqual([
    "list_splat *split(line, 3)[0].words + more",
    "binary_operator split(line, 3)[0].words + more",
    "attribute split(line, 3)[0].words",
    "subscript split(line, 3)[0]",
    "call split(line, 3)",
    "identifier split",
  ]);
});

test("every node keeps its parent and its end", () => {
  const syntax = parser.parse("[*a.b(*c.d, e)[f](g).h, *(i.j), k]\n[*l]\n");
  if ("reason" in syntax) throw new Error(syntax.reason);
  for (let node = 1; node < syntax.count; node++) {
    const above = syntax.parent[node];
    expect(above < node && syntax.next[node] <= syntax.next[above], textOf(syntax, node)).toBe(true);
    expect(syntax.start[node] >= syntax.start[above] && syntax.end[node] <= syntax.end[above]).toBe(true);
  }
});
