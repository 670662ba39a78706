import type { Level } from "./rule.ts";

/** The most severe first. */
export const LEVELS: readonly Level[] = ["error", "warning", "note"];

/** For `sort`: the most severe first. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

export function isAtLeast(level: Level, bound: Level | "never"): boolean {
  return bound !== "never" && compareLevels(level, bound) <= 0;
}
