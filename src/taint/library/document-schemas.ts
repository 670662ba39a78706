import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { TYPED } from "../guards/declared-type.ts";
import { patternMask } from "../guards/guard-text.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { writeName } from "../values/names.ts";
import { emptyShape, type Shape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import { DYNAMIC, EVERYTHING, refValue, type Value, withCleared } from "../values/value.ts";
import type { BuiltinFunction } from "./builtins.ts";

/** Parts of a schema that hold what they are given: `In([…])`, `All(Coerce(int), Range(max=10))`. */
const PARTS = [
  ...["All", "And", "Any", "Or", "Coerce", "In", "Match", "Maybe"].map((name) => `voluptuous.${name}`),
  ...["And", "Or", "Use", "Regex"].map((name) => `schema.${name}`),
];

/** Keys of a schema that stand for what they are given: `Required("name")`. */
const KEYS = [
  ...["Required", "Optional", "Exclusive", "Inclusive"].map((name) => `voluptuous.${name}`),
  "schema.Optional",
];

/** Schemas that are dicts of the program's own: what they let through, under each key, is known from them. */
export const SCHEMA_FUNCTIONS: readonly (readonly [string, BuiltinFunction])[] = [
  ...PARTS.map((path) => [path, holdArguments] as const),
  ...KEYS.map((path) => [path, firstArgument] as const),
  ...["voluptuous.Schema", "schema.Schema"].map((path) => [path, makeSchema] as const),
  ["voluptuous.Range", makeRange],
  ["voluptuous.Clamp", makeRange],
  ["voluptuous.Schema()", checkedDocument],
  ["schema.Schema().validate", checkedDocument],
  ["jsonschema.validate", checkInstance],
  ["fastjsonschema.validate", checkSchemaFirst],
  ["cerberus.Validator", makeValidator],
  ["cerberus.Validator().validate", validateDocument],
  ["cerberus.Validator().validated", validatedDocument],
  ["cerberus.Validator().normalized", validatedDocument],
];

function holdArguments(machine: Machine, { args, callee }: Call): Value {
  const held = args.positional.map(({ value }) => value);
  return { ...refValue(machine.allocate(sequenceShape("tuple", held)), "dynamic"), paths: [`${callee.paths[0]}()`] };
}

/** `Range(1, 10)`, `Range(max=10)`; without a largest value, it says nothing. */
function makeRange(_machine: Machine, { args }: Call): Value | undefined {
  return findArgument(args, 1, ["max"]) === undefined ? undefined : { ...DYNAMIC, paths: [RANGE] };
}

const RANGE = "voluptuous.Range().max";

function firstArgument(_machine: Machine, { args }: Call): Value | undefined {
  return args.positional[0]?.value;
}

function makeSchema(machine: Machine, { args, callee }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  if (given === undefined || dictOf(machine, given) === undefined) return undefined;
  return { ...given, paths: [`${callee.paths[0]}()`] };
}

function dictOf(machine: Machine, value: Value): Shape | undefined {
  const shape = machine.onlyShape(value);
  return shape?.kind === "dict" ? shape : undefined;
}

/** `SCHEMA(document)`, `SCHEMA.validate(document)`: a new document, or an exception. */
function checkedDocument(machine: Machine, { callee, receiver, args }: Call): Value | undefined {
  const schema = dictOf(machine, receiver?.paths.some((path) => path.endsWith("Schema()")) ? receiver : callee);
  const given = args.positional[0]?.value;
  if (schema === undefined || given === undefined) return undefined;
  return filled(machine, given, schema, (rule) => ruleMask(machine, rule));
}

/** What was given, with what the schema lets through under each of its keys. */
function filled(machine: Machine, given: Value, schema: Shape, maskOf: (rule: Value) => number): Value {
  const before = dictOf(machine, given);
  const any = { ...deep(machine, given), paths: [], refs: [], constants: undefined };
  let shape: Shape = before ?? withRest(emptyShape("dict"), any);
  for (const [key, rule] of schema.entries) {
    const value = before?.entries.get(key) ?? before?.rest ?? any;
    shape = withEntry(shape, key, withCleared(value, maskOf(rule)));
  }
  return refValue(machine.allocate(shape), "dynamic");
}

/** Of Voluptuous and Schema: a type, a constant, or checks of several. */
function ruleMask(machine: Machine, rule: Value): number {
  if (rule.constants !== undefined) return EVERYTHING;
  const [path = ""] = rule.paths;
  if (TYPED.has(path)) return machine.models.kindMask(["injection", "trust"]);
  if (path === RANGE) return machine.models.kindMask(["range"]);
  const [, name] = /^(?:voluptuous|schema)\.(\w+)\(\)$/.exec(path) ?? [];
  const shape = machine.onlyShape(rule);
  const parts = [...(shape?.entries.values() ?? [])];
  if (name === undefined || parts.length === 0) return 0;
  switch (name) {
    case "In":
      return isOfConstants(machine, parts[0]) ? EVERYTHING : 0;
    case "Match":
    case "Regex":
      return maskOfPattern(machine, parts[0], "match");
    case "Any":
    case "Or":
      return parts.reduce((mask, part) => mask & ruleMask(machine, part), EVERYTHING);
    default:
      return parts.reduce((mask, part) => mask | (part.callables.length > 0 ? 0 : ruleMask(machine, part)), 0);
  }
}

function isOfConstants(machine: Machine, value: Value | undefined): boolean {
  return (
    value !== undefined && value.labels === 0 && value.constancy === "constant" && deep(machine, value).labels === 0
  );
}

function maskOfPattern(machine: Machine, value: Value | undefined, method: string): number {
  const [text = value?.prefix] = value?.constants ?? [];
  return typeof text === "string" ? patternMask(machine, text, method) : 0;
}

/** Of JSON Schema and Cerberus: `{"type": "integer"}`, `{"enum": [...]}`, `{"regex": "^[a-z]+$"}`. */
function keywordMask(machine: Machine, rule: Value): number {
  const keywords = dictOf(machine, rule)?.entries;
  if (keywords === undefined) return 0;
  if (["enum", "allowed", "const"].some((name) => isOfConstants(machine, keywords.get(name)))) return EVERYTHING;
  const types = keywords.get("type")?.constants ?? [];
  const isTyped = types.length > 0 && types.every((type) => HARMLESS_TYPES.has(String(type)));
  const typed = isTyped ? machine.models.kindMask(["injection", "trust"]) : 0;
  const pattern = maskOfPattern(machine, keywords.get("pattern"), "search");
  return typed | pattern | maskOfPattern(machine, keywords.get("regex"), "fullmatch");
}

const HARMLESS_TYPES: ReadonlySet<string> = new Set([
  "integer",
  "number",
  "boolean",
  "null",
  "float",
  "date",
  "datetime",
]);

/** `jsonschema.validate(document, schema)` raises for what does not fit. */
function checkInstance(machine: Machine, { args }: Call): Value | undefined {
  return rebind(machine, findArgument(args, 0, ["instance"]), findArgument(args, 1, ["schema"])?.value);
}

function checkSchemaFirst(machine: Machine, { args }: Call): Value | undefined {
  return rebind(machine, args.positional[1], args.positional[0]?.value);
}

function rebind(
  machine: Machine,
  document: { readonly node: number; readonly value: Value } | undefined,
  schema: Value | undefined,
): Value | undefined {
  const properties = schema === undefined ? undefined : dictOf(machine, schema)?.entries.get("properties");
  const rules = properties === undefined ? undefined : dictOf(machine, properties);
  if (document === undefined || rules === undefined) return undefined;
  keep(
    machine,
    document,
    filled(machine, document.value, rules, (rule) => keywordMask(machine, rule)),
  );
  return DYNAMIC;
}

/** From here on the variable holds the document as it was checked. */
function keep(machine: Machine, { node }: { readonly node: number }, checked: Value): void {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.identifier) writeName(machine, textOf(syntax, node), checked);
}

function makeValidator(machine: Machine, { args }: Call): Value {
  const schema = findArgument(args, 0, ["schema"])?.value;
  const shape = emptyShape("object");
  const ref = machine.allocate(schema === undefined ? shape : withEntry(shape, "schema", schema));
  return { ...refValue(ref, "dynamic"), paths: ["cerberus.Validator()"] };
}

/** `validator.validate(document)`: what was checked is the validator's `document` then. */
function validateDocument(machine: Machine, call: Call): Value | undefined {
  const checked = validatedDocument(machine, call);
  const [document] = call.args.positional;
  const [ref] = call.receiver?.refs ?? [];
  const shape = ref === undefined ? undefined : machine.shape(ref);
  if (checked === undefined || document === undefined || ref === undefined || shape === undefined) return undefined;
  machine.write(ref, withEntry(shape, "document", checked));
  keep(machine, document, checked);
  return DYNAMIC;
}

function validatedDocument(machine: Machine, { args, receiver }: Call): Value | undefined {
  const [given] = args.positional;
  const shape = machine.onlyShape(receiver);
  const schema = findArgument(args, 1, ["schema"])?.value ?? shape?.entries.get("schema");
  const rules = schema === undefined ? undefined : dictOf(machine, schema);
  if (given === undefined || rules === undefined) return undefined;
  return filled(machine, given.value, rules, (rule) => keywordMask(machine, rule));
}
