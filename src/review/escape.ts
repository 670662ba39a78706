import { showInvisible } from "../text/invisible.ts";
import { cutText } from "./fit-sections.ts";

/**
 * What comes from a repository is shown only inside code, where GitHub renders nothing, notifies nobody and links
 * nothing. These are the only functions that put such text into Markdown.
 */

/** The most bytes of one name or expression that a sentence shows. */
const SPAN_LIMIT = 400;

/** `text` as one code span, on one line, with its invisible characters spelled out. */
export function codeSpan(text: string): string {
  const shown = cutText(showInvisible(oneLine(text)), SPAN_LIMIT) || " ";
  const ticks = "`".repeat(longestRun(shown) + 1);
  const padded = /^`|`$|^ .*\S.* $/u.test(shown) ? ` ${shown} ` : shown;
  return `${ticks}${padded}${ticks}`;
}

/** `text` as a code block that nothing inside can close. */
export function fence(text: string, language: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${ticks}`;
}

/**
 * A sentence that may hold code spans, and nothing else of Markdown. A field that breaks out of its span lands in prose,
 * where mentions, references, links, HTML and emphasis are broken too.
 */
export function sentence(markdown: string): string {
  const text = oneLine(markdown).trim();
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const open = runAt(text, text.indexOf("`", from));
    if (open === undefined) break;
    parts.push(escapeProse(text.slice(from, open.start)));
    const close = closingRun(text, open);
    if (close === undefined) parts.push("\\`".repeat(open.length));
    else parts.push(codeSpan(spanContent(text.slice(open.start + open.length, close.start))));
    from = close === undefined ? open.start + open.length : close.start + close.length;
  }
  parts.push(escapeProse(text.slice(from)));
  return parts.join("").replace(/^([-+=#]|\d+(?=[.)]))/u, (start) => (/\d/u.test(start) ? `${start}\\` : `\\${start}`));
}

/** A sentence for places that render no Markdown: annotations. Invisible characters are spelled out. */
export function plainText(markdown: string): string {
  return showInvisible(oneLine(markdown)).trim();
}

/** Markdown of one line as the cell of a table: `|` ends no cell, in code spans neither. */
export function tableCell(markdown: string): string {
  return markdown.replace(/(\\?)\|/gu, (_, backslash: string) => (backslash === "" ? "\\|" : "\\ \\|"));
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/gu, " ");
}

function escapeProse(text: string): string {
  return showInvisible(text)
    .replace(/[\\*_[\]~|]/gu, "\\$&")
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/[@#$](?=\S|$)|GH-(?=\d)|\/(?=\/)|www(?=\.)/giu, `$&${BREAK}`);
}

/** A zero-width space: a mention, reference or address that has it inside is none for GitHub. */
const BREAK = "\u200b";

interface Run {
  readonly start: number;
  readonly length: number;
}

function runAt(text: string, start: number): Run | undefined {
  if (start < 0) return undefined;
  let end = start;
  while (text[end] === "`") end += 1;
  return { start, length: end - start };
}

function closingRun(text: string, open: Run): Run | undefined {
  let from = open.start + open.length;
  for (;;) {
    const run = runAt(text, text.indexOf("`", from));
    if (run === undefined || run.length === open.length) return run;
    from = run.start + run.length;
  }
}

/** CommonMark takes one space off each end of a code span that has both. */
function spanContent(text: string): string {
  return /^ .*\S.* $/u.test(text) ? text.slice(1, -1) : text;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
}
