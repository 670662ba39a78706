import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import type { Machine } from "../machine/machine.ts";
import { frameOf, keyOf } from "../values/names.ts";
import { type Shape, withEntry } from "../values/shape.ts";
import type { Origin, Value } from "../values/value.ts";
import { withCleared } from "../values/value.ts";
import { isCondition, originsIn } from "./conditions.ts";
import { assume } from "./guards.ts";
import { evaluateAgain } from "./narrow.ts";

/** Of where a text came from: the kinds that it is harmless for. */
type Masks = ReadonlyMap<Origin, number>;

/** What the answer of a check proves of the texts that it asked about. */
interface KeptCheck {
  readonly ifTrue: Masks;
  readonly ifFalse: Masks;
}

/** The checks whose answers attributes were given, by number. */
const checksOf = oncePer((_: Machine): KeptCheck[] => []);

/** Among the paths of an answer: the check that gave it. */
const CHECKED = /^checked\.#(\d+)$/;

/** Checks of a module that are kept apart. */
const MAX_CHECKS = 256;

/** `self.is_valid = name.isalnum()`: the answer remembers which check gave it; any other value is as it was. */
export function withCheck(machine: Machine, target: number, condition: number, value: Value): Value {
  const { syntax } = machine;
  if (syntax.kind[target] !== Kind.attribute || value.constants !== undefined || value.labels !== 0) return value;
  const checks = checksOf(machine);
  if (value.refs.length > 0 || checks.length >= MAX_CHECKS || !isCondition(machine, condition)) return value;
  const object = evaluateAgain(machine, childByField(syntax, target, Field.object));
  if (machine.onlyShape(object)?.kind !== "object") return value;
  const check = {
    ifTrue: provedBy(machine, object.refs[0], condition, true),
    ifFalse: provedBy(machine, object.refs[0], condition, false),
  };
  if (check.ifTrue.size + check.ifFalse.size === 0) return value;
  return { ...value, paths: [...value.paths.slice(0, 3), `checked.#${checks.push(check) - 1}`] };
}

/** What the condition, as it holds or not, proves of the variables that it names and of the attributes of the object. */
function provedBy(machine: Machine, object: number, condition: number, holds: boolean): Masks {
  const masks = new Map<Origin, number>();
  const before = machine.state;
  const keys = [...originsIn(machine, condition).keys()].flatMap((name) => {
    const frame = frameOf(machine, name);
    return frame === undefined ? [] : [keyOf(frame, name)];
  });
  machine.state = before.fork();
  assume(machine, condition, holds);
  const after = machine.state;
  machine.state = before;
  const note = (was: Value | undefined, is: Value | undefined) => {
    const mask = was === undefined || is === undefined || was.origin !== is.origin ? 0 : is.cleared & ~was.cleared;
    if (was?.origin !== undefined && mask !== 0) masks.set(was.origin, mask);
  };
  for (const key of keys) note(before.get(key), after.get(key));
  const entries = after.shape(object)?.entries;
  for (const [name, was] of before.shape(object)?.entries ?? []) note(was, entries?.get(name));
  return masks;
}

/** `if form.is_valid:`: what the check proved of the attributes of the object that still hold the text, or a plain copy of it. */
export function applyKept(machine: Machine, node: number, holds: boolean): void {
  const checks = checksOf(machine);
  if (checks.length === 0) return;
  const { syntax } = machine;
  const object = evaluateAgain(machine, childByField(syntax, node, Field.object));
  const shape = machine.onlyShape(object);
  if (shape?.kind !== "object") return;
  const answer = shape.entries.get(textOf(syntax, childByField(syntax, node, Field.attribute)));
  const numbers = answer?.paths.flatMap((path) => CHECKED.exec(path)?.[1] ?? []) ?? [];
  const check = numbers.length === 1 ? checks[Number(numbers[0])] : undefined;
  if (check === undefined) return;
  machine.state.setShape(object.refs[0], cleared(machine, shape, holds ? check.ifTrue : check.ifFalse));
}

function cleared(machine: Machine, shape: Shape, masks: Masks): Shape {
  let changed = shape;
  for (const [member, value] of shape.entries) {
    const { origin } = value;
    const source = origin !== undefined && isPlainCopy(machine, origin) ? origin.before : undefined;
    const mask = (origin && masks.get(origin)) ?? (source && masks.get(source)) ?? 0;
    if (mask !== 0) changed = withEntry(changed, member, withCleared(value, mask));
  }
  return changed;
}

/** `self.name = name`: the step of an assignment whose right side is a name and nothing else. */
function isPlainCopy(machine: Machine, { node, file, role }: Origin): boolean {
  const syntax = role === "assign" ? machine.units[file]?.syntax : undefined;
  if (syntax === undefined || syntax.kind[node] !== Kind.assignment) return false;
  return syntax.kind[childByField(syntax, node, Field.right)] === Kind.identifier;
}
