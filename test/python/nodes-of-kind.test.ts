import { describe, expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Kind } from "../../src/python/kinds.ts";
import { nodesOfKind, nodesOfKinds } from "../../src/python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../src/python/syntax-arrays.ts";

const parser = await chooseParser();

function parse(text: string): SyntaxArrays {
  const syntax = parser.parse(text);
  if ("reason" in syntax) throw new Error(syntax.reason);
  return syntax;
}

function scan({ kind, count }: SyntaxArrays, wanted: readonly number[]): number[] {
  return Array.from({ length: count }, (_, node) => node).filter((node) => wanted.includes(kind[node]));
}

describe("nodes of a kind", () => {
  const syntax = parse("def f(a, b=1):\n    return g(a)[b] + h(b)\n\nclass C:\n    x = f(1)\n");

  test("are what a pass over all nodes finds, in the same order, for every kind of the grammar", () => {
    for (const kind of new Set(syntax.kind)) {
      expect([...nodesOfKind(syntax, kind)]).toEqual(scan(syntax, [kind]));
    }
  });

  test("of several kinds come in the order of the document", () => {
    const wanted = [Kind.call, Kind.identifier, Kind.integer];
    expect([...nodesOfKinds(syntax, wanted)]).toEqual(scan(syntax, wanted));
  });

  test("are none where the text has none, and errors do not hide the rest", () => {
    expect(nodesOfKind(syntax, Kind.lambda)).toHaveLength(0);
    const broken = parse("def f(:\n    g(\nx = lambda: 1\n");
    expect([...nodesOfKind(broken, Kind.lambda)]).toEqual(scan(broken, [Kind.lambda]));
  });
});
