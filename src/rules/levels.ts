import type { Level } from "./rule.ts";

/** The most severe first. */
export const LEVELS: readonly Level[] = ["error", "warning", "note"];

/** For `sort`: the most severe first. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

/** The less severe of a level and a bound, where there is one. */
export function atMost(level: Level, bound: Level | undefined): Level {
  return bound !== undefined && compareLevels(level, bound) < 0 ? bound : level;
}

export function isAtLeast(level: Level, bound: Level | "never"): boolean {
  return bound !== "never" && compareLevels(level, bound) <= 0;
}
