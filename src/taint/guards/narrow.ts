import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { lookUpPlace, readLookUp } from "../library/look-up.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { isMark, type PathMark, type TextMark } from "../values/marks.ts";
import { asGiven, frameOf, keyOf, writeNarrowed } from "../values/names.ts";
import { withMark } from "../values/path-parts.ts";
import { withEntry } from "../values/shape.ts";
import { EVERYTHING, isProvable, type Origin, UNKNOWN, type Value, withCleared, withProved } from "../values/value.ts";
import { narrowJoined } from "./joined-before.ts";
import { itemMember, sharedPlace, writeShared } from "./shared-proofs.ts";

/** What a condition says of a value: the constants that it can be, how its text begins, or that it is another one. */
export type Known =
  | Pick<Value, "constants">
  | { readonly beginning: string }
  | { readonly mark: TextMark }
  | { readonly value: Value };

/** Marks the value of a place as harmless for kinds; `known` is what it is, where a condition says so. */
export function narrow(machine: Machine, node: number, mask: number, known?: Known): void {
  const { syntax } = machine;
  switch (syntax.kind[node]) {
    case Kind.parenthesized_expression:
      narrow(machine, firstNamedChild(syntax, node), mask, known);
      return;
    case Kind.named_expression:
      narrow(machine, childByField(syntax, node, Field.name), mask, known);
      return;
    case Kind.boolean_operator:
      // `name or ""`: the name, unless there is nothing in it.
      if (isEither(syntax, node)) narrow(machine, firstOf(syntax, node), mask, ofEither(known));
      return;
    case Kind.identifier: {
      const name = textOf(syntax, node);
      const frame = frameOf(machine, name);
      if (frame === undefined) return;
      const key = keyOf(frame, name);
      const value = machine.state.get(key);
      if (value === undefined || !tells(value, mask, known)) return;
      const better = proved(machine, value, mask, known);
      machine.state.set(key, better);
      // Two marks together may make it harmless.
      if (frame === machine.frame) narrowJoined(machine, name, value, mask | (better.cleared & ~value.cleared));
      return;
    }
    case Kind.attribute:
    case Kind.subscript: {
      const value = evaluate(machine, node);
      if (!tells(value, mask, known)) return;
      const better = proved(machine, value, mask, known);
      writeNarrowed(machine, textOf(syntax, node), better);
      shareProof(machine, node, better);
      if (syntax.kind[node] === Kind.attribute) narrowMember(machine, node, mask);
      return;
    }
    case Kind.call: {
      const place = lookUpPlace(machine, node);
      const value = readLookUp(machine, node) ?? evaluateAgain(machine, node);
      if (place === undefined || !tells(value, mask, known)) return;
      const better = proved(machine, value, mask, known);
      writeNarrowed(machine, place, better);
      shareProof(machine, node, better);
    }
  }
}

/** What is known of `name or "main"` is known of the name; which of the constants it is, is not. */
function ofEither(known: Known | undefined): Known | undefined {
  return known !== undefined && ("mark" in known || "beginning" in known) ? known : undefined;
}

/** `a or b`. */
export function isEither(syntax: SyntaxArrays, node: number): boolean {
  const isBoth = syntax.kind[node] === Kind.boolean_operator;
  return isBoth && syntax.kind[childByField(syntax, node, Field.operator)] === Kind.token_or;
}

/** `a` of `a or b or c`. */
function firstOf(syntax: SyntaxArrays, node: number): number {
  let first = node;
  while (isEither(syntax, first)) first = childByField(syntax, first, Field.left);
  return first;
}

/** Of an object that other functions know as well, they know what was proved. */
function shareProof(machine: Machine, node: number, value: Value): void {
  const { syntax } = machine;
  const isLookUp = syntax.kind[node] === Kind.call;
  const owner = isLookUp ? childByField(syntax, node, Field.function) : node;
  const isItem = syntax.kind[owner] === Kind.subscript;
  const object = childByField(syntax, owner, isItem ? Field.value : Field.object);
  const receiver = evaluateAgain(machine, object);
  let member: string;
  if (isLookUp || isItem) {
    const [index] = isLookUp
      ? namedChildren(syntax, childByField(syntax, node, Field.arguments))
      : [childByField(syntax, node, Field.subscript)];
    const key = index === undefined || index === NONE ? undefined : keyOfConstant(evaluateAgain(machine, index));
    if (key === undefined) return;
    member = itemMember(key);
  } else member = `.${textOf(syntax, childByField(syntax, node, Field.attribute))}`;
  const place = sharedPlace(receiver, member);
  if (place !== undefined) writeShared(machine, place, value);
}

/** What is proved of an attribute of one object holds for whoever reads it of the object. */
function narrowMember(machine: Machine, node: number, mask: number): void {
  const { syntax, state } = machine;
  const [ref, ...others] = evaluateAgain(machine, childByField(syntax, node, Field.object)).refs;
  const shape = ref === undefined || others.length > 0 ? undefined : machine.shape(ref);
  const name = textOf(syntax, childByField(syntax, node, Field.attribute));
  const value = shape?.kind === "object" ? shape.entries.get(name) : undefined;
  if (ref !== undefined && shape !== undefined && value !== undefined)
    state.setShape(ref, withEntry(shape, name, withCleared(value, mask)));
}

/** Whether there is something to write down: that a value is empty, and harmless for everything, matters where it is from outside alone. */
function tells(value: Value, mask: number, known: Known | undefined): boolean {
  if (value.labels !== 0 || known !== undefined) return true;
  return mask !== 0 && mask !== EVERYTHING && isProvable(value);
}

function proved(machine: Machine, value: Value, mask: number, known: Known | undefined): Value {
  const cleared = isProvable(value) ? withProved(value, mask) : withCleared(value, mask);
  if (known === undefined) return cleared;
  if ("value" in known) return known.value;
  if ("mark" in known) return withMark(machine, cleared, known.mark);
  if ("beginning" in known) return { ...cleared, prefix: known.beginning };
  return { ...cleared, constants: known.constants, constancy: "constant" };
}

/** Clears the variables that a value was made from: what was proved of the part holds for the whole. */
export function narrowSources(machine: Machine, origin: Origin | undefined, mask: number): void {
  const steps = new Set<string>();
  for (let at = origin; at !== undefined; at = at.before) {
    steps.add(placeOf(at));
    narrowItem(machine, at, mask);
  }
  clearFrom(machine, steps, mask);
}

/** Marks the texts that a value was made from. */
export function markSources(machine: Machine, origin: Origin | undefined, mark: PathMark): void {
  const steps = new Set<string>();
  for (let at = origin; at !== undefined; at = at.before) steps.add(placeOf(at));
  changeFrom(machine, steps, (value) =>
    value.refs.length > 0 || value.paths.some((path) => path.endsWith("()") && !isMark(path))
      ? value
      : withMark(machine, value, mark),
  );
}

/** The same where a value was made from several, each of which it was proved for: `urljoin(base, target)`. */
export function narrowAllSources(machine: Machine, origin: Origin | undefined, mask: number): void {
  const steps = new Set<string>();
  const due = [origin];
  for (let at = due.pop(); at !== undefined; at = due.pop()) {
    for (let step: Origin | undefined = at; step !== undefined && !steps.has(placeOf(step)); step = step.before) {
      steps.add(placeOf(step));
      narrowItem(machine, step, mask);
      if (step.also !== undefined) due.push(step.also);
    }
  }
  clearFrom(machine, steps, mask);
}

/** `request.form["url"]`, `request.args.get("url")`: where a chain begins at an item, reading that again gives the same. */
function narrowItem(machine: Machine, { role, file, node }: Origin, mask: number): void {
  const { syntax, unit, frame } = machine;
  const around = frame.function?.info.node ?? 0;
  if (role !== "source" || file !== unit.index || node < around || node >= syntax.next[around]) return;
  const above = syntax.parent[node];
  const isItem = syntax.kind[above] === Kind.subscript && childByField(syntax, above, Field.value) === node;
  const item = isItem ? above : syntax.parent[above];
  if (isItem || (syntax.kind[item] === Kind.call && lookUpPlace(machine, item) !== undefined))
    narrow(machine, item, mask);
}

/** Steps are told apart by their places: each round of a loop makes them anew. */
function placeOf({ file, node, role }: Origin): string {
  return `${file}:${node}:${role}`;
}

function clearFrom(machine: Machine, steps: ReadonlySet<string>, mask: number): void {
  changeFrom(machine, steps, (value) => withCleared(value, mask));
}

function changeFrom(machine: Machine, steps: ReadonlySet<string>, change: (value: Value) => Value): void {
  if (steps.size === 0) return;
  // A comprehension sees the variables of its function.
  for (
    let frame: Frame | undefined = machine.frame;
    frame?.function === machine.frame.function;
    frame = frame.enclosing
  ) {
    const given = (frame.function?.info.parameters ?? []).map(({ name }) => asGiven(name));
    for (const name of [...frame.scope.locals, ...given]) {
      const key = frame.keys.get(name);
      if (key === undefined) continue;
      const value = machine.state.get(key);
      if (value?.origin !== undefined && steps.has(placeOf(value.origin))) machine.state.set(key, change(value));
    }
    if (frame.enclosing === undefined) return;
  }
}

/** Behind `.lower()`, `str(…)` and the like stands the same text. */
export function subjectOf(machine: Machine, node: number): number {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.parenthesized_expression) return subjectOf(machine, firstNamedChild(syntax, node));
  if (syntax.kind[node] !== Kind.call) return node;
  const target = childByField(syntax, node, Field.function);
  if (syntax.kind[target] === Kind.attribute) {
    const name = textOf(syntax, childByField(syntax, target, Field.attribute));
    if (/^(?:lower|upper|strip|casefold|title)$/.test(name))
      return subjectOf(machine, childByField(syntax, target, Field.object));
    return node;
  }
  if (textOf(syntax, target) !== "str") return node;
  const argument = firstNamedChild(syntax, childByField(syntax, node, Field.arguments));
  return argument === NONE ? node : subjectOf(machine, argument);
}

export function isPlace(machine: Machine, node: number): boolean {
  const kind = machine.syntax.kind[node];
  return (
    kind === Kind.identifier ||
    kind === Kind.attribute ||
    kind === Kind.subscript ||
    kind === Kind.named_expression ||
    (isEither(machine.syntax, node) && isPlace(machine, firstOf(machine.syntax, node))) ||
    (kind === Kind.call && lookUpPlace(machine, node) !== undefined)
  );
}

/** The value of an operand of a condition that was just evaluated; calls are not run twice. */
export function evaluateAgain(machine: Machine, node: number): Value {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.call) return machine.recorder.lastAnswer(node) ?? UNKNOWN;
  return evaluate(machine, node);
}
