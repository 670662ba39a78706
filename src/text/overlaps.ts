import { firstAt } from "./first-at.ts";

/** Where something starts and where the next thing may: `[start, end)`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether one of many stretches overlaps another one: asked in logarithmic time. */
export function overlapsOf(stretches: readonly Stretch[]): (other: Stretch) => boolean {
  const ordered = stretches.toSorted((a, b) => a.start - b.start);
  /** How far the first ones reach, as many as the place says. */
  const reach = [Number.NEGATIVE_INFINITY];
  for (const [at, { end }] of ordered.entries()) reach.push(Math.max(reach[at] ?? end, end));
  return ({ start, end }) => {
    const before = firstAt(ordered.length, (at) => (ordered[at]?.start ?? end) >= end);
    return (reach[before] ?? start) > start;
  };
}

/** Those of stretches in order, none of which overlap, that overlap another one. */
export function overlapping<One extends Stretch>(ordered: readonly One[], { start, end }: Stretch): readonly One[] {
  const first = firstAt(ordered.length, (at) => (ordered[at]?.end ?? start) > start);
  let after = first;
  while (after < ordered.length && (ordered[after]?.start ?? end) < end) after++;
  return ordered.slice(first, after);
}
