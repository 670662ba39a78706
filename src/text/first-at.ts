/** The first place below `count` from which on something holds; `count` where it never does. Asks in logarithmic time. */
export function firstAt(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
