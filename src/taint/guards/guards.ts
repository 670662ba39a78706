import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import { MAX_DEPTH } from "../machine/budgets.ts";
import type { Machine } from "../machine/machine.ts";
import type { CompiledGuard } from "../models/model-tables.ts";
import { deep } from "../values/carry.ts";
import { EVERYTHING, UNKNOWN, type Value } from "../values/value.ts";
import { isCollection } from "./collected.ts";
import { applyProofs, handedOver } from "./guard-calls.ts";
import { assumeAny, assumeEach, assumeSubset } from "./guard-elements.ts";
import { assumeAlias, isMatch, proveMatch } from "./guard-names.ts";
import { assumeNoParent } from "./guard-parts.ts";
import {
  asksForOwnAddress,
  assumeBeginning,
  assumeDomain,
  assumeInside,
  assumeParent,
  assumePrefix,
  assumePublic,
  hostKinds,
  isHost,
  isHostOf,
  isOwnAddress,
} from "./guard-places.ts";
import { proveSigned } from "./guard-signatures.ts";
import { allMatch, assumeClean, regexProof, withoutText } from "./guard-text.ts";
import { assumeInstance, assumeType } from "./guard-types.ts";
import { assumeAllowed, assumeEnding } from "./guard-uploads.ts";
import { evaluateAgain, isPlace, narrow, narrowAllSources, narrowSources, subjectOf } from "./narrow.ts";

/**
 * Refines the state by a condition that has been evaluated and is known to hold, or not to. Costs steps: a condition speaks of
 * others by their names, and of its own parts once as true and once as false.
 */
export function assume(machine: Machine, node: number, holds: boolean): void {
  if (!machine.step(node)) return;
  if (machine.depth >= MAX_DEPTH) {
    machine.recorder.spend("depth", node);
    return;
  }
  machine.depth++;
  assumeKind(machine, node, holds);
  machine.depth--;
}

function assumeKind(machine: Machine, node: number, holds: boolean): void {
  const { syntax } = machine;
  switch (syntax.kind[node]) {
    case Kind.parenthesized_expression:
      assume(machine, firstNamedChild(syntax, node), holds);
      return;
    case Kind.not_operator:
      assume(machine, childByField(syntax, node, Field.argument), !holds);
      return;
    case Kind.boolean_operator:
      assumeBoolean(machine, node, holds);
      return;
    case Kind.named_expression:
      assume(machine, childByField(syntax, node, Field.value), holds);
      assume(machine, childByField(syntax, node, Field.name), holds);
      if (holds) proveMatch(machine, childByField(syntax, node, Field.name), childByField(syntax, node, Field.value));
      return;
    case Kind.comparison_operator:
      assumeComparison(machine, node, holds);
      return;
    case Kind.call:
      assumeCall(machine, node, holds);
      return;
    case Kind.identifier:
    case Kind.attribute:
    case Kind.subscript:
      // What is empty, zero or None harms nothing.
      if (!holds) {
        narrow(machine, node, EVERYTHING);
        if (isHostOf(machine, node)) narrowSources(machine, evaluateAgain(machine, node).origin, hostKinds(machine));
      }
      assumeAlias(machine, node, holds);
      assumePublic(machine, node, holds);
      return;
    case Kind.binary_operator:
      if (!holds && textOf(syntax, childByField(syntax, node, Field.operator)) === "-")
        assumeSubset(machine, childByField(syntax, node, Field.left), childByField(syntax, node, Field.right));
      return;
  }
}

/** `a and b` holds: both do. It does not: `a` does not, or `a` does and `b` does not. */
function assumeBoolean(machine: Machine, node: number, holds: boolean): void {
  const { syntax } = machine;
  const isAnd = textOf(syntax, childByField(syntax, node, Field.operator)) === "and";
  const left = childByField(syntax, node, Field.left);
  const right = childByField(syntax, node, Field.right);
  if (isAnd === holds) {
    assume(machine, left, holds);
    assume(machine, right, holds);
    return;
  }
  const before = machine.state;
  const first = before.fork();
  machine.state = first;
  assume(machine, left, holds);
  const second = before.fork();
  machine.state = second;
  assume(machine, left, !holds);
  assume(machine, right, holds);
  machine.state = before;
  before.merge([first, second]);
}

function assumeComparison(machine: Machine, node: number, holds: boolean): void {
  const { operands, operators } = comparisonParts(machine.syntax, node);
  // `0 < x < 10` holds as a whole; where it does not, nothing is known of its parts.
  if (operators.length > 1 && !holds) return;
  for (let index = 0; index < operators.length; index++) {
    assumeOne(machine, operators[index], operands[index], operands[index + 1], holds);
  }
}

function assumeOne(machine: Machine, operator: string, left: number, right: number, holds: boolean): void {
  if (assumeAgainstConstant(machine, operator, left, right, holds)) return;
  switch (operator) {
    case "==":
    case "is":
      if (holds) assumeEqual(machine, left, right);
      return;
    case "!=":
    case "<>":
    case "is not":
      if (!holds) assumeEqual(machine, left, right);
      return;
    case "in":
    case "not in":
      if ((operator === "in") === holds) assumeMember(machine, left, right);
      else {
        assumeWithout(machine, right, left);
        assumeBeginning(machine, left, right);
      }
      return;
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const range = machine.models.kindMask(["range"]);
      narrow(machine, left, range);
      narrow(machine, right, range);
      if (holds && operator.startsWith("<")) assumeSubset(machine, left, right);
      else if (holds) assumeSubset(machine, right, left);
    }
  }
}

function assumeWithout(machine: Machine, container: number, text: number): void {
  const subject = subjectOf(machine, container);
  narrow(machine, subject, withoutText(machine, text));
  const { constants } = evaluateAgain(machine, text);
  if (constants?.length !== 1 || constants[0] !== "..") return;
  narrow(machine, subject, 0, { mark: "path.WithoutParent()" });
  assumeNoParent(machine, container);
}

/** `f(x) is None`, `f(x) == False`, `f(x) is True`: the left side as a condition of its own; false for any other form. */
function assumeAgainstConstant(
  machine: Machine,
  operator: string,
  left: number,
  right: number,
  holds: boolean,
): boolean {
  const isEquality = operator === "==" || operator === "is";
  if (!isEquality && operator !== "!=" && operator !== "is not") return false;
  const { syntax } = machine;
  const kind = syntax.kind[right];
  // A function that answers with a truth value is never None; a match of a pattern is, where there is none.
  const isNothing = kind === Kind.none && (isMatch(machine, left) || isCollection(machine, left));
  const isCondition = isNothing || kind === Kind.false || kind === Kind.true;
  if (!isCondition) return false;
  assume(machine, left, (kind === Kind.true) === (isEquality === holds));
  return true;
}

function assumeEqual(machine: Machine, left: number, right: number): void {
  assumeType(machine, left, right);
  const a = evaluateAgain(machine, left);
  const b = evaluateAgain(machine, right);
  if (a.constants === undefined && b.labels === 0) provesEqual(machine, left, a, b);
  else if (b.constants === undefined && a.labels === 0) provesEqual(machine, right, b, a);
  else if (isHost(a) && isOwnAddress(b)) narrowAllSources(machine, a.origin, hostKinds(machine));
  else if (isHost(b) && isOwnAddress(a)) narrowAllSources(machine, b.origin, hostKinds(machine));
}

/** A value that equals one that nobody outside chose is as harmless as that one. */
function provesEqual(machine: Machine, node: number, value: Value, other: Value): void {
  if (other.constants !== undefined || other.constancy === "constant") provesMember(machine, node, value, other);
  else if (isHostOf(machine, node)) narrowSources(machine, value.origin, hostKinds(machine));
  else if (value.paths.some((path) => path.startsWith("os.path.common")))
    narrowSources(machine, value.origin, machine.models.kindMask(["path"]));
  else if (value.labels !== 0) provesMember(machine, node, value);
}

function assumeMember(machine: Machine, item: number, container: number): void {
  if (assumeParent(machine, container)) return;
  const value = evaluateAgain(machine, item);
  if (value.constants !== undefined) return;
  const allowed = deep(machine, evaluateAgain(machine, container));
  const elements = allowed.refs.length > 0 ? elementOf(machine, allowed) : undefined;
  if (allowed.labels !== 0) {
    if (isHost(value) && elements !== undefined && isOwnAddress(elements))
      narrowAllSources(machine, value.origin, hostKinds(machine));
    // Whatever is listed there was stored before: it is data of the database, and no longer that of the request.
    const isStored = allowed.labels === machine.models.labels.bit("db") && elements !== undefined;
    if (isStored && isPlace(machine, subjectOf(machine, item)))
      narrow(machine, subjectOf(machine, item), 0, { value: elements });
    return;
  }
  if (elements?.constancy === "constant") provesMember(machine, item, value, elements);
  else if (value.labels !== 0) provesMember(machine, item, value);
}

/** The value is one of a set that nobody outside chose: so is what it was taken from, as far as it is the same text. */
function provesMember(machine: Machine, node: number, value: Value, known?: Value): void {
  const { syntax } = machine;
  const subject = subjectOf(machine, node);
  if (isHostOf(machine, subject) || isHost(value)) {
    narrowSources(machine, value.origin, hostKinds(machine));
    if (syntax.kind[subject] !== Kind.identifier) return;
  }
  if (value.paths.some((path) => path.startsWith("os.path.common"))) {
    narrowSources(machine, value.origin, machine.models.kindMask(["path"]));
    return;
  }
  if (isPlace(machine, subject)) narrow(machine, subject, EVERYTHING, known);
  // The ending or the type of a file says what the whole of it is.
  narrowSources(machine, value.origin, machine.models.kindMask(["upload"]));
}

const CLEAN_TESTS: ReadonlySet<string> = new Set([
  "isdigit",
  "isalnum",
  "isalpha",
  "isdecimal",
  "isnumeric",
  "isidentifier",
]);
function assumeCall(machine: Machine, node: number, holds: boolean): void {
  const { syntax, models } = machine;
  const target = childByField(syntax, node, Field.function);
  const list = childByField(syntax, node, Field.arguments);
  const args = list === NONE || syntax.kind[list] === Kind.generator_expression ? [] : namedChildren(syntax, list);
  const callee = machine.recorder.valueOf(target) ?? UNKNOWN;
  if (syntax.kind[target] === Kind.attribute) {
    const receiver = childByField(syntax, target, Field.object);
    const name = textOf(syntax, childByField(syntax, target, Field.attribute));
    if (holds && CLEAN_TESTS.has(name)) assumeClean(machine, receiver);
    if (name === "startswith") assumePrefix(machine, receiver, args[0], holds);
    if (holds && name === "is_relative_to") assumeInside(machine, receiver);
    if (!holds && name === "is_absolute" && args.length === 0)
      narrow(machine, receiver, 0, { mark: "path.Relative()" });
    if (holds && name === "endswith") {
      assumeEnding(machine, receiver, args[0]);
      assumeDomain(machine, receiver, args[0]);
    }
    if (holds && name === "issubset") assumeSubset(machine, receiver, args[0], true);
    if (holds && name === "issuperset" && args[0] !== undefined) assumeSubset(machine, args[0], receiver, true);
  }
  if (holds && callee.callables.length === 0) assumeAllowed(machine, textOf(syntax, target), args);
  if (holds && asksForOwnAddress(lastNameOf(machine, target))) {
    for (const argument of args) narrow(machine, handedOver(machine, argument), hostKinds(machine));
  }
  for (const path of callee.paths) {
    const guard = models.guard(path);
    const guarded = guard === undefined ? undefined : argumentAt(machine, args, guard);
    if (holds && guard !== undefined && guarded !== undefined) narrow(machine, guarded, guard.mask);
    if (path === "isinstance" && args.length === 2) assumeInstance(machine, args[0], args[1], holds);
    if (!holds && path === "os.path.isabs" && args.length === 1)
      narrow(machine, subjectOf(machine, args[0]), 0, { mark: "path.Relative()" });
    if (holds && path === "hmac.compare_digest") proveSigned(machine);
    if (holds && path === "bool" && args.length === 1) assume(machine, args[0], holds);
    const proof = holds ? regexProof(machine, path, node, args) : undefined;
    if (proof !== undefined) narrow(machine, subjectOf(machine, proof.subject), proof.mask, proof.known);
    if (holds && path === "any") assumeAny(machine, node);
    if (path === "all" ? holds : path === "any" && !holds) assumeEach(machine, node, holds);
    if (holds && path === "hasattr" && args.length === 2) narrow(machine, args[1], models.kindMask(["injection"]));
    const all = holds && path === "all" ? allMatch(machine, node) : undefined;
    if (all !== undefined) narrow(machine, all.subject, all.mask);
  }
  applyProofs(machine, node, holds ? "clearedIfTrue" : "clearedIfFalse");
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
