import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { CallProof, Proof } from "../calls/call-result.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import { applyMembers } from "../calls/member-proofs.ts";
import type { Machine } from "../machine/machine.ts";
import { hostKinds, isHost, isHostOf } from "./guard-places.ts";
import { assume } from "./guards.ts";
import { evaluateAgain, narrow, narrowSources } from "./narrow.ts";
import { applyShared } from "./shared-proofs.ts";

/** What a call of a function of this project proved of its arguments: always, or where it is true, or false. */
export function applyProofs(
  machine: Machine,
  node: number,
  when: "cleared" | "clearedIfTrue" | "clearedIfFalse" | "clearedIfNone" | "clearedIfSome",
): void {
  const proof = machine.unit.proofs.get(node);
  if (proof === undefined) return;
  const { shared } = proof.result;
  if (when === "clearedIfTrue" || when === "clearedIfFalse") {
    applyShared(machine, when === "clearedIfTrue" ? shared.ifTrue : shared.ifFalse);
    proveMembers(machine, node, proof, when === "clearedIfTrue");
  }
  proveArguments(machine, node, proof.callee, proof.result[when], when === "cleared" ? proof.result.truths : NO_TRUTHS);
}

/** `if form.is_valid():` what the method has proved of the attributes of its object. */
function proveMembers(machine: Machine, node: number, { callee, result, asked }: CallProof, holds: boolean): void {
  const members = holds ? result.members.ifTrue : result.members.ifFalse;
  const masks = members.get(callee.info.parameters[0]?.name ?? "");
  const { syntax } = machine;
  // A property is called by reading it.
  const isProperty = syntax.kind[node] === Kind.attribute;
  const target = masks === undefined ? NONE : isProperty ? node : childByField(syntax, node, Field.function);
  if (masks === undefined || asked === undefined || syntax.kind[target] !== Kind.attribute) return;
  applyMembers(machine, evaluateAgain(machine, childByField(syntax, target, Field.object)), asked, masks);
}

/** `allowed, reason = check(path)` … `if not allowed: return`: what the call proved where that part of its answer is true, or false. */
export function applyPartProofs(machine: Machine, node: number, part: number, holds: boolean): void {
  const proof = machine.unit.proofs.get(node);
  const proofs = proof?.result.parts?.[part];
  if (proof === undefined || proofs === undefined) return;
  proveArguments(machine, node, proof.callee, holds ? proofs.ifTrue : proofs.ifFalse, NO_TRUTHS);
}

function proveArguments(
  machine: Machine,
  node: number,
  callee: FunctionCallable,
  proofs: ReadonlyMap<string, Proof>,
  truths: ReadonlyMap<string, boolean>,
): void {
  if (proofs.size + truths.size === 0) return;
  for (const { name, value } of namedArguments(machine, node, callee)) {
    const proved = proofs.get(name);
    if (proved !== undefined && proved.mask !== 0) narrow(machine, value, proved.mask);
    proveHost(machine, value, proved?.mask ?? 0);
    for (const mark of proved?.marks ?? []) narrow(machine, value, 0, { mark });
    const truth = truths.get(name);
    if (truth !== undefined) assume(machine, value, truth);
  }
}

interface NamedArgument {
  /** The parameter's name; empty for one that the function has not. */
  readonly name: string;
  readonly value: number;
}

/** What a call hands to each parameter of a function of the project, by position or by name. */
export function namedArguments({ syntax }: Machine, call: number, callee: FunctionCallable): readonly NamedArgument[] {
  const list = childByField(syntax, call, Field.arguments);
  if (list === NONE) return [];
  const { parameters, role } = callee.info;
  let position = callee.owner !== undefined && role !== "static" ? 1 : 0;
  return namedChildren(syntax, list).map((argument) => {
    const isNamed = syntax.kind[argument] === Kind.keyword_argument;
    if (!isNamed) return { name: parameters[position++]?.name ?? "", value: argument };
    const name = textOf(syntax, childByField(syntax, argument, Field.name));
    return { name, value: childByField(syntax, argument, Field.value) };
  });
}

/** `ensure_public(urlparse(url).hostname)`: where the host of an address leads nowhere that it should not, the address does not either. */
function proveHost(machine: Machine, argument: number, mask: number): void {
  const host = mask & hostKinds(machine);
  const value = host === 0 ? undefined : evaluateAgain(machine, argument);
  if (value !== undefined && (isHost(value) || isHostOf(machine, argument))) narrowSources(machine, value.origin, host);
}

const NO_TRUTHS: ReadonlyMap<string, boolean> = new Map();

/** What is handed over, by position or by name. */
export function handedOver({ syntax }: Machine, argument: number): number {
  return syntax.kind[argument] === Kind.keyword_argument ? childByField(syntax, argument, Field.value) : argument;
}
