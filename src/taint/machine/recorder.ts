import { builtOn } from "../calls/constructors.ts";
import type { ArgumentFact, AssignmentFact, CallFact, DefinitionFact, Flow, ImportFact, ValueFact } from "../facts.ts";
import { isWritten } from "../values/marks.ts";
import { lengthOf } from "../values/shape.ts";
import { join, type Value } from "../values/value.ts";
import type { Machine } from "./machine.ts";

/** A value together with the content of the containers it refers to, two levels deep: the heap moves on. */
export interface Snapshot {
  readonly value: Value;
  readonly elements?: readonly Snapshot[];
  readonly entries?: ReadonlyMap<string | number, Snapshot>;
  readonly complete?: boolean;
}

interface RecordedArgument extends Omit<ArgumentFact, "value"> {
  readonly snapshot: Snapshot;
}

export interface RecordedCall extends Omit<CallFact, "args" | "receiver"> {
  readonly args: readonly RecordedArgument[];
  readonly receiver: Value | undefined;
}

const PAGE_BITS = 6;
const PAGE_NODES = 1 << PAGE_BITS;

/** Collects what the interpreter finds. A node that is reached several ways has the join of what was seen. */
export class Recorder {
  readonly calls = new Map<number, RecordedCall>();
  readonly assignments = new Map<number, Omit<AssignmentFact, "valueFact"> & { readonly snapshot: Snapshot }>();
  readonly definitions = new Map<number, DefinitionFact>();
  readonly imports: ImportFact[] = [];
  readonly flows = new Map<string, Flow>();
  /** Of all values that were recorded. */
  labels = 0;
  readonly spent: { budget: "steps" | "depth"; node: number }[] = [];
  /** In pages: of an imported module few functions are run. */
  readonly #values: ((Value | undefined)[] | undefined)[];

  readonly #answers = new Map<number, Value>();

  /** Of a file of so many nodes. */
  constructor(nodes: number) {
    this.#values = new Array((nodes >> PAGE_BITS) + 1).fill(undefined);
  }

  value(node: number, value: Value): void {
    this.labels |= value.labels;
    const number = node >> PAGE_BITS;
    const page = this.#values[number] ?? new Array<Value | undefined>(PAGE_NODES).fill(undefined);
    this.#values[number] = page;
    const before = page[node & (PAGE_NODES - 1)];
    page[node & (PAGE_NODES - 1)] = before === undefined ? value : seen(before, value);
  }

  valueOf(node: number): Value | undefined {
    return this.#values[node >> PAGE_BITS]?.[node & (PAGE_NODES - 1)];
  }

  /** What a call has answered this time, whatever it did where its function was run before. */
  answer(node: number, value: Value): void {
    this.#answers.set(node, value);
  }

  lastAnswer(node: number): Value | undefined {
    return this.#answers.get(node);
  }

  call(call: RecordedCall): void {
    const before = this.calls.get(call.node);
    const joined = before === undefined ? call : joinCalls(before, call);
    if (joined !== before) this.calls.set(call.node, joined);
  }

  assignment(assignment: Omit<AssignmentFact, "valueFact"> & { readonly snapshot: Snapshot }): void {
    const before = this.assignments.get(assignment.target);
    if (before === undefined) this.assignments.set(assignment.target, assignment);
    else {
      const paths = joinPaths(before.paths, assignment.paths);
      const snapshot = joinSnapshots(before.snapshot, assignment.snapshot);
      this.assignments.set(assignment.target, { ...assignment, paths, snapshot });
    }
  }

  flow(key: string, flow: Flow): void {
    const before = this.flows.get(key);
    if (before === undefined || flow.trace.steps.length < before.trace.steps.length) this.flows.set(key, flow);
  }

  /** What was reported of a node turned out to be no matter of the kind. */
  retract(node: number, kind: string): void {
    for (const [key, flow] of this.flows) if (flow.node === node && flow.kind === kind) this.flows.delete(key);
  }

  spend(budget: "steps" | "depth", node: number): void {
    if (this.spent.every((spent) => spent.budget !== budget)) this.spent.push({ budget, node });
  }
}

export function snapshot(machine: Machine, value: Value, depth = 2): Snapshot {
  machine.recorder.labels |= value.labels;
  if (value.refs.length !== 1 || depth === 0) return { value };
  const shape = machine.shape(value.refs[0]);
  if (shape === undefined || shape.kind === "object") return { value };
  const complete = shape.rest === undefined;
  if (shape.kind === "dict") {
    const entries = new Map([...shape.entries].map(([key, entry]) => [key, snapshot(machine, entry, depth - 1)]));
    return { value, entries, complete };
  }
  if (lengthOf(shape) === undefined) return { value };
  return { value, elements: [...shape.entries.values()].map((entry) => snapshot(machine, entry, depth - 1)) };
}

function isFlat({ elements, entries }: Snapshot): boolean {
  return elements === undefined && entries === undefined;
}

export function toFact(machine: Machine, { value, elements, entries, complete }: Snapshot): ValueFact {
  // What a text was written from is asked of it again by what reads it, and by no rule.
  const paths = value.paths.some(isWritten) ? value.paths.filter((path) => !isWritten(path)) : value.paths;
  const fact = {
    constants: value.constants ?? [],
    constancy: value.constancy,
    paths: paths.length === 0 ? builtOn(value) : paths,
    labels: machine.models.labels.list(value.labels),
    cleared: machine.models.kinds.list(value.labels === 0 ? value.proved : value.cleared),
    isText: value.text,
  };
  if (elements === undefined && entries === undefined) return fact;
  return {
    ...fact,
    ...(elements === undefined ? {} : { elements: elements.map((element) => toFact(machine, element)) }),
    ...(entries === undefined
      ? {}
      : { entries: new Map([...entries].map(([key, entry]) => [key, toFact(machine, entry)])), complete }),
  };
}

export function toCallFact(machine: Machine, call: RecordedCall): CallFact {
  const { node, callee, name, receiver, splat, doubleSplat } = call;
  const args = call.args.map((argument) => toArgumentFact(machine, argument));
  const fact = { node, callee, name, args, splat, doubleSplat };
  return receiver === undefined ? fact : { ...fact, receiver: toFact(machine, { value: receiver }) };
}

function toArgumentFact(machine: Machine, { node, position, keyword, snapshot }: RecordedArgument): ArgumentFact {
  const value = toFact(machine, snapshot);
  if (keyword !== undefined) return { keyword, node, value };
  return position === undefined ? { node, value } : { position, node, value };
}

/** The former where the latter says nothing new: most calls are looked at several times. */
function joinCalls(a: RecordedCall, b: RecordedCall): RecordedCall {
  const callee = joinPaths(a.callee, b.callee);
  const receiver =
    a.receiver === undefined || b.receiver === undefined ? (a.receiver ?? b.receiver) : join(a.receiver, b.receiver);
  const args = joinArguments(a.args, b.args);
  const splat = a.splat || b.splat;
  const doubleSplat = a.doubleSplat || b.doubleSplat;
  const isSame = callee === a.callee && receiver === a.receiver && args === a.args;
  if (isSame && splat === a.splat && doubleSplat === a.doubleSplat) return a;
  return { node: a.node, callee, name: a.name, receiver, args, splat, doubleSplat };
}

/** Of a node that is reached several ways: what is a constant on each, however many there are, is nobody's to choose. */
function seen(a: Value, b: Value): Value {
  const joined = join(a, b);
  const areConstants = a.constancy === "constant" && b.constancy === "constant";
  return areConstants && joined.constancy !== "constant" ? { ...joined, constancy: "constant" } : joined;
}

function joinPaths(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a === b || b.every((path) => a.includes(path))) return a;
  return [...new Set([...a, ...b])].slice(0, 4);
}

function joinArguments(a: readonly RecordedArgument[], b: readonly RecordedArgument[]): readonly RecordedArgument[] {
  let joined: RecordedArgument[] | undefined;
  for (let index = 0; index < a.length; index++) {
    const argument = a[index];
    const other = b[index];
    if (other === undefined || other.node !== argument.node) continue;
    const snapshot = joinSnapshots(argument.snapshot, other.snapshot);
    if (snapshot === argument.snapshot) continue;
    joined ??= [...a];
    joined[index] = { ...argument, snapshot };
  }
  return joined ?? a;
}

/** Contents survive a join only where both sides agree on the form. */
function joinSnapshots(a: Snapshot, b: Snapshot): Snapshot {
  const value = join(a.value, b.value);
  if (value === a.value && isFlat(a) && isFlat(b)) return a;
  if (a.elements !== undefined && b.elements !== undefined && a.elements.length === b.elements.length) {
    const { elements } = b;
    return { value, elements: a.elements.map((element, index) => joinSnapshots(element, elements[index])) };
  }
  if (a.entries !== undefined && b.entries !== undefined) {
    const entries = new Map(a.entries);
    for (const [key, entry] of b.entries) {
      const before = entries.get(key);
      entries.set(key, before === undefined ? entry : joinSnapshots(before, entry));
    }
    return { value, entries, complete: a.complete === true && b.complete === true };
  }
  return { value };
}
