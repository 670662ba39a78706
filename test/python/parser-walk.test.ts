import { expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Field, Kind, kindName } from "../../src/python/kinds.ts";
import type { SyntaxArrays } from "../../src/python/syntax-arrays.ts";
import {
  ancestorOfKind,
  childByField,
  childOfKind,
  children,
  childrenByField,
  firstChild,
  firstNamedChild,
  lineOf,
  NONE,
  namedChildren,
  nextSibling,
  spanOf,
  textOf,
} from "../../src/python/walk.ts";

const parser = await chooseParser();
const syntax = parse("import os\n\ndef f(a, b):  # note\n    return os.path.join(a, b)\n");
const join = first(Kind.call);

function parse(text: string): SyntaxArrays {
  const parsed = parser.parse(text);
  if ("reason" in parsed) throw new Error(parsed.reason);
  return parsed;
}

function first(kind: number): number {
  return syntax.kind.indexOf(kind);
}

test("a child is found by its field or its kind", () => {
  expect(textOf(syntax, childByField(syntax, join, Field.function))).toBe("os.path.join");
  expect(textOf(syntax, childOfKind(syntax, join, Kind.argument_list))).toBe("(a, b)");
  expect(childByField(syntax, join, Field.body)).toBe(NONE);
  expect(childOfKind(syntax, join, Kind.block)).toBe(NONE);
});

test("siblings are the children in order", () => {
  const list = childByField(syntax, join, Field.arguments);
  const walked: number[] = [];
  for (let at = firstChild(syntax, list); at !== NONE; at = nextSibling(syntax, at)) walked.push(at);
  expect(walked).toEqual(children(syntax, list));
  expect(walked.map((node) => textOf(syntax, node))).toEqual(["(", "a", ",", "b", ")"]);
  expect(firstChild(syntax, walked[1])).toBe(NONE);
  expect(nextSibling(syntax, 0)).toBe(NONE);
});

test("punctuation, keywords and comments carry no meaning", () => {
  const parameters = first(Kind.parameters);
  expect(namedChildren(syntax, parameters).map((node) => textOf(syntax, node))).toEqual(["a", "b"]);
  expect(textOf(syntax, firstNamedChild(syntax, first(Kind.return_statement)))).toBe("os.path.join(a, b)");
  expect(firstNamedChild(syntax, first(Kind.comment))).toBe(NONE);
});

test("the nearest ancestor of a kind is found, the node itself is none", () => {
  expect(kindName(syntax.kind[ancestorOfKind(syntax, join, Kind.module, Kind.function_definition)])).toBe(
    "function_definition",
  );
  expect(ancestorOfKind(syntax, join, Kind.call)).toBe(NONE);
  expect(ancestorOfKind(syntax, join, Kind.module)).toBe(0);
});

test("all children under one field are found", () => {
  const statement = parse("from x import a, b as c\n");
  const names = childrenByField(statement, statement.kind.indexOf(Kind.import_from_statement), Field.name);
  expect(names.map((node) => textOf(statement, node))).toEqual(["a", "b as c"]);
});

test("a node's span says line, column and offset", () => {
  expect(spanOf(syntax, join)).toEqual({
    start: { line: 4, column: 11, offset: 43 },
    end: { line: 4, column: 29, offset: 61 },
  });
  expect([0, 9, 10, 11, 61, 62].map((offset) => lineOf(syntax, offset))).toEqual([1, 1, 2, 3, 4, 5]);
});
