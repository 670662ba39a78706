import { type ClassInfo, inLineage } from "../calls/callables.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { emptyShape, type Shape, withEntry, withRest } from "../values/shape.ts";
import { refValue, type Value, withCleared } from "../values/value.ts";

/** What a form or serializer of this project gives back once it has checked what it was made of. */
const CHECKED: ReadonlySet<string> = new Set(["cleaned_data", "validated_data"]);

/** `form.cleaned_data`: what went in, each field with what its class lets through; undefined for any other member. */
export function checkedFields(machine: Machine, receiver: Value, name: string): Value | undefined {
  if (!CHECKED.has(name) || receiver.refs.length !== 1) return undefined;
  const shape = machine.shape(receiver.refs[0]);
  if (shape?.kind !== "object" || shape.of === undefined || receiver.labels === 0) return undefined;
  // The form as a whole carries what it was made of.
  return fieldsOf(machine, shape.of as ClassInfo, { ...receiver, refs: [], paths: [] });
}

/** `OrderSchema().load(document)`: the fields that the schema declares, each with what it lets through. */
export function loadedFields(machine: Machine, { args }: Call, schema: Value): Value | undefined {
  const shape = schema.refs.length === 1 ? machine.shape(schema.refs[0]) : undefined;
  const [document] = args.positional;
  if (document === undefined || shape?.kind !== "object" || shape.of === undefined || args.keywords.has("many"))
    return undefined;
  const info = shape.of as ClassInfo;
  const isSchema = inLineage(info, (of) => of.basePaths.some((path) => SCHEMA.test(path)) || undefined);
  const given = deep(machine, document.value);
  if (isSchema !== true || given.labels === 0) return undefined;
  const declared = withCleared(given, machine.models.kindMask(["mass-assign"]));
  return fieldsOf(machine, info, { ...declared, refs: [], paths: [] });
}

const SCHEMA = /^(?:marshmallow|flask_marshmallow|marshmallow_sqlalchemy)\b/;

function fieldsOf(machine: Machine, info: ClassInfo, given: Value): Value {
  let fields: Shape = withRest(emptyShape("dict"), given);
  inLineage(info, (of) => {
    for (const [field, { paths }] of of.attributes) {
      const ofField = of.constraints.get(field) ?? 0;
      const mask = paths.reduce((all, path) => all | machine.models.sanitizes(path.replace(/\(\)$/, "")), ofField);
      if (mask !== 0 && !fields.entries.has(field)) fields = withEntry(fields, field, withCleared(given, mask));
    }
    return undefined;
  });
  return refValue(machine.allocate(fields), "dynamic");
}
