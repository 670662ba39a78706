import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";

const MODELS: ReadonlySet<string> = new Set(
  ["pydantic.BaseModel", "pydantic.main.BaseModel"].flatMap((path) => [path, `${path}()`]),
);
/** Numbers that something is made, paid or waited for by. */
const AMOUNTS = new Set([
  "age",
  "amount",
  "count",
  "discount",
  "duration",
  "limit",
  "page",
  "percent",
  "percentage",
  "price",
  "quantity",
  "qty",
  "rating",
  "seats",
  "size",
  "timeout",
  "weight",
]);
/** Models that are filled from outside, by the end of their name. */
const INCOMING = new Set(["in", "input", "create", "update", "request", "payload", "form", "body", "params"]);
/** Field types that say more than `str` or `int` does. */
const NUMBER = /^(?:int|float|Decimal|decimal\.Decimal)(?:\s*\|\s*None)?$/;

/** Models of incoming data whose amounts may be any number. */
export const unconstrainedFields: ModuleDetector = {
  kind: "module",
  name: "unconstrained-fields",
  triggers: { definitions: [...MODELS], and: { words: [...AMOUNTS] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const classes = facts.definitions.filter(
    ({ kind, bases }) => kind === "class" && bases.some(({ paths }) => paths.some((path) => MODELS.has(path))),
  );
  for (const definition of classes) {
    if (!isIncoming(facts, definition) || hasValidators(facts, definition)) continue;
    const fields = openFields(facts, definition);
    const [first] = fields;
    if (first === undefined) continue;
    const names = fields.map((field) => textOf(syntax, childByField(syntax, field, Field.left)));
    yield { node: first, fields: { model: definition.name, fields: names.join(", ") } };
  }
}

/** By its name, or because a route of this file takes it. */
function isIncoming(facts: ModuleFacts, { name }: DefinitionFact): boolean {
  if (INCOMING.has(nameWords(name).at(-1) ?? "")) return true;
  const { syntax } = facts;
  return facts.definitions.some(
    (route) =>
      route.isRoute &&
      route.parameters.some(({ node }) => {
        const type = childByField(syntax, node, Field.type);
        return type !== NONE && textOf(syntax, type) === name;
      }),
  );
}

/** Validators may say anything of any field. */
function hasValidators(facts: ModuleFacts, { node }: DefinitionFact): boolean {
  const { syntax } = facts;
  return facts.definitions.some(
    (method) =>
      ancestorOfKind(syntax, method.node, Kind.class_definition) === node &&
      method.decorators.some(({ name }) => /(?:field|model|root)_?validator|^validator/.test(name)),
  );
}

function openFields({ syntax }: ModuleFacts, { node }: DefinitionFact): number[] {
  const body = childByField(syntax, node, Field.body);
  const found: number[] = [];
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    if (assignment === NONE) continue;
    const type = childByField(syntax, assignment, Field.type);
    const value = childByField(syntax, assignment, Field.right);
    if (type === NONE || !NUMBER.test(textOf(syntax, type)) || isLimited(syntax, value)) continue;
    const words = nameWords(textOf(syntax, childByField(syntax, assignment, Field.left)));
    if (AMOUNTS.has(words.at(-1) ?? "")) found.push(assignment);
  }
  return found;
}

/** `Field(ge=0)`; a plain default limits nothing. */
function isLimited(syntax: ModuleFacts["syntax"], value: number): boolean {
  return value !== NONE && /\b(?:gt|ge|lt|le|multiple_of|max_digits)\s*=/.test(textOf(syntax, value));
}
