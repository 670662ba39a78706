import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { reportFlow } from "../machine/sinks.ts";
import type { Value } from "./value.ts";

const NAMESPACES: ReadonlySet<string> = new Set(["globals()", "locals()", "vars()"]);

/** Whether a value holds everything that a module, a function or an object has a name for. */
export function isNamespace({ syntax }: Machine, node: number, { paths }: Value): boolean {
  if (paths.some((path) => NAMESPACES.has(path))) return true;
  if (syntax.kind[node] !== Kind.attribute) return false;
  return /^__(?:dict|globals|builtins)__$/.test(textOf(syntax, childByField(syntax, node, Field.attribute)));
}

/** `globals()[name]`: whoever chooses the name chooses what is called next. */
export function checkLookUp(machine: Machine, node: number, key: Value, keyNode: number): void {
  const bit = machine.models.kindMask(["reflection"]);
  reportFlow(machine, { sink: "globals()[]", kind: "reflection", bit, node, argument: keyNode, value: key });
}
