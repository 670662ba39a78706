import { expect, test } from "vitest";
import { excerptOf } from "../../src/analysis/excerpt.ts";
import { createLineIndex } from "../../src/text/line-index.ts";

const LONGEST = 501;

function excerpt(text: string, part: string, secret?: string) {
  const start = text.indexOf(part);
  const at = secret === undefined ? -1 : text.indexOf(secret);
  const secrets = secret === undefined ? [] : [{ start: at, end: at + secret.length }];
  const { excerpt, marked } = excerptOf(text, createLineIndex(text).spanOf(start, start + part.length), secrets);
  const [first = ""] = excerpt.split("\n");
  return { excerpt, marked, shown: marked && first.slice(marked.from, marked.to) };
}

test("an excerpt is the lines of its place, whole, without line ends of Windows", () => {
  expect(excerpt("a = 1\r\ncall(\r\n  b,\r\n)\r\nc = 2\r\n", "call(\r\n  b,\r\n)")).toEqual({
    excerpt: "call(\n  b,\n)",
    marked: undefined,
    shown: undefined,
  });
  expect(excerpt("\ncall()", "call()").excerpt).toBe("call()");
  expect(excerpt("call()\n", "call()").excerpt).toBe("call()");
  expect(excerpt(`${"x".repeat(290)}call()`, "call()").excerpt).toHaveLength(296);
});

test("a byte order mark is no part of it", () => {
  const secret = excerpt('\uFEFFcall("hunter2xyz")\n', "call", "hunter2xyz");
  expect(secret.excerpt.startsWith('call("')).toBe(true);
  expect(secret.shown).toBe("call");
});

test("it has ten lines at most", () => {
  const text = `call(\n${"  b,\n".repeat(500)})\n`;
  expect(excerpt(text, text.trimEnd()).excerpt.split("\n")).toHaveLength(10);
});

test.each([
  ["at the end of a line", `${"x".repeat(50_000)}call()`],
  ["in the middle of one", `${"x".repeat(50_000)}call()${"y".repeat(50_000)}`],
  ["at the start of one", `call()${"y".repeat(50_000)}`],
  ["below other lines", `a = 1\n${"x".repeat(50_000)}call()${"y".repeat(50_000)}\nb = 2\n`],
])("of a line that is very long it has what is around the place: %s", (_, text) => {
  const found = excerpt(text, "call()");
  expect(found.excerpt.length).toBeLessThanOrEqual(LONGEST);
  expect(found.shown).toBe("call()");
  expect(found.excerpt).not.toContain("\n");
});

test("a place of long lines, or of one that is very long, is cut too", () => {
  const call = `call(${"x".repeat(40_000)}\n${"y".repeat(40_000)})`;
  const { excerpt: lines, marked } = excerpt(`a = ${call}\n`, call);
  expect(lines.split("\n").every((line) => line.length <= LONGEST)).toBe(true);
  expect(marked?.from).toBe(4);
});

test("no cut shows more of a secret than its beginning", () => {
  const secret = `AKIA${"0123456789".repeat(40)}`;
  for (let before = 0; before < 420; before += 7) {
    const text = `${"x".repeat(2_000)}"${secret}"${"z".repeat(before)}call()${"y".repeat(2_000)}`;
    const found = excerpt(text, "call()", secret);
    expect(found.shown).toBe("call()");
    expect(found.excerpt).not.toMatch(/[0-9]{2}/u);
  }
});
