import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { assumeNothingCollected } from "./collected.ts";
import { conditionOf, followName, isNamedCondition, partOf } from "./conditions.ts";
import { applyPartProofs, applyProofs } from "./guard-calls.ts";
import { regexProof } from "./guard-text.ts";
import { assume } from "./guards.ts";
import { applyKept } from "./kept-checks.ts";
import { narrow } from "./narrow.ts";
import { noteTruth } from "./truths.ts";

/** `safe = name in ALLOWED` … `if safe:`: the condition that was given a name holds, or does not. */
export function assumeAlias(machine: Machine, node: number, holds: boolean): void {
  const { syntax } = machine;
  const name = textOf(syntax, node);
  if (syntax.kind[node] === Kind.attribute && !holds && machine.collected.size > 0)
    followName(machine, name, () => assumeNothingCollected(machine, name));
  if (syntax.kind[node] === Kind.attribute) {
    applyProofs(machine, node, holds ? "clearedIfTrue" : "clearedIfFalse");
    applyKept(machine, node, holds);
  }
  if (syntax.kind[node] !== Kind.identifier) return;
  noteTruth(machine, name, holds);
  followName(machine, name, () => {
    if (!holds) assumeNothingCollected(machine, name);
    const answer = partOf(machine, name);
    if (answer !== undefined) applyPartProofs(machine, answer.call, answer.part, holds);
    const named = conditionOf(machine, name);
    if (named === undefined || (named.isFlag && !holds)) return;
    assume(machine, named.condition, holds);
    if (holds) proveMatch(machine, node, named.condition);
  });
}

/** `found = re.fullmatch(…)`: the match has the text of the pattern, too. */
export function proveMatch(machine: Machine, name: number, condition: number): void {
  const { syntax } = machine;
  const list = syntax.kind[condition] === Kind.call ? childByField(syntax, condition, Field.arguments) : NONE;
  if (list === NONE || syntax.kind[list] === Kind.generator_expression) return;
  const args = namedChildren(syntax, list);
  for (const path of machine.recorder.valueOf(childByField(syntax, condition, Field.function))?.paths ?? []) {
    const proof = regexProof(machine, path, condition, args);
    if (proof !== undefined) narrow(machine, name, proof.mask);
  }
}

/** `re.fullmatch(…)`, or a name that was given to one. */
export function isMatch(machine: Machine, node: number): boolean {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.parenthesized_expression) return isMatch(machine, firstNamedChild(syntax, node));
  if (syntax.kind[node] === Kind.named_expression) return isMatch(machine, childByField(syntax, node, Field.value));
  if (syntax.kind[node] === Kind.identifier)
    return isNamedCondition(machine, textOf(syntax, node), (condition) => isMatch(machine, condition));
  if (syntax.kind[node] !== Kind.call) return false;
  const callee = machine.recorder.valueOf(childByField(syntax, node, Field.function));
  return callee?.paths.some((path) => path.startsWith("re.")) === true;
}
