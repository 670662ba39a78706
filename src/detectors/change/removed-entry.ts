import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

/** Names of validators that let everything through, or say only whether something has to be there. */
const LETS_THROUGH = /^(?:Optional|InputOptional|DataRequired|InputRequired|Required|UsedIf|None)$/;

/** A field of a class, and the validator that its list had and has no more; `node` is the field's, at the head. */
export interface LostEntry {
  readonly node: number;
  readonly validator: string;
}

/**
 * The validator that the declaration of a field lost: `URLField("…", [DataRequired(), URL()])`, `validators=[…]`, `validate=[…]`. Undefined where
 * the list gained another one, or anything else of the declaration became another.
 */
export function lostEntry({ base, head }: ChangeSides, owner: string): LostEntry | undefined {
  const now = new Map(fieldsOf(head, owner).map((field) => [field.name, field]));
  for (const before of fieldsOf(base, owner)) {
    const after = now.get(before.name);
    if (after === undefined || after.callee !== before.callee) continue;
    const kept = new Set(after.validators);
    const known = new Set(before.validators);
    if (after.validators.some((one) => !known.has(one))) continue;
    const lost = before.validators.find((one) => !kept.has(one) && !LETS_THROUGH.test(one));
    if (lost !== undefined) return { node: after.node, validator: lost };
  }
  return undefined;
}

interface DeclaredField {
  readonly name: string;
  /** The statement's target. */
  readonly node: number;
  readonly callee: string;
  readonly validators: readonly string[];
}

function fieldsOf(facts: ModuleFacts, owner: string): readonly DeclaredField[] {
  const { syntax } = facts;
  return factIndex(facts)
    .assignmentsIn(owner)
    .filter(({ value }) => syntax.kind[value] === Kind.call)
    .map(({ name, target, value }) => ({
      name,
      node: target,
      callee: textOf(syntax, childByField(syntax, value, Field.function)),
      validators: validatorsIn(facts, value),
    }));
}

/** By name, those of the list that a field is given: the second argument of WTForms, `validators` or `validate` elsewhere. */
function validatorsIn({ syntax }: ModuleFacts, call: number): readonly string[] {
  const given = namedChildren(syntax, childByField(syntax, call, Field.arguments));
  return given.flatMap((argument, position) => {
    const isNamed = syntax.kind[argument] === Kind.keyword_argument;
    const keyword = isNamed ? textOf(syntax, childByField(syntax, argument, Field.name)) : "";
    const value = isNamed ? childByField(syntax, argument, Field.value) : argument;
    if (value === NONE || !(isNamed ? /^valid(?:ators|ate)$/.test(keyword) : position === 1)) return [];
    const isList = syntax.kind[value] === Kind.list || syntax.kind[value] === Kind.tuple;
    return (isList ? namedChildren(syntax, value) : []).map((entry) => lastPart(nameOf({ syntax }, entry)));
  });
}

function nameOf({ syntax }: Pick<ModuleFacts, "syntax">, node: number): string {
  return textOf(syntax, syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : node);
}
