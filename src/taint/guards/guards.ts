import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, textOf } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import { callSpecial } from "../expressions/special-methods.ts";
import { isEnding } from "../library/endings.ts";
import { MAX_DEPTH } from "../machine/budgets.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { quoteMark } from "../values/quoted-text.ts";
import { EVERYTHING, type Value } from "../values/value.ts";
import { assumeCall } from "./answered-calls.ts";
import { isCollection } from "./collected.ts";
import { assumeSubset } from "./guard-elements.ts";
import { assumeAlias, isMatch, proveMatch } from "./guard-names.ts";
import { assumeNone, isLookUpIn } from "./guard-nothing.ts";
import { assumeNoParent } from "./guard-parts.ts";
import {
  assumeBeginning,
  assumeParent,
  assumePublic,
  hostKinds,
  isHost,
  isHostOf,
  isOwnAddress,
  isScheme,
} from "./guard-places.ts";
import { isSignIn } from "./guard-sign-in.ts";
import { withoutText } from "./guard-text.ts";
import { assumeType } from "./guard-types.ts";
import { undecidedPart } from "./known-truths.ts";
import { evaluateAgain, isPlace, markSources, narrow, narrowAllSources, narrowSources, subjectOf } from "./narrow.ts";

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
        const value = evaluateAgain(machine, node);
        if (isHostOf(machine, node) || isHost(value)) narrowSources(machine, value.origin, hostKinds(machine));
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
  const decided = undecidedPart(machine, left, right, holds) ?? decidedByDebugging(machine, [left, right], isAnd);
  if (decided !== undefined) {
    assume(machine, decided, holds);
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

/**
 * `if not settings.DEBUG and not check(url): return`: where nobody debugs, the check alone decides. Undefined where no part asks
 * whether somebody does, or where both do.
 */
function decidedByDebugging({ syntax }: Machine, parts: readonly number[], isAnd: boolean): number | undefined {
  const others = parts.filter((part) => !(isAnd ? NOT_DEBUGGING : DEBUGGING).test(textOf(syntax, part)));
  return others.length === 1 ? others[0] : undefined;
}

const DEBUGGING = /^(?:settings|config|app|current_app|conf)\.(?:DEBUG|debug)$/;
const NOT_DEBUGGING = /^not\s+(?:settings|config|app|current_app|conf)\.(?:DEBUG|debug)$/;

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
  const [missing, ...others] = constants ?? [];
  const mark = others.length === 0 ? quoteMark(String(missing)) : undefined;
  if (mark !== undefined) narrow(machine, subject, 0, { mark });
  if (others.length > 0 || missing !== "..") return;
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
  const isNothing =
    kind === Kind.none &&
    (isMatch(machine, left) || isCollection(machine, left) || isSignIn(machine, left) || isLookUpIn(machine, left));
  if (kind === Kind.none) assumeNone(machine, left, isEquality === holds);
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
  else provesAlike(machine, { left, right }, a, b);
}

/** `os.path.basename(name) == name`: the same text is harmless for the same kinds. */
function provesAlike(
  machine: Machine,
  { left, right }: { readonly left: number; readonly right: number },
  a: Value,
  b: Value,
): void {
  if (a.labels === 0 || b.labels === 0) return;
  narrow(machine, subjectOf(machine, left), b.cleared & ~a.cleared);
  narrow(machine, subjectOf(machine, right), a.cleared & ~b.cleared);
}

/** A value that equals one that nobody outside chose is as harmless as that one. */
function provesEqual(machine: Machine, node: number, value: Value, other: Value): void {
  if (other.constants !== undefined || other.constancy === "constant") provesMember(machine, node, value, other);
  else if (isHostOf(machine, node)) narrowSources(machine, value.origin, hostKinds(machine));
  else if (value.paths.some((path) => path.startsWith("os.path.common")))
    narrowSources(machine, value.origin, machine.models.kindMask(["path"]));
  else if (value.labels !== 0) provesMember(machine, node, value);
}

/** `name in ALLOWED` holds. */
export function assumeMember(machine: Machine, item: number, container: number): void {
  if (assumeParent(machine, container)) return;
  const value = evaluateAgain(machine, item);
  if (value.constants !== undefined) return;
  const given = evaluateAgain(machine, container);
  if (asksObject(machine, item, value, given)) return;
  const allowed = deep(machine, given);
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

/** `name in catalogue`, where the class of the object says by `__contains__` what that means: it proves what its method does. */
function asksObject(machine: Machine, item: number, value: Value, container: Value): boolean {
  if (callSpecial(machine, item, container, "__contains__", [value]) === undefined) return false;
  const proof = machine.unit.proofs.get(item);
  const parameter = proof?.callee.info.parameters[1]?.name ?? "";
  const mask = proof?.result.clearedIfTrue.get(parameter)?.mask ?? 0;
  const subject = subjectOf(machine, item);
  if (mask !== 0 && isPlace(machine, subject)) narrow(machine, subject, mask);
  return true;
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
  if (isScheme(value)) narrowSources(machine, value.origin, machine.models.kindMask(["argument", "csv"]));
  if (isEnding(value)) markSources(machine, value.origin, "path.KnownEnding()");
  // The ending or the type of a file says what the whole of it is.
  narrowSources(machine, value.origin, machine.models.kindMask(["upload"]));
}
