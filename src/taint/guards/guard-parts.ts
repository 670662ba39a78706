import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Machine } from "../machine/machine.ts";
import { conditionOf, followName } from "./conditions.ts";
import { evaluateAgain, narrow, subjectOf } from "./narrow.ts";

/** `".." not in name.split("/")`, `".." not in Path(name).parts`, also where the parts have a name: the path leads nowhere up. */
export function assumeNoParent(machine: Machine, parts: number): void {
  const { syntax } = machine;
  if (syntax.kind[parts] === Kind.identifier) {
    const name = textOf(syntax, parts);
    followName(machine, name, () => {
      const named = conditionOf(machine, name);
      if (named !== undefined) assumeNoParent(machine, named.condition);
    });
    return;
  }
  const path = dividedPath(machine, parts);
  if (path !== NONE) narrow(machine, path, 0, { mark: "path.WithoutParent()" });
}

/** `any(part == ".." for part in name.split("/"))` does not hold, or `all(part != ".." …)` does. */
export function assumeNoParentIn(machine: Machine, body: number, parts: number, holds: boolean): void {
  if (machine.syntax.kind[body] !== Kind.comparison_operator) return;
  const { operands, operators } = comparisonParts(machine.syntax, body);
  const [operator, ...others] = operators;
  const isRefused = holds ? operator === "!=" || operator === "not in" : operator === "==" || operator === "in";
  if (!isRefused || others.length > 0) return;
  const refused = evaluateAgain(machine, operands[1]);
  const listed = refused.refs.length > 0 ? elementOf(machine, refused) : refused;
  if (listed?.constants?.includes("..") === true) assumeNoParent(machine, parts);
}

/** The path that was divided at its separators; NONE for any other value. */
function dividedPath(machine: Machine, parts: number): number {
  const { syntax } = machine;
  const isCall = syntax.kind[parts] === Kind.call;
  const member = isCall ? childByField(syntax, parts, Field.function) : parts;
  if (syntax.kind[member] !== Kind.attribute) return NONE;
  const name = textOf(syntax, childByField(syntax, member, Field.attribute));
  const object = subjectOf(machine, childByField(syntax, member, Field.object));
  if (!isCall) return name === "parts" ? madeOf(machine, object) : NONE;
  const [separator, ...others] = namedChildren(syntax, childByField(syntax, parts, Field.arguments));
  if (name !== "split" || separator === undefined || others.length > 0) return NONE;
  const { constants, paths } = evaluateAgain(machine, separator);
  return constants?.[0] === "/" || paths.includes("os.sep") || paths.includes("os.path.sep") ? object : NONE;
}

/** The text that a path object is made of where it is written: `Path(name)`. */
function madeOf(machine: Machine, object: number): number {
  const { syntax } = machine;
  if (syntax.kind[object] !== Kind.call) return object;
  const made = machine.recorder.valueOf(childByField(syntax, object, Field.function));
  const isPath = made?.paths.some((path) => /^pathlib\.(?:Pure)?(?:Posix|Windows)?Path$/.test(path)) === true;
  return isPath ? firstNamedChild(syntax, childByField(syntax, object, Field.arguments)) : NONE;
}
