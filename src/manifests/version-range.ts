import { compare, valid } from "@renovatebot/pep440";
import type { Specifier } from "./manifest.ts";

/** What a project says of the version of a package that it runs with. */
export interface VersionRange {
  /** The lowest that it accepts. */
  readonly lowest?: string;
  /** The first that it does not accept, or the last that it does. */
  readonly bound?: string;
  /** There is one version that fits: a lock or `==`. */
  readonly isPinned: boolean;
}

/** Undefined where the clauses bound nothing. */
export function rangeOf(specifiers: readonly Specifier[]): VersionRange | undefined {
  const known = specifiers.flatMap(({ operator, version }) => {
    const plain = version.replace(/\.\*$/, "");
    return valid(plain) === null ? [] : [{ operator, version: plain }];
  });
  const lowest = extreme(known, LOWER, 1);
  const bound = extreme(known, UPPER, -1);
  if (lowest === undefined && bound === undefined) return undefined;
  const isPinned = specifiers.some(({ operator, wildcard }) => PINS.has(operator) && !wildcard);
  return { ...(lowest !== undefined && { lowest }), ...(bound !== undefined && { bound }), isPinned };
}

export function pinned(version: string): VersionRange | undefined {
  return rangeOf([{ operator: "==", version, wildcard: false }]);
}

/**
 * Whether the project runs with a version below `version`: the lowest that it accepts decides, for that is one it promises
 * to run with. Undefined where nothing tells.
 */
export function isBelow({ lowest, bound }: VersionRange, version: string): boolean | undefined {
  if (lowest !== undefined) return compare(lowest, version) < 0;
  return bound !== undefined && compare(bound, version) <= 0 ? true : undefined;
}

const PINS: ReadonlySet<string> = new Set(["==", "==="]);
const LOWER: ReadonlySet<string> = new Set(["==", "===", "~=", ">=", ">", "^", "~"]);
const UPPER: ReadonlySet<string> = new Set(["<", "<="]);

interface Clause {
  readonly operator: string;
  readonly version: string;
}

/** Of several lower bounds the highest, of several upper ones the lowest. */
function extreme(clauses: readonly Clause[], operators: ReadonlySet<string>, sign: 1 | -1): string | undefined {
  const [first] = clauses
    .filter(({ operator }) => operators.has(operator))
    .map(({ version }) => version)
    .sort((a, b) => sign * compare(b, a));
  return first;
}
