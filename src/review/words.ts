import type { Finding } from "../analysis/finding.ts";
import { LEVELS } from "../rules/levels.ts";
import { MOST_ANNOTATIONS } from "./limits.ts";

/** `1 error`, `3 errors`, `1,200 errors`. */
export function countOf(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `3 errors, 1 warning`, the most severe first; empty where there is none. */
export function countLevels(findings: readonly Finding[]): string {
  return LEVELS.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [countOf(count, level)];
  }).join(", ");
}

/** Of findings that a table has no room for, where there are so many in all; a clause. */
export function whereTheRestIs(findings: number): string {
  return findings <= MOST_ANNOTATIONS
    ? "see the annotations of this check"
    : `the annotations of this check are the first ${number(MOST_ANNOTATIONS)}`;
}

export function number(value: number): string {
  return value.toLocaleString("en-US");
}
