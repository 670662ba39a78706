import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";
import { unwrap } from "./literal.ts";

/**
 * The call whose result an expression is: the expression itself, or what its name was set to last, in the same scope or once and
 * for all at the module's level. Undefined for a parameter, and for a name that is set on several ways.
 */
export function makingCall(facts: ModuleFacts, expression: number): CallFact | undefined {
  const { syntax } = facts;
  const { callAt, assignmentsTo } = factIndex(facts);
  const node = unwrap(syntax, expression);
  const direct = callAt.get(node);
  if (direct !== undefined || syntax.kind[node] !== Kind.identifier) return direct;
  const name = textOf(syntax, node);
  const scope = facts.scopeOf(node);
  const own = assignmentsTo(scope, name).filter((fact) => syntax.next[fact.node] <= node);
  const module = scope === "" ? [] : assignmentsTo("", name);
  const made = own.length > 0 ? own.at(-1) : module.length === 1 ? module[0] : undefined;
  return made && callAt.get(unwrap(syntax, made.value));
}
