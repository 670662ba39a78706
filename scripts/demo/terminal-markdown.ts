import { stripVTControlCharacters, styleText } from "node:util";
import MarkdownIt, { type Token } from "markdown-it";
import type { CodeLine } from "./review-view.ts";

/**
 * Markdown as lines for a terminal: as much of it as comments and summaries use. `replaced` are the lines that a
 * suggestion stands in place of.
 */
export function terminalLines(markdown: string, width: number, replaced: readonly CodeLine[]): readonly string[] {
  const lines: string[] = [];
  let indent = "";
  let marker = "";
  const numbers: (number | undefined)[] = [];
  const tokens = parser.parse(markdown, {});
  for (const [index, token] of tokens.entries()) {
    switch (token.type) {
      case "inline": {
        if (isInTable(tokens, index)) break;
        lines.push(...wrap(inline(token), width, indent, marker), ...(numbers.length === 0 ? [""] : []));
        marker = "";
        break;
      }
      case "fence":
        lines.push(...(token.info === "suggestion" ? suggestion(token, replaced) : indented(token.content)), "");
        break;
      case "html_block": {
        const title = /<summary>(.*)<\/summary>/u.exec(token.content)?.[1];
        if (title !== undefined) lines.push(`▾ ${styleText("bold", title)}`);
        indent = token.content.includes("</details>") ? "" : title === undefined ? indent : "  ";
        break;
      }
      case "ordered_list_open":
      case "bullet_list_open":
        numbers.push(token.type === "ordered_list_open" ? 1 : undefined);
        break;
      case "ordered_list_close":
      case "bullet_list_close":
        numbers.pop();
        lines.push("");
        break;
      case "list_item_open": {
        const number = numbers.at(-1);
        marker = number === undefined ? "- " : `${number}. `;
        if (number !== undefined) numbers[numbers.length - 1] = number + 1;
        break;
      }
      case "tr_open":
        lines.push(...row(tokens, index, width, indent));
        break;
      case "table_close":
        lines.push("");
        break;
    }
  }
  return lines;
}

const parser = new MarkdownIt({ html: true });

function inline(token: Token): string {
  let bold = false;
  let link = false;
  const parts = (token.children ?? []).map((child) => {
    if (child.type === "strong_open" || child.type === "strong_close") bold = child.type === "strong_open";
    if (child.type === "link_open" || child.type === "link_close") link = child.type === "link_open";
    if (child.type === "softbreak") return " ";
    if (child.type === "html_inline") return "";
    const text = child.type === "code_inline" ? code(child.content) : child.content;
    return bold ? styleText("bold", text) : link ? styleText("underline", text) : text;
  });
  return parts.join("");
}

/** Set off by colour where there is one, by backticks elsewhere. */
function code(text: string): string {
  const coloured = styleText("cyan", text);
  return coloured === text ? `\`${text}\`` : coloured;
}

function wrap(text: string, width: number, indent: string, marker: string): readonly string[] {
  const hanging = indent + " ".repeat(marker.length);
  const lines: string[] = [];
  let line = indent + marker;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = hanging;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** A row of a table: the cells one after another, the heading left out, for narrow columns read badly. */
function row(tokens: readonly Token[], start: number, width: number, indent: string): readonly string[] {
  const end = tokens.findIndex((token, index) => index > start && token.type === "tr_close");
  const cells = tokens.slice(start, end);
  if (cells.some(({ type }) => type === "th_open")) return [];
  const texts = cells.filter(({ type }) => type === "inline").map(inline);
  const [where, what, rule, level] = texts;
  const isFinding = level !== undefined;
  const said = texts.filter((text) => text !== "").join(" · ");
  return wrap(isFinding ? `${where} · ${level} · ${rule}: ${what}` : said, width, indent, "- ");
}

function isInTable(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.type;
  return before === "td_open" || before === "th_open";
}

function suggestion(token: Token, replaced: readonly CodeLine[]): readonly string[] {
  const gone = replaced.map(({ text }) => styleText("red", `- ${text}`));
  const come = token.content
    .replace(/\n$/u, "")
    .split("\n")
    .map((text) => styleText("green", `+ ${text}`));
  return ["Suggested change:", ...gone, ...(token.content === "" ? [] : come)].map((line, at) =>
    at === 0 ? line : `  ${line}`,
  );
}

function indented(code: string): readonly string[] {
  return code
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`);
}
