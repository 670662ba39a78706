import type { CallFact } from "../../taint/facts.ts";

/** What registers a URL in Django by a call: its path comes first, then the view, or an `include` of others. */
const REGISTERS = /^(?:django\.urls\.(?:re_)?path|django\.conf\.urls\.url)$/;

export function registersUrl({ callee }: CallFact): boolean {
  return callee.some((path) => REGISTERS.test(path));
}
