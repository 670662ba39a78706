import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { EVERYTHING } from "../values/value.ts";
import { evaluateAgain, narrow } from "./narrow.ts";

const NUMERIC_TYPES: ReadonlySet<string> = new Set([
  "int",
  "float",
  "bool",
  "complex",
  "long",
  "decimal.Decimal",
  "uuid.UUID",
  "datetime.date",
  "datetime.datetime",
]);

const PATH_TYPES = /^pathlib\.(?:Pure)?(?:Posix|Windows)?Path$/;

const CONTAINERS =
  /^(?:dict|list|tuple|set|frozenset|(?:collections\.abc|typing)\.(?:Mutable)?Mapping|collections\.OrderedDict)$/;

/** `isinstance(value, int)`: numbers have no metacharacters; `isinstance(value, str)`: a text is no document. */
export function assumeInstance(machine: Machine, subject: number, classes: number, holds: boolean): void {
  const types = typesOf(machine, classes);
  if (!holds) {
    // A text that is none is not there.
    if (types.includes("str") && evaluateAgain(machine, subject).text) narrow(machine, subject, EVERYTHING);
    return;
  }
  // What was sent is no path: whatever is one was made of something else.
  if (
    types.length > 0 &&
    types.every((type) => PATH_TYPES.test(type)) &&
    !evaluateAgain(machine, subject).paths.some((path) => path.startsWith("pathlib."))
  )
    narrow(machine, subject, EVERYTHING);
  // Nor is a text a document that was read.
  if (types.length > 0 && types.every((type) => CONTAINERS.test(type)) && evaluateAgain(machine, subject).text)
    narrow(machine, subject, EVERYTHING);
  if (types.length > 0 && types.every((type) => NUMERIC_TYPES.has(type)))
    narrow(machine, subject, machine.models.kindMask(["injection"]));
  if (types.length === 1 && types[0] === "str") narrow(machine, subject, machine.models.kindMask(["nosql"]));
}

/** `type(value) is int`. */
export function assumeType(machine: Machine, call: number, type: number): void {
  const { syntax } = machine;
  if (syntax.kind[call] !== Kind.call || textOf(syntax, childByField(syntax, call, Field.function)) !== "type") return;
  const subject = firstNamedChild(syntax, childByField(syntax, call, Field.arguments));
  if (subject !== NONE) assumeInstance(machine, subject, type, true);
}

function typesOf(machine: Machine, node: number): string[] {
  const value = evaluateAgain(machine, node);
  if (value.refs.length === 0) return [...value.paths];
  const shape = machine.shape(value.refs[0]);
  return shape === undefined ? [] : [...shape.entries.values()].flatMap((entry) => entry.paths);
}
