import type { Hunk } from "./hunk.ts";

export interface Sides {
  readonly base: string;
  readonly head: string;
}

/** Lines that a text of hunks may reach to: those between the hunks are empty, and cost a character each. */
const LAST_LINE = 100_000;

interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/**
 * Both sides of a file as far as its hunks show them, each line at its own number, with a block opened above a hunk that begins
 * inside of one. Undefined where a line's number is beyond 100,000.
 */
export function rebuildSides(hunks: readonly Hunk[]): Sides | undefined {
  const base = hunks.map(({ lines }) =>
    lines.flatMap((line) => (line.kind === "added" ? [] : [{ line: line.baseLine, text: line.text }])),
  );
  const head = hunks.map(({ lines }) =>
    lines.flatMap((line) => (line.kind === "removed" ? [] : [{ line: line.headLine, text: line.text }])),
  );
  if ([...base, ...head].flat().some(({ line }) => line > LAST_LINE)) return undefined;
  return { base: place(base), head: place(head) };
}

function place(hunks: readonly (readonly NumberedLine[])[]): string {
  const lines: string[] = [];
  for (const hunk of hunks) {
    const first = hunk[0]?.line ?? 0;
    const openers = openersOf(hunk.map(({ text }) => text)).slice(0, Math.max(0, first - 1 - lines.length));
    while (lines.length < first - 1 - openers.length) lines.push("");
    lines.push(...openers, ...hunk.map(({ text }) => text));
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The heads of the blocks that a hunk begins in: each line that is indented less than all before it ends one. */
function openersOf(lines: readonly string[]): readonly string[] {
  const depths: string[] = [];
  for (const text of lines) {
    const indent = /^[ \t]*(?=[^\s#])/u.exec(text)?.[0];
    if (indent !== undefined && indent.length < (depths[0]?.length ?? Number.POSITIVE_INFINITY)) depths.unshift(indent);
  }
  return depths.filter((indent) => indent !== "").map((_, at, all) => openerOf(all[at - 1] ?? "", at));
}

function openerOf(indent: string, depth: number): string {
  return depth === 0 ? "def _():" : `${indent}if _:`;
}
