import { runCallable } from "../calls/call-back.ts";
import { POOLS } from "../calls/pools.ts";
import { type Argument, findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { elements, inPlaces, map, starmap } from "../expressions/iteration.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { newList, newTuple } from "../values/new-sequence.ts";
import { joinAll } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import { UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { inSortedOrder } from "./order.ts";
import { chainedValues } from "./to-sequence.ts";

/** Longer sequences have no places here. */
const MAX_PLACES = 8;

function placesOf(machine: Machine, value: Value | undefined): readonly Value[] | undefined {
  return inPlaces(machine, value, MAX_PLACES);
}

/** `itertools.chain.from_iterable(lists)`. */
function chainedFrom(machine: Machine, { args }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  const inner = placesOf(machine, given);
  if (inner !== undefined) return chainedValues(machine, "list", inner);
  const element = elements(machine, given);
  return newList(machine, [], elements(machine, element));
}

/** What a function answers of each element: undefined where that depends. */
function answers(machine: Machine, node: number, test: Argument, items: Argument, values: readonly Value[]) {
  return values.map((value) => {
    const answer = runCallable(machine, node, test.value, [{ ...items, value }]);
    return answer === undefined ? undefined : truth(machine, answer);
  });
}

/** `itertools.dropwhile(test, items)`, `takewhile`, `filterfalse`: elements by place, where the answers of the test are known. */
function byTest(machine: Machine, { args, name, node }: Call): Value | undefined {
  const [test, items] = args.positional;
  const values = placesOf(machine, items?.value);
  if (test === undefined || items === undefined || values === undefined) return undefined;
  const known = answers(machine, node, test, items, values);
  if (name === "filterfalse" && known.includes(undefined)) {
    // What is left over did not pass the test: where that proves something, it is proved of it.
    const proof = machine.unit.proofs.get(node);
    const parameter = proof?.callee.info.parameters[0]?.name ?? "";
    const mask = proof?.result.clearedIfFalse.get(parameter)?.mask ?? 0;
    const left = values.filter((_, place) => known[place] !== true);
    return newList(machine, [], joinAll(left.map((value) => withCleared(value, mask))));
  }
  if (known.includes(undefined)) return undefined;
  if (name === "filterfalse")
    return newList(
      machine,
      values.filter((_, place) => known[place] === false),
    );
  const end = known.indexOf(false);
  const at = end === -1 ? values.length : end;
  return newList(machine, name === "takewhile" ? values.slice(0, at) : values.slice(at));
}

/** `itertools.compress(items, selectors)`. */
function compressed(machine: Machine, { args }: Call): Value | undefined {
  const [items, selectors] = args.positional.map(({ value }) => placesOf(machine, value));
  const known = selectors?.map((value) => truth(machine, value));
  if (items === undefined || known === undefined || known.includes(undefined)) return undefined;
  return newList(
    machine,
    items.filter((_, place) => known[place] === true),
  );
}

/** More groups than these are one for all. */
const MAX_GROUPS = 16;

/** `itertools.combinations(items, 2)`, `permutations(items)`, in the order in which Python makes them. */
function groupsOf(machine: Machine, { args, name }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  const values = placesOf(machine, given);
  const size =
    findArgument(args, 1, ["r"])?.value.constants?.[0] ?? (name === "permutations" ? values?.length : undefined);
  const groups = values === undefined || typeof size !== "number" ? undefined : chosen(values.length, size, name);
  if (values === undefined || groups === undefined)
    return newList(machine, [], newTuple(machine, [], elements(machine, given)));
  return newList(
    machine,
    groups.map((group) =>
      newTuple(
        machine,
        group.map((place) => values[place]),
      ),
    ),
  );
}

/** The places of each group; undefined where there are too many. */
function chosen(length: number, size: number, name: string): readonly (readonly number[])[] | undefined {
  let groups: (readonly number[])[] = [[]];
  for (let position = 0; position < size; position++) {
    groups = groups.flatMap((group) => followers(length, group, name).map((place) => [...group, place]));
    if (groups.length > MAX_GROUPS) return undefined;
  }
  return groups;
}

function followers(length: number, group: readonly number[], name: string): readonly number[] {
  const all = Array.from({ length }, (_, place) => place);
  if (name === "permutations") return all.filter((place) => !group.includes(place));
  return all.slice((group.at(-1) ?? -1) + (name === "combinations" ? 1 : 0));
}

/** `heapq.nlargest(2, items)`, `nsmallest`. */
function extremes(machine: Machine, { args, name, node }: Call): Value | undefined {
  const [count, items] = args.positional;
  if (items === undefined) return undefined;
  const values = placesOf(machine, items.value);
  const order = values && inSortedOrder(machine, node, values, findArgument(args, 2, ["key"]));
  const many = count.value.constants?.[0];
  if (order === undefined || typeof many !== "number") return newList(machine, [], elements(machine, items.value));
  return newList(machine, (name === "nlargest" ? order.toReversed() : order).slice(0, many));
}

/** Functions that give some of the elements of a list, by the place of the list among their arguments. */
const SELECTED_FROM: ReadonlyMap<string, number> = new Map([
  ["difflib.get_close_matches", 1],
  ["random.sample", 0],
  ["random.choices", 0],
]);

function someOf(machine: Machine, { args, callee }: Call): Value | undefined {
  const given = args.positional[SELECTED_FROM.get(callee.paths[0]) ?? 0];
  return given === undefined ? undefined : newList(machine, [], elements(machine, given.value));
}

/** `heapq.merge(a, b)`: the elements of all. */
function merged(machine: Machine, { args }: Call): Value {
  const all = args.positional.map(({ value }) => elements(machine, value));
  return newList(
    machine,
    [],
    carry(
      all[0] ?? UNKNOWN,
      all.slice(1).map((one) => deep(machine, one)),
    ),
  );
}

/** What selects, joins or groups the elements of sequences, by API path. */
export const SELECTION_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value | undefined])[] =
  [
    ["itertools.chain.from_iterable", chainedFrom],
    ...["dropwhile", "takewhile", "filterfalse"].map((name) => [`itertools.${name}`, byTest] as const),
    ["itertools.compress", compressed],
    ...["combinations", "combinations_with_replacement", "permutations"].map(
      (name) => [`itertools.${name}`, groupsOf] as const,
    ),
    ...["nlargest", "nsmallest"].map((name) => [`heapq.${name}`, extremes] as const),
    ["heapq.merge", merged],
    ...[...SELECTED_FROM.keys()].map((path) => [path, someOf] as const),
    ...POOLS.flatMap((pool) => ["map", "imap", "imap_unordered"].map((name) => [`${pool}().${name}`, map] as const)),
    ...POOLS.map((pool) => [`${pool}().starmap`, starmap] as const),
  ];
