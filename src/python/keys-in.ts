import { oncePer } from "../text/once-per.ts";
import { Kind } from "./kinds.ts";
import { nodesOfKind } from "./nodes-of-kind.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { textOf } from "./walk.ts";

/** Longer texts are no keys. */
const LONGEST_KEY = 80;

/** The texts of literals that may be keys, `config["DEBUG"]`, and of integers as they are written. */
export const keysIn: (syntax: SyntaxArrays) => ReadonlySet<string> = oncePer((syntax) => {
  const keys = new Set<string>();
  for (const node of nodesOfKind(syntax, Kind.string_content)) {
    if (syntax.end[node] - syntax.start[node] <= LONGEST_KEY) keys.add(textOf(syntax, node));
  }
  for (const node of nodesOfKind(syntax, Kind.integer)) keys.add(textOf(syntax, node));
  return keys;
});
