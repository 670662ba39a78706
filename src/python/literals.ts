import { Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { textOf } from "./walk.ts";

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};

/** The text that a `string_content` node stands for. */
export function contentText(syntax: SyntaxArrays, node: number, raw: boolean): string {
  if (syntax.next[node] === node + 1 || raw) return textOf(syntax, node);
  let text = "";
  let at = syntax.start[node];
  for (let child = node + 1; child < syntax.next[node]; child = syntax.next[child]) {
    text += syntax.text.slice(at, syntax.start[child]);
    const piece = textOf(syntax, child);
    text += syntax.kind[child] === Kind.escape_sequence ? decodeEscape(piece) : piece[0];
    at = syntax.end[child];
  }
  return text + syntax.text.slice(at, syntax.end[node]);
}

/** The prefix letters of a string node, lower case: `rb`, `f`. */
export function stringPrefix(syntax: SyntaxArrays, node: number): string {
  const start = node + 1;
  if (syntax.kind[start] !== Kind.string_start) return "";
  return textOf(syntax, start)
    .replace(/["']+$/, "")
    .toLowerCase();
}

/** An integer literal's value; undefined beyond exact doubles. */
export function integerValue(text: string): number | undefined {
  const plain = text.replaceAll("_", "").toLowerCase();
  const value = Number(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain.replace(/[jl]$/, ""));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A float literal's value. */
export function floatValue(text: string): number | undefined {
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? value : undefined;
}

function decodeEscape(sequence: string): string {
  const letter = sequence[1];
  const simple = SIMPLE[letter];
  if (simple !== undefined && !/^\\0[0-7]/.test(sequence)) return simple;
  if (letter === "x" || letter === "u" || letter === "U") return fromCode(Number.parseInt(sequence.slice(2), 16));
  if (letter >= "0" && letter <= "7") return fromCode(Number.parseInt(sequence.slice(1), 8));
  return sequence;
}

function fromCode(code: number): string {
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
