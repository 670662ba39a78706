import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drawKinds } from "../../scripts/draw-kinds.ts";
import { Field, Kind, kindName, TOKENS } from "../../src/python/kinds.ts";

test("the table of kinds is what the installed grammar gives", async () => {
  const table = readFileSync(new URL("../../src/python/kinds.ts", import.meta.url), "utf8");
  expect(table).toBe(await drawKinds());
});

test("operators, keywords and named nodes have kinds, and no two share one", () => {
  expect([Kind.token_plus, Kind.token_not_in, Kind.call, Field.function].every(Number.isInteger)).toBe(true);
  expect(new Set(Object.values(Kind)).size).toBe(Object.values(Kind).length);
});

test("a kind has a name, also one that the grammar does not know", () => {
  expect([kindName(Kind.call), kindName(Kind.token_plus), kindName(9_999)]).toEqual([
    "call",
    "token_plus",
    "kind 9999",
  ]);
});

test("operators of two words are not taken for single tokens", () => {
  const tokens = TOKENS.map(([kind]) => kind);
  expect(tokens).toContain(Kind.token_in);
  expect(tokens).not.toContain(Kind.token_not_in);
});
