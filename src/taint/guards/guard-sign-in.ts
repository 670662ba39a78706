import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOf } from "../values/names.ts";
import { withCleared } from "../values/value.ts";
import { isNamedCondition } from "./conditions.ts";
import { handedOver } from "./guard-calls.ts";
import { evaluateAgain, narrow, subjectOf } from "./narrow.ts";

/** Names of variables for what somebody signs in as. */
const NAMES_SOMEBODY =
  /^(?:user_?(?:name|id)?|name|login(?:_?name)?|e?_?mail(?:_address)?|account(?:_?(?:name|id))?|uid|nick(?:name)?|ident(?:ifier)?)$/i;

/**
 * A call that was given a password said yes: who was given beside it, or what the function calls somebody, is who signed in, which a session is
 * there to keep.
 */
export function proveSignedIn(machine: Machine, args: readonly number[]): void {
  const given = args.map((argument) => handedOver(machine, argument));
  if (given.length < 2 || !given.some((one) => isPassword(machine, one))) return;
  const session = machine.models.kindMask(["session"]);
  for (const one of given) if (!isPassword(machine, one)) narrow(machine, subjectOf(machine, one), session);
  for (const name of machine.frame.scope.locals) {
    if (!NAMES_SOMEBODY.test(name)) continue;
    const key = keyOf(machine.frame, name);
    const value = machine.state.get(key);
    if (value !== undefined && value.labels !== 0) machine.state.set(key, withCleared(value, session));
  }
}

function isPassword(machine: Machine, node: number): boolean {
  return (evaluateAgain(machine, node).labels & machine.models.labels.bit("password")) !== 0;
}

/** A call that is given a password, or a name that was given to one: what it found is None where it was wrong. */
export function isSignIn(machine: Machine, node: number): boolean {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.parenthesized_expression) return isSignIn(machine, firstNamedChild(syntax, node));
  if (syntax.kind[node] === Kind.await) return isSignIn(machine, firstNamedChild(syntax, node));
  if (syntax.kind[node] === Kind.identifier)
    return isNamedCondition(machine, textOf(syntax, node), (condition) => isSignIn(machine, condition));
  const list = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.arguments) : NONE;
  if (list === NONE || syntax.kind[list] === Kind.generator_expression) return false;
  const args = namedChildren(syntax, list);
  return args.length > 1 && args.some((argument) => isPassword(machine, handedOver(machine, argument)));
}
