import { Field, Kind } from "../../python/kinds.ts";
import { childByField, namedChildren, textOf } from "../../python/walk.ts";
import { itemMember, readShared } from "../guards/shared-proofs.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { readNarrowed } from "../values/names.ts";
import { UNKNOWN, type Value } from "../values/value.ts";

/**
 * The name of the place that `request.args.get("next", "/")` reads, whatever its default: reading it again gives the same.
 * Undefined for any other call, and for containers of the program's own, which change between.
 */
export function lookUpPlace(machine: Machine, call: number): string | undefined {
  const { syntax } = machine;
  const target = childByField(syntax, call, Field.function);
  if (syntax.kind[target] !== Kind.attribute) return undefined;
  if (textOf(syntax, childByField(syntax, target, Field.attribute)) !== "get") return undefined;
  const receiver = childByField(syntax, target, Field.object);
  if (!isDotted(machine, receiver) || (machine.recorder.valueOf(receiver)?.refs.length ?? 0) > 0) return undefined;
  const [key] = namedChildren(syntax, childByField(syntax, call, Field.arguments));
  if (key === undefined || syntax.kind[key] !== Kind.string) return undefined;
  return `${textOf(syntax, receiver)}[${textOf(syntax, key)}]`;
}

/** What a condition proved of the place that a look-up reads. */
export function readLookUp(machine: Machine, call: number): Value | undefined {
  if (machine.narrowed.size + machine.shared.size === 0) return undefined;
  const place = lookUpPlace(machine, call);
  if (place === undefined) return undefined;
  return readNarrowed(machine, place) ?? readSharedLookUp(machine, call);
}

function readSharedLookUp(machine: Machine, call: number): Value | undefined {
  const { syntax, recorder, shared } = machine;
  const [index] = namedChildren(syntax, childByField(syntax, call, Field.arguments));
  const key = shared.size === 0 ? undefined : keyOfConstant(recorder.valueOf(index) ?? UNKNOWN);
  const receiver = recorder.valueOf(childByField(syntax, childByField(syntax, call, Field.function), Field.object));
  return key === undefined || receiver === undefined ? undefined : readShared(machine, receiver, itemMember(key));
}

function isDotted({ syntax }: Machine, node: number): boolean {
  let at = node;
  while (syntax.kind[at] === Kind.attribute) at = childByField(syntax, at, Field.object);
  return syntax.kind[at] === Kind.identifier;
}
