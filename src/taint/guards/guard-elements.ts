import { Field, Kind } from "../../python/kinds.ts";
import { addTargets } from "../../python/scopes.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { inPlaces } from "../expressions/iteration.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { elementFor } from "../statements/execute-loop.ts";
import { deep, withClearedElements } from "../values/carry.ts";
import { keyOf } from "../values/names.ts";
import { EVERYTHING, type Value } from "../values/value.ts";
import { assumeNoParentIn } from "./guard-parts.ts";
import { hostKinds, publicOrigin } from "./guard-places.ts";
import { maskOf } from "./guard-text.ts";
import { assume } from "./guards.ts";
import { evaluateAgain, isEither, isPlace, narrow, narrowAllSources, narrowSources } from "./narrow.ts";

const CLAUSES: ReadonlySet<number> = new Set([Kind.for_in_clause, Kind.if_clause]);
const NO_NAMES: ReadonlySet<string> = new Set();

/** `set(names) <= ALLOWED`, `names.issubset(ALLOWED)`, `not set(names) - ALLOWED`: each element is one that the program lists. */
export function assumeSubset(machine: Machine, elements: number, allowed: number | undefined, isNamed = false): void {
  if (allowed === undefined) return;
  const value = evaluateAgain(machine, elements);
  const isSet = isNamed || machine.onlyShape(value)?.kind === "set";
  if (!isSet || deep(machine, evaluateAgain(machine, allowed)).labels !== 0) return;
  if (isPlace(machine, elements)) withClearedElements(machine, value, EVERYTHING);
  // What the set was made of has no other elements, or characters, either.
  const injection = machine.models.kindMask(["injection"]);
  const source = madeOf(machine, elements);
  if (source === NONE) narrowSources(machine, deep(machine, value).origin, injection);
  else {
    narrow(machine, source, injection);
    withClearedElements(machine, evaluateAgain(machine, source), EVERYTHING);
  }
}

/** The argument of `set(x)`. */
function madeOf({ syntax }: Machine, node: number): number {
  if (syntax.kind[node] === Kind.parenthesized_expression) return NONE;
  if (syntax.kind[node] !== Kind.call) return NONE;
  if (!/^(?:frozen)?set$/.test(textOf(syntax, childByField(syntax, node, Field.function)))) return NONE;
  const list = childByField(syntax, node, Field.arguments);
  return list === NONE ? NONE : firstNamedChild(syntax, list);
}

/** `any(name == one for one in ALLOWED)`: the condition holds for one of the elements, which nobody outside chose. */
export function assumeAny(machine: Machine, call: number): void {
  const { syntax, frame } = machine;
  const generator = childByField(syntax, call, Field.arguments);
  if (generator === NONE || syntax.kind[generator] !== Kind.generator_expression) return;
  const clauses = namedChildren(syntax, generator).filter((child) => syntax.kind[child] === Kind.for_in_clause);
  const [clause] = clauses;
  if (clauses.length !== 1) return;
  const iterated = evaluateAgain(machine, childByField(syntax, clause, Field.right));
  const target = childByField(syntax, clause, Field.left);
  if (syntax.kind[target] !== Kind.identifier || deep(machine, iterated).labels !== 0) return;
  machine.frame = frameFor(machine, target);
  machine.state.set(keyOf(machine.frame, textOf(syntax, target)), elementFor(machine, clause, iterated));
  assume(machine, childByField(syntax, generator, Field.body), true);
  machine.frame = frame;
}

/** `all(is_plain(one) for one in names)`, and that `any(not is_plain(one) for one in names)` does not hold: each element passes. */
export function assumeEach(machine: Machine, call: number, holds: boolean): void {
  const { syntax, frame, state } = machine;
  const generator = childByField(syntax, call, Field.arguments);
  if (generator === NONE || syntax.kind[generator] !== Kind.generator_expression) return;
  const clauses = namedChildren(syntax, generator).filter((child) => CLAUSES.has(syntax.kind[child]));
  const target = childByField(syntax, clauses[0], Field.left);
  if (clauses.length !== 1 || syntax.kind[target] !== Kind.identifier) return;
  const right = childByField(syntax, clauses[0], Field.right);
  const iterated = evaluateAgain(machine, right);
  const body = childByField(syntax, generator, Field.body);
  const checks = inPlaces(machine, iterated);
  if (checks !== undefined && checks.length > 0 && checks.every(isFunction)) {
    for (const check of checks) assumeCheck(machine, target, body, check, holds);
    return;
  }
  assumeNoParentIn(machine, body, right, holds);
  // What each character of a text is one of says something else of the text (`allMatch`).
  const isCharacters = syntax.kind[body] === Kind.comparison_operator || isEither(syntax, body);
  const element = elementFor(machine, clauses[0], iterated);
  machine.frame = frameFor(machine, target);
  machine.state = state.fork();
  const key = keyOf(machine.frame, textOf(syntax, target));
  machine.state.set(key, element);
  assume(machine, body, holds);
  const proved = machine.state.get(key);
  const outside = publicOrigin(machine, body, holds);
  machine.frame = frame;
  machine.state = state;
  // Whoever resolves a name gets one address at least.
  narrowAllSources(machine, outside, hostKinds(machine));
  if (proved === undefined || element.labels === 0 || proved.labels !== element.labels) return;
  const mask = proved.cleared & ~element.cleared;
  if (iterated.refs.length > 0) {
    withClearedElements(machine, iterated, mask);
    narrowDivided(machine, right, mask);
  } else if (!isCharacters) narrow(machine, right, mask & machine.models.kindMask(["injection"]));
}

function isFunction({ callables, paths, labels }: Value): boolean {
  return labels === 0 && callables.length + paths.length > 0;
}

/** `all(check(name) for check in CHECKS)`: what each of the functions proves. */
function assumeCheck(machine: Machine, target: number, body: number, check: Value, holds: boolean): void {
  const { frame } = machine;
  machine.frame = frameFor(machine, target);
  machine.state.set(keyOf(machine.frame, textOf(machine.syntax, target)), check);
  evaluate(machine, body);
  assume(machine, body, holds);
  machine.frame = frame;
}

/** `all(PART.fullmatch(one) for one in host.split("."))`: the text has what its parts have, and what it was divided at. */
function narrowDivided(machine: Machine, parts: number, mask: number): void {
  const { syntax } = machine;
  const method = syntax.kind[parts] === Kind.call ? childByField(syntax, parts, Field.function) : NONE;
  if (method === NONE || syntax.kind[method] !== Kind.attribute) return;
  const [separator, ...more] = namedChildren(syntax, childByField(syntax, parts, Field.arguments));
  if (textOf(syntax, childByField(syntax, method, Field.attribute)) !== "split" || separator === undefined) return;
  const [constant] = evaluateAgain(machine, separator).constants ?? [];
  if (more.length > 0 || typeof constant !== "string") return;
  narrow(machine, childByField(syntax, method, Field.object), mask & maskOf(machine, new Set(constant)));
}

function frameFor(machine: Machine, target: number): Frame {
  const { frame, syntax, unit } = machine;
  const locals = new Set<string>();
  addTargets(syntax, target, locals);
  return machine.createFrame({
    scope: { locals, globals: NO_NAMES, nonlocals: NO_NAMES, isGenerator: false },
    unit,
    enclosing: frame,
    ...(frame.function && { function: frame.function }),
  });
}
