import { oncePer } from "../text/once-per.ts";
import { Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, NONE, textOf } from "./walk.ts";

/**
 * Whether the function around a node reads what was encrypted elsewhere and encrypts nothing itself, by what it names: how it is
 * encrypted is decided there.
 */
export function isDeciphering(syntax: SyntaxArrays, node: number): boolean {
  const around = ancestorOfKind(syntax, node, Kind.function_definition);
  if (around === NONE) return false;
  const known = answersOf(syntax);
  let answer = known.get(around);
  if (answer === undefined) {
    answer = onlyReads(syntax, around);
    known.set(around, answer);
  }
  return answer;
}

/** By function, of one file. */
const answersOf: (syntax: SyntaxArrays) => Map<number, boolean> = oncePer(() => new Map());

function onlyReads(syntax: SyntaxArrays, around: number): boolean {
  let reads = false;
  for (let at = around; at < syntax.next[around]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.kind[syntax.parent[at]] !== Kind.attribute) continue;
    const name = textOf(syntax, at);
    if (/^encrypt/.test(name)) return false;
    reads ||= /^decrypt/.test(name);
  }
  return reads;
}
