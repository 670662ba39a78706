import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "./name-words.ts";

/** A form or serializer of Django that was given the data of a request. */
export interface BoundForm {
  readonly call: CallFact;
  /** Class as written, its last part. */
  readonly className: string;
  /** The variable that holds it; undefined where it is used at once. */
  readonly name: string | undefined;
  readonly scope: string;
}

export function boundForms(facts: ModuleFacts): BoundForm[] {
  const { syntax } = facts;
  const found: BoundForm[] = [];
  for (const call of facts.calls) {
    const className = call.name.split(".").at(-1) ?? "";
    const isBound = call.args.some(
      ({ position, keyword, node }) =>
        (position !== undefined || keyword === "data") &&
        /(?:^|\.)request\.(?:POST|data|GET)$/.test(textOf(syntax, node)),
    );
    if (!isBound || !isFormClass(className)) continue;
    const parent = syntax.parent[call.node];
    const isAssigned = syntax.kind[parent] === Kind.assignment || syntax.kind[parent] === Kind.named_expression;
    const target = isAssigned
      ? childByField(syntax, parent, syntax.kind[parent] === Kind.assignment ? Field.left : Field.name)
      : NONE;
    const name = target === NONE ? undefined : textOf(syntax, target);
    found.push({ call, className, name, scope: facts.scopeOf(call.node) });
  }
  return found;
}

function isFormClass(name: string): boolean {
  const last = nameWords(name).at(-1);
  return /^[A-Z]/.test(name) && (last === "form" || last === "serializer");
}
