import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";

/** Further calls of one function are not looked at. */
const MAX_CALLERS = 64;

/** A call of a function of the module, by what it hands to its parameters. */
export interface Caller {
  readonly call: CallFact;
  /** What the parameter is given; undefined where the call leaves it out, or it cannot be told. */
  given(parameter: string): ArgumentFact | undefined;
}

/**
 * The calls of the function around a name that is one of its parameters, and is given no other value there: of a function of the module
 * itself by its name, of a method by `self.name`. None where the name is anything else.
 */
export function callersOf(facts: ModuleFacts, name: number): readonly Caller[] {
  const { syntax } = facts;
  if (syntax.kind[name] !== Kind.identifier) return [];
  const scope = facts.scopeOf(name);
  const { functionNamed, assignmentsTo } = factIndex(facts);
  const definition = functionNamed(scope);
  const parameters = definition?.parameters.map((parameter) => parameter.name) ?? [];
  const parameter = textOf(syntax, name);
  if (!parameters.includes(parameter) || assignmentsTo(scope, parameter).length > 0) return [];
  const positions = scope === definition?.name ? parameters : parameters.slice(1);
  return callsOf(facts, scope)
    .filter(({ splat, doubleSplat }) => !splat && !doubleSplat)
    .map((call) => ({
      call,
      given: (wanted) =>
        call.args.find(
          ({ position, keyword }) => keyword === wanted || (position !== undefined && positions[position] === wanted),
        ),
    }));
}

/** The calls of the function of a dotted name: of one of the module itself by its name, of a method by `self.name` in its class. */
export function callsOf(facts: ModuleFacts, scope: string): readonly CallFact[] {
  const { functionNamed, calledByName } = factIndex(facts);
  const name = functionNamed(scope)?.name;
  if (name === undefined) return [];
  const owner = scope.slice(0, -name.length - 1);
  const calls = calledByName(owner === "" ? name : `self.${name}`).slice(0, MAX_CALLERS);
  return owner === "" ? calls : calls.filter(({ node }) => facts.scopeOf(node).startsWith(`${owner}.`));
}
