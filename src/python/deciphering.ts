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
  let reads = false;
  for (let at = around; at < syntax.next[around]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.kind[syntax.parent[at]] !== Kind.attribute) continue;
    const name = textOf(syntax, at);
    if (/^encrypt/.test(name)) return false;
    reads ||= /^decrypt/.test(name);
  }
  return reads;
}
