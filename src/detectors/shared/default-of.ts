import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, children, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";

/**
 * The default of the parameter that a name stands for: the value it has whenever a caller leaves it out. Undefined where the
 * function gives the name another value.
 */
export function defaultOf(facts: ModuleFacts, name: number): number | undefined {
  const { syntax } = facts;
  if (syntax.kind[name] !== Kind.identifier) return undefined;
  const definition = ancestorOfKind(syntax, name, Kind.function_definition, Kind.lambda);
  if (definition === NONE) return undefined;
  const wanted = textOf(syntax, name);
  if (factIndex(facts).assignmentsTo(facts.scopeOf(name), wanted).length > 0) return undefined;
  const parameters = childByField(syntax, definition, Field.parameters);
  if (parameters === NONE) return undefined;
  const parameter = children(syntax, parameters).find(
    (child) =>
      (syntax.kind[child] === Kind.default_parameter || syntax.kind[child] === Kind.typed_default_parameter) &&
      textOf(syntax, childByField(syntax, child, Field.name)) === wanted,
  );
  return parameter === undefined ? undefined : childByField(syntax, parameter, Field.value);
}
