import type { Finding } from "../analysis/finding.ts";
import { LEVELS } from "../rules/levels.ts";

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

export function number(value: number): string {
  return value.toLocaleString("en-US");
}
