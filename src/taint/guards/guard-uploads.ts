import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import type { Value } from "../values/value.ts";
import { evaluateAgain, isPlace, narrow, narrowSources, subjectOf } from "./narrow.ts";

/** `name.endswith((".png", ".jpg"))`: the kind of file is one that the program lists. */
export function assumeEnding(machine: Machine, receiver: number, argument: number | undefined): void {
  if (argument === undefined) return;
  const value = evaluateAgain(machine, subjectOf(machine, receiver));
  if (value.labels === 0 || deep(machine, evaluateAgain(machine, argument)).labels !== 0) return;
  narrowSources(machine, value.origin, machine.models.kindMask(["upload"]));
  const subject = subjectOf(machine, receiver);
  if (isPlace(machine, subject) && namesEndings(machine, evaluateAgain(machine, argument)))
    narrow(machine, subject, 0, { mark: "path.KnownEnding()" });
}

/** `".png"`, `(".png", ".jpg")`: with the dot, what ends with one of them has that ending. */
function namesEndings(machine: Machine, endings: Value): boolean {
  const shape = machine.onlyShape(endings);
  const listed = shape === undefined ? [endings] : shape.rest === undefined ? [...shape.entries.values()] : [];
  const isEnding = ({ constants }: Value) => constants?.every((one) => String(one).startsWith(".")) === true;
  return listed.length > 0 && listed.every(isEnding);
}

/** `if allowed_file(name):`, where the function is defined elsewhere: somebody has thought about which files to take. */
export function assumeAllowed(machine: Machine, callee: string, args: readonly number[]): void {
  if (!/(?:^|[._])(?:allow|accept|permit|valid|check|is_?(?:image|safe|pdf|supported))/i.test(callee)) return;
  for (const argument of args) {
    const value = deep(machine, evaluateAgain(machine, argument));
    if (value.labels !== 0) narrowSources(machine, value.origin, machine.models.kindMask(["upload"]));
  }
}
