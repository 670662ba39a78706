import type { ValueFact } from "../../taint/facts.ts";

/** Labels of data that somebody outside of the program chooses. */
export const OUTSIDE: readonly string[] = ["remote", "upload", "api", "queue"];

/** Whether a value comes from a request, a file that came with it, another service or a queue. */
export function isOutside(value: ValueFact | undefined): boolean {
  return value?.labels.some((label) => OUTSIDE.includes(label)) ?? false;
}
