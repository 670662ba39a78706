import type { Origin, Value } from "./value.ts";

/**
 * A value may carry several labels, and each came its own way: a name from the request, a page from a file. The chains stand
 * side by side (`also`), each with what was harmless of it when they met (`cleared`), so that cleaning the one is not undone
 * by the other.
 */

/** The labels that a chain and those beside it account for. */
export function explained(origin: Origin): number {
  return origin.also === undefined ? origin.yields : origin.yields | explained(origin.also);
}

/** The chain that accounts for a label. */
export function chainOf(origin: Origin, label: number): Origin {
  for (let at: Origin | undefined = origin; at !== undefined; at = at.also) if ((at.yields & label) !== 0) return at;
  return origin;
}

/** The steps of a label, the last one first. */
export function* stepsBack(origin: Origin, label: number): Generator<Origin> {
  for (let at: Origin | undefined = chainOf(origin, label); at !== undefined; ) {
    yield at;
    at = at.before === undefined ? undefined : chainOf(at.before, label);
  }
}

/** Kinds for which a label was harmless before it met the others of the value. */
export function harmlessBefore(origin: Origin, label: number): number {
  if (!origin.isMixed) return 0;
  let mask = 0;
  for (const { cleared, isMixed } of stepsBack(origin, label)) {
    mask |= cleared;
    if (!isMixed) break;
  }
  return mask;
}

/** Where the labels of a value come from that is made of two. */
export function joinOrigins(a: Value, b: Value): Origin | undefined {
  if (a.labels === 0 || a.origin === undefined) return b.origin;
  if (b.labels === 0 || b.origin === undefined || a.origin === b.origin) return a.origin;
  const [first, second] = isPreferred(b, b.origin, a, a.origin) ? [b, a] : [a, b];
  if (first.origin === undefined || second.origin === undefined) return first.origin;
  const isCovered = (explained(second.origin) & ~explained(first.origin)) === 0;
  if (!first.origin.isMixed && !second.origin.isMixed) {
    return isCovered ? first.origin : beside(first, first.origin, second, second.origin);
  }
  const shared = explained(first.origin) & explained(second.origin);
  if (isNoCleaner(first, first.origin, second, second.origin, shared)) {
    return isCovered ? first.origin : beside(first, first.origin, second, second.origin);
  }
  if (isNoCleaner(second, second.origin, first, first.origin, shared)) {
    return beside(second, second.origin, first, first.origin);
  }
  // Each is the cleaner one for another label: nothing of it is relied on.
  return { ...first.origin, cleared: 0, isMixed: false };
}

/** The one that is harmless for less; then the shorter way. */
function isPreferred(a: Value, first: Origin, b: Value, second: Origin): boolean {
  if (a.cleared !== b.cleared) return (a.cleared & b.cleared) === a.cleared;
  return first.length < second.length;
}

/** For every label that both have, the first is harmless for nothing that the second is not harmless for. */
function isNoCleaner(a: Value, first: Origin, b: Value, second: Origin, shared: number): boolean {
  for (let label = 1; label !== 0 && label <= shared; label <<= 1) {
    if ((shared & label) === 0) continue;
    const mine = a.cleared | harmlessBefore(first, label);
    if ((mine & ~(b.cleared | harmlessBefore(second, label))) !== 0) return false;
  }
  return true;
}

function beside(a: Value, first: Origin, b: Value, second: Origin): Origin {
  const { cleared } = a;
  return {
    ...first,
    cleared: first.cleared | cleared,
    isMixed: true,
    also: append(first.also, cleared, b.cleared, second),
  };
}

/** The chains beside the first keep what was harmless of them; the new one comes last. */
function append(chain: Origin | undefined, before: number, cleared: number, last: Origin): Origin {
  if (chain === undefined) return { ...last, cleared: last.cleared | cleared, isMixed: true };
  return { ...chain, cleared: chain.cleared | before, also: append(chain.also, before, cleared, last) };
}
