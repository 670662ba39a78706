import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { lastNameOf } from "./named-values.ts";

/**
 * The names that say what an expression is for, innermost first: the keyword, key, parameter or variable it ends up in,
 * then the last part of the function around it.
 */
export function namesAround(facts: ModuleFacts, expression: number): readonly string[] {
  const { syntax } = facts;
  const names: string[] = [];
  for (let node = expression; node !== 0; node = syntax.parent[node]) {
    const name = nameGivenBy(syntax.parent[node]);
    if (name !== undefined) names.push(name);
    if (syntax.kind[node] === Kind.block) break;
  }
  const scope = facts.scopeOf(expression).split(".").at(-1);
  if (scope !== undefined && scope !== "") names.push(scope);
  return names;

  function nameGivenBy(parent: number): string | undefined {
    switch (syntax.kind[parent]) {
      case Kind.keyword_argument:
      case Kind.default_parameter:
      case Kind.typed_default_parameter:
      case Kind.named_expression:
        return text(childByField(syntax, parent, Field.name));
      case Kind.assignment:
      case Kind.augmented_assignment:
        return targetName(childByField(syntax, parent, Field.left));
      case Kind.pair:
        return targetName(childByField(syntax, parent, Field.key));
      default:
        return undefined;
    }
  }

  function targetName(target: number): string | undefined {
    return target === NONE ? undefined : lastNameOf(syntax, target);
  }

  function text(node: number): string | undefined {
    return node === NONE ? undefined : textOf(syntax, node);
  }
}
