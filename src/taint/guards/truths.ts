import type { Frame, Return } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { writeNarrowed } from "../values/names.ts";
import { constantValue, UNKNOWN } from "../values/value.ts";

/** Notes on this way that a parameter of the function is true, or false: what its caller handed over held, or did not. */
export function noteTruth(machine: Machine, name: string, holds: boolean): void {
  const { frame } = machine;
  const info = frame.function?.info;
  if (info === undefined || info.rebound.has(name) || !frame.scope.locals.has(name)) return;
  const isParameter = info.parameters.some((parameter) => parameter.name === name);
  if (isParameter) writeNarrowed(machine, factOf(name), constantValue(holds));
}

/** Parameters that are true, or false, wherever the function returns: `def ensure(ok): if not ok: abort(400)`. */
export function truthsOf(frame: Frame, returns: readonly Return[]): ReadonlyMap<string, boolean> {
  const truths = new Map<string, boolean>();
  if (returns.length === 0 || frame.narrowed.size === 0) return truths;
  for (const { name } of frame.function?.info.parameters ?? []) {
    const key = frame.narrowed.get(factOf(name));
    if (key === undefined) continue;
    const facts = returns.map(({ state }) => (state.get(key) ?? UNKNOWN).constants);
    const [truth] = facts[0] ?? [];
    const isCertain = facts.every((constants) => constants?.length === 1 && constants[0] === truth);
    if (isCertain && typeof truth === "boolean") truths.set(name, truth);
  }
  return truths;
}

/** No expression is spelled like it. */
function factOf(name: string): string {
  return `${name} holds`;
}
