import { describe, expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { fillArrays } from "../../src/python/fill-arrays.ts";
import { createNativeParser } from "../../src/python/native-parser.ts";
import { MAX_CONTINUATIONS, MAX_NODES, MAX_TEXT_LENGTH } from "../../src/python/parse-limits.ts";
import type { PythonParser } from "../../src/python/syntax-arrays.ts";
import { createWasmParser } from "../../src/python/wasm-parser.ts";

const native = createNativeParser();
const wasm = await createWasmParser();
const parsers = native === undefined ? [wasm] : [native, wasm];

function reasonOf(parser: PythonParser, text: string): string {
  const parsed = parser.parse(text);
  return "reason" in parsed ? parsed.reason : "parsed";
}

describe.each(parsers.map((parser) => [parser.name, parser] as const))("%s", (_, parser) => {
  test("a text longer than the limit is refused, one of the limit is not", () => {
    const line = "pass\n";
    const longest = `${line.repeat(100)}#`.padEnd(MAX_TEXT_LENGTH, "x");
    expect(reasonOf(parser, longest)).toBe("parsed");
    expect(parser.parse(`${longest}x`)).toEqual({
      kind: "refused",
      reason: "too-large",
      measured: MAX_TEXT_LENGTH + 1,
      limit: MAX_TEXT_LENGTH,
    });
  });

  test("only lines that are joined without a break count as continuations", () => {
    const most = "1 + \\\n".repeat(MAX_CONTINUATIONS);
    expect(reasonOf(parser, `x = ${most}1\n`)).not.toBe("too-many-continuations");
    expect(reasonOf(parser, `x = ${most}1 + \\\n1\n`)).toBe("too-many-continuations");
    expect(reasonOf(parser, `x = ${most.replaceAll("\n", "\r\n")}1 + \\\r\n1\r\n`)).toBe("too-many-continuations");
    expect(reasonOf(parser, "x = 1 + \\\n  1\n".repeat(MAX_CONTINUATIONS + 1))).toBe("parsed");
  });

  test("a parse that takes too long is given up, and the next text is parsed from its start", () => {
    expect(reasonOf(parser, "if else for in ".repeat(30_000))).toBe("too-slow");
    const after = parser.parse("x = 1\n");
    if ("reason" in after) throw new Error(after.reason);
    expect([after.count, after.errors]).toEqual([6, []]);
  });
});

test("a tree with more nodes than the limit is refused", () => {
  const token = { nodeTypeId: 1, currentFieldId: 0, startIndex: 0, endIndex: 1, nodeIsMissing: false };
  const endless = { ...token, gotoFirstChild: () => false, gotoNextSibling: () => true, gotoParent: () => true };
  expect(fillArrays("x", endless, false)).toEqual({
    kind: "refused",
    reason: "too-many-nodes",
    measured: MAX_NODES + 1,
    limit: MAX_NODES,
  });
});

test("the WebAssembly build can be asked for where the addon loads", async () => {
  expect((await chooseParser("wasm")).name).toBe("wasm");
  expect((await chooseParser()).name).toBe(native === undefined ? "wasm" : "native");
});
