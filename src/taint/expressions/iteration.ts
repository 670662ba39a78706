import { Field } from "../../python/kinds.ts";
import { childByField, NONE } from "../../python/walk.ts";
import { runCallable } from "../calls/call-back.ts";
import { FOUND_VALUE, isFound } from "../calls/found.ts";
import { patternMask } from "../guards/guard-text.ts";
import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { newList, newTuple } from "../values/new-sequence.ts";
import { lengthOf, sequenceShape } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import {
  constantValue,
  DYNAMIC,
  NONE_VALUE,
  PLACE,
  refValue,
  UNKNOWN,
  type Value,
  withCleared,
} from "../values/value.ts";
import type { Argument } from "./arguments.ts";
import { elementOf } from "./elements.ts";
import type { Call } from "./evaluate-call.ts";

/** Sequences of known length, no longer than this, keep their elements apart by place. */
const MAX_PLACES = 16;

/** `enumerate`, the places of constants. */
export function enumerate(machine: Machine, { args }: Call): Value {
  const first = args.positional[1]?.value ?? args.keywords.get("start")?.value ?? constantValue(0);
  const start = first.constants?.length === 1 ? first.constants[0] : undefined;
  const known = args.positional[0] === undefined ? undefined : inPlaces(machine, args.positional[0].value);
  if (known !== undefined && typeof start === "number")
    return newList(
      machine,
      known.map((value, place) => newTuple(machine, [constantValue(start + place), value])),
    );
  const element = elements(machine, args.positional[0]?.value);
  const pair = refValue(machine.allocate(sequenceShape("tuple", [PLACE, element])), "dynamic");
  return refValue(machine.allocate(sequenceShape("list", [], pair)), "dynamic");
}

export function zip(machine: Machine, { args, name }: Call): Value {
  const refs = args.positional.flatMap(({ value }) => value.refs);
  // Several times the same iterator is read in turn.
  const isShared = new Set(refs).size < refs.length;
  const known = args.positional.map(({ value }) => (isShared ? undefined : inPlaces(machine, value)));
  const sequences = known.filter((values) => values !== undefined);
  if (name !== "product" && known.length > 0 && sequences.length === known.length && !args.hasSplat) {
    const lengths = sequences.map((values) => values.length);
    const length = name === "zip" ? Math.min(...lengths) : Math.max(...lengths);
    const filling = args.keywords.get("fillvalue")?.value ?? NONE_VALUE;
    const tuples = Array.from({ length }, (_, place) =>
      newTuple(
        machine,
        sequences.map((values) => values[place] ?? filling),
      ),
    );
    return newList(machine, tuples);
  }
  const parts = args.positional.map(({ value }) => elements(machine, value));
  const tuple = refValue(machine.allocate(sequenceShape("tuple", parts)), "dynamic");
  return refValue(machine.allocate(sequenceShape("list", [], tuple)), "dynamic");
}

/** `itertools.pairwise(items)`: each element with the one behind it. */
export function pairwise(machine: Machine, { args }: Call): Value {
  const [given] = args.positional;
  const known = given === undefined ? undefined : inPlaces(machine, given.value);
  if (known !== undefined)
    return newList(
      machine,
      known.slice(1).map((value, place) => newTuple(machine, [known[place], value])),
    );
  const element = elements(machine, given?.value);
  const pair = newTuple(machine, [element, element]);
  return refValue(machine.allocate(sequenceShape("list", [], pair)), "dynamic");
}

/** `itertools.batched(items, 2)`: tuples of two elements that stand side by side, the last one of what is left. */
export function batched(machine: Machine, { args }: Call): Value {
  const [given, size] = args.positional;
  const known = given === undefined ? undefined : inPlaces(machine, given.value);
  const count = size?.value.constants?.length === 1 ? size.value.constants[0] : undefined;
  if (known === undefined || typeof count !== "number" || count < 1)
    return newList(machine, [], newTuple(machine, [], elements(machine, given?.value)));
  const starts = known.map((_, place) => place).filter((place) => place % count === 0);
  return newList(
    machine,
    starts.map((start) => newTuple(machine, known.slice(start, start + count))),
  );
}

/** The elements by place, where all of them are known and there are no more than `most`. */
export function inPlaces(machine: Machine, value: Value | undefined, most = MAX_PLACES): readonly Value[] | undefined {
  const shape = value?.labels === 0 ? inOrder(machine.onlyShape(value)) : undefined;
  const length = shape === undefined ? undefined : lengthOf(shape);
  return shape !== undefined && length !== undefined && length <= most ? [...shape.entries.values()] : undefined;
}

/** More elements than these are handed to a function as one. */
const MAX_CALLS = 4;

export function map(machine: Machine, { args, node }: Call): Value {
  const [callback, ...sources] = args.positional;
  const places = sources.map(({ value }) => inPlaces(machine, value) ?? []);
  const count = Math.min(...places.map(({ length }) => length));
  if (count > 0 && count <= MAX_CALLS && !args.hasSplat) {
    const results = Array.from({ length: count }, (_, place) => {
      const passed = sources.map((source, index): Argument => ({ ...source, value: places[index][place] }));
      return runCallable(machine, node, callback?.value, passed);
    });
    if (results.every((result) => result !== undefined)) return newList(machine, results);
  }
  const passed = sources.map((source): Argument => ({ ...source, value: elements(machine, source.value) }));
  const result =
    runCallable(machine, node, callback?.value, passed) ??
    carry(
      DYNAMIC,
      passed.map(({ value }) => value),
    );
  return refValue(machine.allocate(sequenceShape("list", [], result)), "dynamic");
}

export function starmap(machine: Machine, { args, node }: Call): Value {
  const [callback, source] = args.positional;
  const rows = source === undefined ? [] : (inPlaces(machine, source.value) ?? []);
  if (rows.length > 0 && rows.length <= MAX_CALLS) {
    const results = rows.map((row) => {
      const parts = inPlaces(machine, row);
      const passed = parts?.map((value): Argument => ({ node: source?.node ?? node, value, keyword: undefined }));
      return passed === undefined ? undefined : runCallable(machine, node, callback?.value, passed);
    });
    if (results.every((result) => result !== undefined)) return newList(machine, results);
  }
  const element = elements(machine, source?.value);
  const parts = machine.onlyShape(element);
  const values = parts?.rest === undefined ? [...(parts?.entries.values() ?? [])] : [];
  const passed = values.map((value): Argument => ({ node: source?.node ?? node, value, keyword: undefined }));
  const result = values.length === 0 ? undefined : runCallable(machine, node, callback?.value, passed);
  const shape = sequenceShape("list", [], result ?? carry(DYNAMIC, [deep(machine, element)]));
  return refValue(machine.allocate(shape), "dynamic");
}

export function filter(machine: Machine, { args, node }: Call): Value {
  const [callback, source] = args.positional;
  const known = source === undefined ? [] : (inPlaces(machine, source.value) ?? []);
  if (source !== undefined && known.length > 0 && known.length <= MAX_CALLS) {
    const answers = known.map((value) => runCallable(machine, node, callback?.value, [{ ...source, value }]));
    const truths = answers.map((answer) => (answer === undefined ? undefined : truth(machine, answer)));
    if (!truths.includes(undefined))
      return newList(
        machine,
        known.filter((_, place) => truths[place] === true),
      );
  }
  const element = elements(machine, source?.value);
  if (source !== undefined) runCallable(machine, node, callback?.value, [{ ...source, value: element }]);
  const kept = withCleared(element, callback === undefined ? 0 : keptKinds(machine, node, callback));
  return refValue(machine.allocate(sequenceShape("list", [], kept)), "dynamic");
}

/** `filter(str.isalnum, text)`: what is left passed the test. */
function keptKinds(machine: Machine, node: number, { node: at, value: { paths, callables } }: Argument): number {
  if (paths.some((path) => /^str\.is(?:alnum|alpha|digit|decimal|numeric|identifier)$/.test(path)))
    return machine.models.kindMask(["injection"]);
  const matcher = paths.length === 1 ? /^re\.Pattern\(\)\.(fullmatch|match|search)$/.exec(paths[0])?.[1] : undefined;
  if (matcher !== undefined) {
    // `filter(PATTERN.fullmatch, names)`: the pattern remembers its text.
    const object = childByField(machine.syntax, at, Field.object);
    const pattern = object === NONE ? undefined : machine.recorder.valueOf(object)?.prefix;
    return pattern === undefined ? 0 : patternMask(machine, pattern, matcher);
  }
  const proof = machine.unit.proofs.get(node);
  const parameter = proof?.callee.info.parameters[0]?.name ?? "";
  return callables.length === 1 ? (proof?.result.clearedIfTrue.get(parameter)?.mask ?? 0) : 0;
}

export function reduce(machine: Machine, { args, node }: Call): Value {
  const [callback, source, initial] = args.positional;
  const at = source?.node ?? node;
  const combine = (...pair: Value[]) =>
    runCallable(
      machine,
      node,
      callback?.value,
      pair.map((value): Argument => ({ node: at, value, keyword: undefined })),
    );
  const known = inPlaces(machine, source?.value, MAX_CALLS) ?? [];
  const [first, ...others] = initial === undefined ? known : [initial.value, ...known];
  if (first !== undefined && known.length > 0 && !args.hasSplat) {
    let whole: Value | undefined = first;
    for (const element of others) whole = whole && combine(whole, element);
    if (whole !== undefined) return whole;
  }
  const element = elements(machine, source?.value);
  const start = initial?.value ?? element;
  return combine(start, element) ?? carry(DYNAMIC, [start, element]);
}

/** What a function sees that is called for each element. */
export function elements(machine: Machine, value: Value | undefined): Value {
  if (value === undefined) return UNKNOWN;
  return (
    elementOf(machine, value) ??
    carry({ ...(isFound(value) ? FOUND_VALUE : DYNAMIC), text: value.text }, [deep(machine, value)])
  );
}
