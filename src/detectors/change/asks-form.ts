import { Kind } from "../../python/kinds.ts";
import { firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { asCondition, branchAround, conditionOf, variablesIn } from "./conditions.ts";
import { originsOf } from "./origins.ts";
import {
  ASKS_CHARACTERS,
  ASKS_LISTED,
  ASKS_MARK,
  ASKS_SCHEME,
  ASKS_WITHIN,
  TAKES_NAMES,
} from "./refusing-questions.ts";
import { isValidator } from "./removed-validator.ts";

/** Whether text of another form is refused, in front of a call to which it would be more than a name. */
export function asksForm(facts: ModuleFacts, node: number): boolean {
  if (isConditionOf(facts, node, ASKS_MARK) || isConditionOf(facts, node, ASKS_WITHIN)) return true;
  if (![ASKS_CHARACTERS, ASKS_LISTED, ASKS_SCHEME].some((pattern) => isConditionOf(facts, node, pattern))) return false;
  const { callsIn, methodsOf } = factIndex(facts);
  const branch = branchAround(facts, node);
  const scope = facts.scopeOf(node);
  const asked = asCondition(facts, conditionOf(facts, branch)).subjects;
  const subjects = new Set([asked, ...originsOf(facts, scope, asked)].flatMap((names) => [...names]));
  if (callsIn(scope).some((call) => call.node > branch && takesOne(facts, call, subjects))) return true;
  if (givesBack(facts, scope, asked)) return true;
  const kept = keptInObject(facts, scope, branch, subjects);
  if (kept.size === 0) return false;
  return methodsOf(scope.slice(0, Math.max(scope.lastIndexOf("."), 0)))
    .flatMap(({ qualifiedName }) => callsIn(qualifiedName))
    .some((call) => takesOne(facts, call, kept));
}

/** Whether a function gives back what it asked about, for whoever called it to use: `return name`. Validators of fields are looked at by themselves. */
function givesBack(facts: ModuleFacts, scope: string, names: ReadonlySet<string>): boolean {
  if (factIndex(facts).definedAs(scope).some(isValidator)) return false;
  return nodesOfScope(facts, Kind.return_statement, scope).some((node) => {
    const value = firstNamedChild(facts.syntax, node);
    return value !== NONE && names.has(textOf(facts.syntax, value));
  });
}

/** Whether the condition in front of a node is like a pattern, as it is written. */
export function isConditionOf(facts: ModuleFacts, node: number, pattern: RegExp): boolean {
  const above = branchAround(facts, node);
  const condition = above === NONE ? NONE : conditionOf(facts, above);
  return condition !== NONE && pattern.test(textOf(facts.syntax, condition));
}

function takesOne(facts: ModuleFacts, { name, args }: CallFact, names: ReadonlySet<string>): boolean {
  return TAKES_NAMES.test(name) && args.some((one) => variablesIn(facts, one.node).some((of) => names.has(of)));
}

/** Attributes of the object that are given one of the variables behind a place: `self.table` of `self.table = table`. */
function keptInObject(
  facts: ModuleFacts,
  scope: string,
  from: number,
  subjects: ReadonlySet<string>,
): ReadonlySet<string> {
  const given = factIndex(facts)
    .assignmentsIn(scope)
    .filter(({ node, name, value }) => {
      return node > from && /^self\.\w+$/.test(name) && variablesIn(facts, value).some((one) => subjects.has(one));
    });
  return new Set(given.map(({ name }) => name));
}
