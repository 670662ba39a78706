import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { countInside } from "./count-inside.ts";
import { decoratorName, identifiersIn } from "./guards.ts";
import { lostEntry } from "./removed-entry.ts";
import { basesOf, nameNode } from "./surroundings.ts";

/** Methods that refuse values of fields, which a class had and has no more though it still has the fields. */
export const removedValidator: ChangeDetector = {
  kind: "change",
  name: "removed-validator",
  prepare: () => ({ concerns: ({ removed }) => /validat|clean_|\[|raise|add_error/i.test(removed), detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  for (const after of head.definitions) {
    if (after.kind !== "class") continue;
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (before === undefined || others.length > 0 || isOtherwise(sides, after.qualifiedName)) continue;
    const entry = lostEntry(sides, after.qualifiedName);
    if (entry !== undefined) yield { node: entry.node, fields: { validator: entry.validator, class: after.name } };
    const [lost] = methodsOf(base, before).filter(
      (method) =>
        refuses(base, method) &&
        !methodsOf(head, after).some(
          ({ name, node }) => name === method.name && !isEmptied(sides, method.node, node),
        ) &&
        isLost(sides, after, validatedBy(base, before, method)),
    );
    if (lost !== undefined) {
      yield { node: nameNode(head, after), fields: { validator: lost.name, class: after.name } };
    }
  }
}

/** A method that refuses nothing any more, and calls nothing that may. */
function isEmptied({ base, head }: ChangeSides, before: number, after: number): boolean {
  const known = new Set(callsIn(base, before).map(({ name }) => name));
  return (
    !refuses(head, { node: after } as DefinitionFact) &&
    callsIn(head, after).every(({ name }) => known.has(name) || /\.(?:strip|lower|upper)$/.test(name))
  );
}

/** What is validated: by decorators of pydantic, marshmallow and SQLAlchemy, by the names of Django and WTForms; none of no validator. */
function validatedBy(facts: ModuleFacts, owner: DefinitionFact, method: DefinitionFact): readonly string[] {
  const decorator = method.decorators.find(({ name }) => DECORATORS.test(decoratorName(name)));
  if (decorator !== undefined) {
    const written = textOf(facts.syntax, decorator.node);
    return [...written.matchAll(/["'](\w+)["']/g)].map(([, field = ""]) => field).filter((one) => !MODES.has(one));
  }
  const bases = basesOf(facts, owner.qualifiedName);
  if (/^(?:clean|validate)$/.test(method.name) && bases.some((base) => FORMS.test(base)))
    return fieldsReadIn(facts, owner, method);
  const field = /^(?:clean|validate)_(\w+)$/.exec(method.name)?.[1];
  return field !== undefined && bases.some((base) => FORMS.test(base)) ? [field] : [];
}

/** Whether a method is one by which a class looks at its fields, as far as its own name and decorators tell. */
export function isValidator({ name, qualifiedName, decorators }: DefinitionFact): boolean {
  if (decorators.some((one) => DECORATORS.test(decoratorName(one.name)))) return true;
  return qualifiedName !== name && /^(?:clean|validate)(?:_\w+)?$/.test(name);
}

/** The fields of a class that a method for all of them reads: `attrs["age"]`, `data.get("age")`. */
function fieldsReadIn(
  facts: ModuleFacts,
  { qualifiedName }: DefinitionFact,
  { node }: DefinitionFact,
): readonly string[] {
  const read = [...textOf(facts.syntax, node).matchAll(/(?:\[|\.get\()\s*["'](\w+)["']/g)].map(
    ([, field = ""]) => field,
  );
  return [...new Set(read)].filter((field) => declarationOf(facts, qualifiedName, field) !== undefined);
}

/** `mode="before"`. */
const MODES = new Set(["before", "after", "wrap", "plain"]);

const DECORATORS = /(?:^|\.)(?:field_validator|validator|validates)$/;
const FORMS = /(?:Form|Serializer|Schema|Model|Filter(?:Set)?)$/;

/** The fields are there as they were, and no method is new that may look at them. */
function isLost({ base, head }: ChangeSides, after: DefinitionFact, fields: readonly string[]): boolean {
  return (
    fields.length > 0 &&
    fields.every((field) => {
      const now = declarationOf(head, after.qualifiedName, field);
      return now !== undefined && now === declarationOf(base, after.qualifiedName, field);
    })
  );
}

/** Another base, a new method, or a function that raises and was not there: what may look at the values now. */
export function isOtherwise(sides: ChangeSides, name: string): boolean {
  const { base, head } = sides;
  if (basesOf(base, name).join() !== basesOf(head, name).join()) return true;
  const { refusing, within } = newDefinitions(sides);
  return refusing || within.has(name);
}

/** Whether one of the definitions that are new refuses, and the names of those that one stands in. */
const newDefinitions = oncePer(({ base, head }: ChangeSides) => {
  const { definedAs } = factIndex(base);
  const isNew = ({ qualifiedName }: DefinitionFact) => definedAs(qualifiedName).length === 0;
  const within = countInside(head, (one) => (isNew(one) ? 1 : 0));
  return { refusing: head.definitions.some((one) => isNew(one) && refuses(head, one)), within };
});

function methodsOf(facts: ModuleFacts, { qualifiedName }: DefinitionFact): readonly DefinitionFact[] {
  return factIndex(facts).methodsOf(qualifiedName);
}

function refuses({ syntax }: ModuleFacts, { node }: DefinitionFact): boolean {
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] === Kind.raise_statement) return true;
    if (syntax.kind[at] !== Kind.call) continue;
    if (lastPart(textOf(syntax, childByField(syntax, at, Field.function))) === "add_error") return true;
  }
  return false;
}

/** `amount: int = Field(gt=0)` without spaces; the name alone where a list of names declares it, as that of a form's `Meta`. */
function declarationOf(facts: ModuleFacts, name: string, field: string): string | undefined {
  const { syntax } = facts;
  const own = nodesOfScope(facts, Kind.assignment, name).find(
    (node) => textOf(syntax, childByField(syntax, node, Field.left)) === field,
  );
  if (own !== undefined) return textOf(syntax, own).replaceAll(/\s+/g, "");
  const meta = factIndex(facts).definedAs(`${name}.Meta`)[0];
  if (meta === undefined) return undefined;
  const lists = textOf(syntax, meta.node);
  return new RegExp(`["']${field}["']`).test(lists) || identifiersIn(facts, meta.node).includes(field)
    ? field
    : undefined;
}
