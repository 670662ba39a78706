import type { Parameter } from "../../python/scopes.ts";
import { ownEntry } from "../../text/own-entry.ts";
import { type FunctionCallable, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { emptyShape, withEntry } from "../values/shape.ts";
import { DYNAMIC, refValue, type Value, withCleared } from "../values/value.ts";
import type { Machine } from "./machine.ts";

/** Methods that a view's framework hands what it has filled, with the attribute that names its class. */
const FILLED: Readonly<Record<string, string>> = {
  form_valid: "form_class",
  form_invalid: "form_class",
  perform_create: "serializer_class",
  perform_update: "serializer_class",
};

/** `form_valid(self, form)`: a form of the class that the view names, filled from the request. */
export function boundForm(
  machine: Machine,
  { owner, info }: FunctionCallable,
  { name, node }: Parameter,
): Value | undefined {
  const attribute = ownEntry(FILLED, info.name);
  if (attribute === undefined || owner === undefined || name !== info.parameters[1]?.name) return undefined;
  if (inLineage(owner, (of) => of.entry)?.parameters !== "remote") return undefined;
  const [type] = (classAttribute(machine, owner, attribute)?.callables ?? []) as readonly ProjectCallable[];
  const labels = machine.models.labels.bit("remote");
  const origin = machine.source(node, `\`${name}\` is filled from the request`, `parameter ${name}`, labels);
  if (type?.kind === "class")
    return { ...refValue(machine.allocate(emptyShape("object", type)), "dynamic"), labels, origin };
  // Of a form that is not known, what was checked comes from the request; what its methods give need not. That it was checked, and is not
  // what anybody likes to send, is all that a session asks for.
  const declared = withCleared({ ...DYNAMIC, labels, origin }, machine.models.kindMask(["mass-assign", "session"]));
  const filled = withEntry(withEntry(emptyShape("object"), "cleaned_data", declared), "validated_data", declared);
  return refValue(machine.allocate(filled), "dynamic");
}
