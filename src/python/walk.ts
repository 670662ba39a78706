import { columnAt } from "../text/line-index.ts";
import type { Position, Span } from "../text/span.ts";
import { Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";

/** No node: what a look-up returns that finds nothing. Node 0 is the module, so it cannot stand for none. */
export const NONE = -1;

export function firstChild(syntax: SyntaxArrays, node: number): number {
  return node + 1 < syntax.next[node] ? node + 1 : NONE;
}

/** The following sibling, or NONE. */
export function nextSibling(syntax: SyntaxArrays, node: number): number {
  const after = syntax.next[node];
  return node !== 0 && after < syntax.next[syntax.parent[node]] ? after : NONE;
}

/** The sibling before, or NONE. */
export function previousSibling(syntax: SyntaxArrays, node: number): number {
  const above = syntax.parent[node];
  let at = node - 1;
  if (node === 0 || at === above) return NONE;
  while (syntax.parent[at] !== above) at = syntax.parent[at];
  return at;
}

/** All children, anonymous tokens and comments included. */
export function children(syntax: SyntaxArrays, node: number): number[] {
  const found: number[] = [];
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) found.push(at);
  return found;
}

/** The first child under a field, or NONE. */
export function childByField(syntax: SyntaxArrays, node: number, field: number): number {
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) if (syntax.field[at] === field) return at;
  return NONE;
}

export function childrenByField(syntax: SyntaxArrays, node: number, field: number): number[] {
  const found: number[] = [];
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) if (syntax.field[at] === field) found.push(at);
  return found;
}

/** The first child of a kind, or NONE. */
export function childOfKind(syntax: SyntaxArrays, node: number, kind: number): number {
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) if (syntax.kind[at] === kind) return at;
  return NONE;
}

/** The nearest node of one of the kinds above `node`, or NONE; above NONE and what is no node of this text there is none. */
export function ancestorOfKind(syntax: SyntaxArrays, node: number, ...kinds: readonly number[]): number {
  for (let at = node; at > 0; ) {
    at = syntax.parent[at];
    if (kinds.includes(syntax.kind[at])) return at;
  }
  return NONE;
}

/** Whether a node is another one or lies in it; in NONE lies nothing. */
export function isInside(syntax: SyntaxArrays, node: number, outer: number): boolean {
  return outer !== NONE && outer <= node && node < syntax.next[outer];
}

export function textOf(syntax: SyntaxArrays, node: number): string {
  if (syntax.kind[node] === Kind.identifier) return syntax.names[syntax.name[node]];
  return syntax.text.slice(syntax.start[node], syntax.end[node]);
}

/** 1-based line of an offset. */
export function lineOf(syntax: SyntaxArrays, offset: number): number {
  const { lineStarts } = syntax;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export function positionOf(syntax: SyntaxArrays, offset: number): Position {
  const line = lineOf(syntax, offset);
  return { line, column: columnAt(syntax.text, syntax.lineStarts[line - 1], offset), offset };
}

export function spanOf(syntax: SyntaxArrays, node: number): Span {
  return { start: positionOf(syntax, syntax.start[node]), end: positionOf(syntax, syntax.end[node]) };
}

const SKIPPED = new Uint8Array(65_536);
for (const [name, id] of Object.entries(Kind)) if (name.startsWith("token_")) SKIPPED[id] = 1;
SKIPPED[Kind.comment] = 1;
SKIPPED[Kind.line_continuation] = 1;

/** The children that carry meaning: no punctuation, keywords or comments. */
export function namedChildren(syntax: SyntaxArrays, node: number): number[] {
  const found: number[] = [];
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) {
    if (SKIPPED[syntax.kind[at]] === 0) found.push(at);
  }
  return found;
}

/** The first child that carries meaning, or NONE. */
export function firstNamedChild(syntax: SyntaxArrays, node: number): number {
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) if (SKIPPED[syntax.kind[at]] === 0) return at;
  return NONE;
}
