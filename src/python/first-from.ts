import { firstAt } from "../text/first-at.ts";

/** The place of the first of what stands in the order of its nodes that is `node` or behind it; their number where none is. */
export function firstFrom(ordered: readonly { readonly node: number }[], node: number): number {
  return firstAt(ordered.length, (at) => ordered[at].node >= node);
}
