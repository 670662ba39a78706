import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { codeSpan, fence, plainText, sentence, tableCell } from "../../src/review/escape.ts";
import { hasInvisible } from "../../src/text/invisible.ts";

/** GitHub links addresses with a scheme or `www.`, not bare domains. */
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false });

const HOSTILE = [
  "`",
  "``",
  "```",
  "~~~",
  "\\",
  "|",
  "<!-- safepath:1 e30= 0 -->",
  "</details>",
  "<img src=x>",
  "@org/team",
  "#12",
  "GH-7",
  "https://evil.example",
  "www.evil.example",
  "![x](//evil.example)",
  "[x](javascript:1)",
  "*",
  "_",
  "$",
  "\n",
  "\r\n",
  "\t",
  " ",
  "\u202e",
  "\u200b",
  "\ufeff",
  "\0",
  "\ud800",
  "a",
  "name",
  "1.",
  "- ",
  "# ",
  "> ",
  "=",
  "&lt;",
  "😀",
  "|---|",
];
const hostileText = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 12 }).map((parts) => parts.join(""));

function inline(source: string) {
  const tokens = markdown.parse(source, {});
  return { blocks: tokens.map(({ type }) => type), children: tokens.flatMap(({ children }) => children ?? []) };
}

describe("a code span", () => {
  test("holds any text as exactly one token of code", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string({ unit: "binary" })), (text) => {
        const { blocks, children } = inline(`before ${codeSpan(text)} after`);
        expect(blocks).toEqual(["paragraph_open", "inline", "paragraph_close"]);
        expect(children.map(({ type }) => type)).toEqual(["text", "code_inline", "text"]);
      }),
    );
  });

  test("shows bidirectional and zero-width characters by their number", () => {
    expect(codeSpan("a\u202eb\u200bc")).toBe("`a⟨U+202E⟩b⟨U+200B⟩c`");
  });

  test("keeps what has backticks inside and at its ends", () => {
    const { children } = inline(codeSpan("`a``b`"));
    expect(children.map(({ content }) => content)).toEqual(["`a``b`"]);
  });

  test("keeps the cell of a table in one piece", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const row = `| ${tableCell(codeSpan(text))} | end |`;
        const tokens = markdown.parse(`| a | b |\n|---|---|\n${row}`, {});
        const cells = tokens.filter(({ type }) => type === "td_open").length;
        const spans = tokens
          .flatMap(({ children }) => children ?? [])
          .filter(({ type }) => type === "code_inline").length;
        expect([cells, spans]).toEqual([2, 1]);
      }),
    );
  });
});

describe("a sentence", () => {
  test("renders to text and code alone, whatever is put into its fields", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const { blocks, children } = inline(sentence(`${one} is read by \`${other}\` here`));
        expect(blocks).toEqual(["paragraph_open", "inline", "paragraph_close"]);
        expect(children.filter(({ type }) => !["text", "text_special", "code_inline"].includes(type))).toEqual([]);
      }),
    );
  });

  test("mentions nobody and refers to nothing outside its code", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const { children } = inline(sentence(`${one} is read by \`${other}\` here`));
        const prose = children
          .filter(({ type }) => type !== "code_inline")
          .map(({ content }) => content)
          .join("");
        expect(prose).not.toMatch(/@\w|#\d|GH-\d|\/\/|www\./u);
      }),
    );
  });

  test("keeps the code spans of a rule's message as they are", () => {
    expect(sentence("`name` comes from the query string; see `a | b`.")).toBe(
      "`name` comes from the query string; see `a | b`.",
    );
  });
});

describe("a fence", () => {
  test("is closed by nothing inside it, and keeps the code unit for unit", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const code = text.replace(/\r\n?|\0|[\ud800-\udfff]/gu, "");
        const tokens = markdown.parse(fence(code, "suggestion"), {});
        expect(tokens.map(({ type }) => type)).toEqual(["fence"]);
        expect(tokens[0]?.content.replace(/\n$/u, "")).toBe(code.replace(/\n$/u, ""));
      }),
    );
  });
});

test("a hidden character is noticed; tabs, line ends and letters of any script are none", () => {
  expect(hasInvisible("if admin\u2066:")).toBe(true);
  expect(hasInvisible("\tname = 'Ærøskøbing 東京'\r\n")).toBe(false);
});

test("plain text is one line without controls", () => {
  expect(plainText("`a`\nis\u0007 read ")).toBe("`a` is⟨U+0007⟩ read");
});
