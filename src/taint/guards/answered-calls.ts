import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import type { CompiledGuard } from "../models/model-tables.ts";
import { UNKNOWN } from "../values/value.ts";
import { applyProofs, handedOver } from "./guard-calls.ts";
import { assumeAny, assumeEach, assumeSubset } from "./guard-elements.ts";
import { isTable } from "./guard-nothing.ts";
import {
  asksForOwnAddress,
  asksForPlace,
  asksForRight,
  assumeDomain,
  assumeInside,
  assumePrefix,
  hostKinds,
} from "./guard-places.ts";
import { proveSignedIn } from "./guard-sign-in.ts";
import { proveSigned } from "./guard-signatures.ts";
import { allMatch, assumeClean, regexProof } from "./guard-text.ts";
import { assumeInstance } from "./guard-types.ts";
import { assumeAllowed, assumeEnding } from "./guard-uploads.ts";
import { assume, assumeMember } from "./guards.ts";
import { evaluateAgain, narrow, subjectOf } from "./narrow.ts";

const CLEAN_TESTS: ReadonlySet<string> = new Set([
  "isdigit",
  "isalnum",
  "isalpha",
  "isdecimal",
  "isnumeric",
  "isidentifier",
]);

/** What holds of the arguments of a call, and of what it is called on, where the call answered yes or no. */
export function assumeCall(machine: Machine, node: number, holds: boolean): void {
  const { syntax } = machine;
  const target = childByField(syntax, node, Field.function);
  const list = childByField(syntax, node, Field.arguments);
  const args = list === NONE || syntax.kind[list] === Kind.generator_expression ? [] : namedChildren(syntax, list);
  const callee = machine.recorder.valueOf(target) ?? UNKNOWN;
  if (syntax.kind[target] === Kind.attribute) assumeMethod(machine, target, args, holds);
  if (holds && callee.callables.length === 0) assumeAllowed(machine, textOf(syntax, target), args);
  if (holds && asksForOwnAddress(lastNameOf(machine, target))) {
    for (const argument of args) narrow(machine, handedOver(machine, argument), hostKinds(machine));
  }
  if (holds && args.length > 1 && asksForPlace(lastNameOf(machine, target))) {
    for (const argument of args) narrow(machine, handedOver(machine, argument), machine.models.kindMask(["path"]));
  }
  if (holds && asksForRight(lastNameOf(machine, target))) {
    for (const argument of args)
      narrow(machine, handedOver(machine, argument), machine.models.kindMask(["reflection"]));
  }
  for (const path of callee.paths) assumeFunction(machine, path, { node, args }, holds);
  if (holds) proveSignedIn(machine, args);
  applyProofs(machine, node, holds ? "clearedIfTrue" : "clearedIfFalse");
}

function assumeMethod(machine: Machine, target: number, args: readonly number[], holds: boolean): void {
  const { syntax } = machine;
  const receiver = childByField(syntax, target, Field.object);
  const name = textOf(syntax, childByField(syntax, target, Field.attribute));
  if (holds && CLEAN_TESTS.has(name)) assumeClean(machine, receiver);
  if (name === "startswith") assumePrefix(machine, receiver, args[0], holds);
  if (holds && name === "is_relative_to") assumeInside(machine, receiver);
  if (!holds && name === "is_absolute" && args.length === 0) narrow(machine, receiver, 0, { mark: "path.Relative()" });
  if (holds && name === "endswith") {
    assumeEnding(machine, receiver, args[0]);
    assumeDomain(machine, receiver, args[0]);
  }
  // Of a mapper of SQLAlchemy: the name is that of a column or a relation.
  if (holds && name === "has_property" && args.length === 1)
    narrow(machine, args[0], machine.models.kindMask(["injection", "reflection"]));
  if (holds && name === "get" && args.length === 1) assumeListed(machine, receiver, args[0]);
  if (holds && name === "issubset") assumeSubset(machine, receiver, args[0], true);
  if (holds && name === "issuperset" && args[0] !== undefined) assumeSubset(machine, args[0], receiver, true);
}

/** `TABLE.get(name)` gives something: the name is one of the keys that the program lists. */
function assumeListed(machine: Machine, table: number, key: number): void {
  if (isTable(machine, evaluateAgain(machine, table))) assumeMember(machine, key, table);
}

/** Of a function that is known by its API path. */
function assumeFunction(
  machine: Machine,
  path: string,
  { node, args }: { readonly node: number; readonly args: readonly number[] },
  holds: boolean,
): void {
  const { models } = machine;
  const guard = models.guard(path);
  const guarded = guard === undefined ? undefined : argumentAt(machine, args, guard);
  if (holds && guard !== undefined && guarded !== undefined) narrow(machine, guarded, guard.mask);
  if (path === "isinstance" && args.length === 2) assumeInstance(machine, args[0], args[1], holds);
  if (!holds && path === "os.path.isabs" && args.length === 1)
    narrow(machine, subjectOf(machine, args[0]), 0, { mark: "path.Relative()" });
  if (holds && path === "hmac.compare_digest") proveSigned(machine);
  if (holds && path === "bool" && args.length === 1) assume(machine, args[0], holds);
  // `str.isalnum(name)`, also under a name of its own or out of a table of tests.
  const test = /^str\.(\w+)$/.exec(path)?.[1];
  if (holds && test !== undefined && CLEAN_TESTS.has(test) && args.length === 1) assumeClean(machine, args[0]);
  const proof = holds ? regexProof(machine, path, node, args) : undefined;
  if (proof !== undefined) narrow(machine, subjectOf(machine, proof.subject), proof.mask, proof.known);
  if (holds && path === "any") assumeAny(machine, node);
  if (path === "all" ? holds : path === "any" && !holds) assumeEach(machine, node, holds);
  if (holds && path === "hasattr" && args.length === 2) narrow(machine, args[1], models.kindMask(["injection"]));
  const all = path === (holds ? "all" : "any") ? allMatch(machine, node, holds) : undefined;
  if (all !== undefined) narrow(machine, all.subject, all.mask);
}

/** What a guard asks about: the argument of its name, or the one in its place. */
function argumentAt(
  { syntax }: Machine,
  args: readonly number[],
  { position, keyword }: CompiledGuard,
): number | undefined {
  const isNamed = (argument: number) => syntax.kind[argument] === Kind.keyword_argument;
  const named = args.find(
    (argument) => isNamed(argument) && textOf(syntax, childByField(syntax, argument, Field.name)) === keyword,
  );
  if (named !== undefined) return childByField(syntax, named, Field.value);
  const placed = args[position];
  return placed === undefined || isNamed(placed) ? undefined : placed;
}

function lastNameOf({ syntax }: Machine, callee: number): string {
  return textOf(
    syntax,
    syntax.kind[callee] === Kind.attribute ? childByField(syntax, callee, Field.attribute) : callee,
  );
}
