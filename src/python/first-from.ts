/** The place of the first of what stands in the order of its nodes that is `node` or behind it; their number where none is. */
export function firstFrom(ordered: readonly { readonly node: number }[], node: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle].node < node) low = middle + 1;
    else high = middle;
  }
  return low;
}
