import { type CharSet, intersects } from "./char-set.ts";
import type { RegexNode } from "./parse-regex.ts";

/** The part of a pattern that may match the same text in exponentially many ways. */
export interface Backtracking {
  readonly start: number;
  readonly end: number;
}

/**
 * A repetition whose turns can be cut in more than one way, in front of something that may fail: `(a+)+$`, `(\w|\d)*-`.
 * `mustEnd`: the match has to reach the end of the text, as `fullmatch` asks.
 */
export function findBacktracking(node: RegexNode, mustEnd: boolean): Backtracking | undefined {
  switch (node.kind) {
    case "sequence": {
      let mayFail = mustEnd;
      for (const item of node.items.toReversed()) {
        const found = findBacktracking(item, mayFail);
        if (found !== undefined) return found;
        mayFail ||= item.kind === "assertion" || item.kind === "opaque" || !isNullable(item);
      }
      return undefined;
    }
    case "choice":
      return first(node.options, (option) => findBacktracking(option, mustEnd));
    case "repeat": {
      if (node.isPossessive) return undefined;
      const isEndless = node.max === Number.POSITIVE_INFINITY;
      if (isEndless && mustEnd && isAmbiguous(node.item)) return { start: node.start, end: node.end };
      return findBacktracking(node.item, mustEnd);
    }
    default:
      return undefined;
  }
}

/** Whether some text can be cut into turns of this item in more than one way. */
function isAmbiguous(item: RegexNode): boolean {
  if (item.kind === "choice") {
    const { options } = item;
    return (
      options.some(isAmbiguous) ||
      options.some((one, index) =>
        options.slice(index + 1).some((other) => overlaps(one, other) || overlaps(other, one)),
      )
    );
  }
  const items = item.kind === "sequence" ? item.items : [item];
  // An anchor between two turns may forbid all cuts but one.
  if (items.some(({ kind }) => kind === "assertion" || kind === "opaque")) return false;
  if (hasSharedBorder(items) || hasWholeTurn(items)) return true;
  return items.some(
    (part, index) =>
      part.kind === "repeat" &&
      !part.isPossessive &&
      takesManyLengths(part) &&
      (part.item.kind === "set" || !isNullable(part.item)) &&
      items.every((other, at) => at === index || isNullable(other)),
  );
}

/** Turns of `(a{2,4})+` can be of one length or of another, and add up to the same. With more at least in each, few cuts are left. */
const MOST_AT_LEAST = 4;

function takesManyLengths({ min, max }: RegexNode & { readonly kind: "repeat" }): boolean {
  return max === Number.POSITIVE_INFINITY || (max >= 2 && min < max && min <= MOST_AT_LEAST);
}

/**
 * Whether what one part takes, the part that comes next in the same turn or in the next one may take as well: the blanks between two
 * turns of `(\s*a\s*)*`.
 */
function hasSharedBorder(items: readonly RegexNode[]): boolean {
  return items.some((part, index) => {
    const set = variableSet(part);
    if (set === undefined) return false;
    for (let step = 1; step < items.length; step++) {
      const next = items[(index + step) % items.length];
      const other = variableSet(next);
      if (other !== undefined && intersects(set, other)) return true;
      if (!isNullable(next)) return false;
    }
    return false;
  });
}

/** Whether a part without a bound may take the rest of its turn and the beginning of the next one as well: `(\(.*\))*`. */
function hasWholeTurn(items: readonly RegexNode[]): boolean {
  return items.some((part, index) => {
    const set = part.kind === "repeat" && part.max === Number.POSITIVE_INFINITY ? variableSet(part) : undefined;
    return set !== undefined && items.every((other, at) => at === index || isWithin(other, set));
  });
}

/** Whether some text that the node takes has characters of the set alone. */
function isWithin(node: RegexNode, set: CharSet): boolean {
  switch (node.kind) {
    case "set":
      return intersects(node.set, set);
    case "sequence":
      return node.items.every((item) => isWithin(item, set));
    case "choice":
      return node.options.some((option) => isWithin(option, set));
    case "repeat":
      return node.min === 0 || isWithin(node.item, set);
    default:
      return false;
  }
}

/** The characters of a repetition that may take more or fewer of them. */
function variableSet(node: RegexNode): CharSet | undefined {
  if (node.kind !== "repeat" || node.isPossessive || node.min === node.max) return undefined;
  return node.item.kind === "set" ? node.item.set : undefined;
}

/** Whether each character of `long` can also be taken by a turn of `single`: `\\.` and `[^"]`. */
function overlaps(single: RegexNode, long: RegexNode): boolean {
  if (single.kind !== "set") return false;
  const sets = setsOf(long);
  return sets !== undefined && sets.length > 0 && sets.every((set) => intersects(set, single.set));
}

function setsOf(node: RegexNode): readonly CharSet[] | undefined {
  if (node.kind === "set") return [node.set];
  if (node.kind !== "sequence") return undefined;
  const sets = node.items.map((item) => (item.kind === "set" ? item.set : undefined));
  return sets.every((set) => set !== undefined) ? sets : undefined;
}

function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
    case "opaque":
      return false;
    case "assertion":
      return true;
    case "sequence":
      return node.items.every(isNullable);
    case "choice":
      return node.options.some(isNullable);
    case "repeat":
      return node.min === 0 || isNullable(node.item);
  }
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
