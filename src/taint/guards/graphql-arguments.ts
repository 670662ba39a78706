import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { Machine } from "../machine/machine.ts";
import type { RecordedCall } from "../machine/recorder.ts";

/** The kinds for which an argument of a resolver or mutation of Graphene is harmless by the type that the class declares for it. */
export function graphqlMask(machine: Machine, { info, owner, unit }: FunctionCallable, name: string): number {
  if (owner === undefined || !owner.basePaths.some((path) => path.startsWith("graphene"))) return 0;
  const { syntax, recorder } = unit;
  const field = /^resolve_(\w+)$/.exec(info.name)?.[1];
  const isTyped = [...recorder.calls.values()].some((call) => {
    if (call.node < owner.node || call.node >= syntax.next[owner.node]) return false;
    const above = syntax.parent[call.node];
    if (syntax.kind[above] !== Kind.assignment) return false;
    const target = textOf(syntax, childByField(syntax, above, Field.left));
    return field === undefined
      ? target === name && call.callee.some(isScalar)
      : target === field && declares(call, name);
  });
  return isTyped ? machine.models.kindMask(["injection", "trust"]) : 0;
}

/** `graphene.String(number=graphene.Int())`, `graphene.Field(Item, number=graphene.Int(required=True))`. */
function declares({ args }: RecordedCall, name: string): boolean {
  const given = args.find(({ keyword }) => keyword === name)?.snapshot.value.paths ?? [];
  return given.some((path) => isScalar(path.replace(/\(\)$/, "")));
}

function isScalar(path: string): boolean {
  return /^graphene\.(?:types\.)?(?:Int|Float|Boolean|BigInt|UUID|Decimal|Date|DateTime|Time)$/.test(path);
}
