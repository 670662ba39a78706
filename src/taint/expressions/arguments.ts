import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { jointOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import type { Shape } from "../values/shape.ts";
import { join, UNKNOWN, type Value } from "../values/value.ts";
import { elementOf } from "./elements.ts";
import { evaluate } from "./evaluate.ts";

/** One argument as it is written. */
export interface Argument {
  /** The node of the value. */
  readonly node: number;
  readonly value: Value;
  readonly keyword: string | undefined;
}

/** The arguments of a call, evaluated in order. */
export interface Arguments {
  /** In order; values of a `*` with known elements are among them, with the splat's node. */
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
  /** What `*` and `**` pass whose place is not known. */
  readonly others: readonly Argument[];
  readonly hasSplat: boolean;
  readonly hasDoubleSplat: boolean;
}

export const NO_ARGUMENTS: Arguments = {
  positional: [],
  keywords: new Map(),
  others: [],
  hasSplat: false,
  hasDoubleSplat: false,
};

export function evaluateArguments(machine: Machine, call: number): Arguments {
  const { syntax } = machine;
  const list = childByField(syntax, call, Field.arguments);
  if (list === NONE) return NO_ARGUMENTS;
  if (syntax.kind[list] === Kind.generator_expression) {
    return { ...NO_ARGUMENTS, positional: [{ node: list, value: evaluate(machine, list), keyword: undefined }] };
  }
  const positional: Argument[] = [];
  const keywords = new Map<string, Argument>();
  const others: Argument[] = [];
  let hasSplat = false;
  let hasDoubleSplat = false;
  for (const child of namedChildren(syntax, list)) {
    if (syntax.kind[child] === Kind.keyword_argument) {
      const keyword = textOf(syntax, childByField(syntax, child, Field.name));
      const node = childByField(syntax, child, Field.value);
      keywords.set(keyword, { node, value: evaluate(machine, node), keyword });
    } else if (syntax.kind[child] === Kind.list_splat) {
      const value = evaluate(machine, firstNamedChild(syntax, child));
      const shape = hasSplat ? undefined : spreadShape(machine, value);
      for (const entry of shape?.entries.values() ?? [])
        positional.push({ node: child, value: entry, keyword: undefined });
      if (shape !== undefined && shape.rest === undefined) continue;
      hasSplat = true;
      const rest = shape?.rest ?? elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]);
      others.push({ node: child, value: rest, keyword: undefined });
    } else if (syntax.kind[child] === Kind.dictionary_splat) {
      const value = evaluate(machine, firstNamedChild(syntax, child));
      if (spread(machine, child, value, keywords)) continue;
      hasDoubleSplat = true;
      others.push({ node: child, value: carry(UNKNOWN, unnamedIn(machine, value)), keyword: undefined });
    } else {
      const argument = { node: child, value: evaluate(machine, child), keyword: undefined };
      if (hasSplat) others.push(argument);
      else positional.push(argument);
    }
  }
  return { positional, keywords, others, hasSplat, hasDoubleSplat };
}

/** What is spread, as far as its places are known; of a set whose elements are known, in whatever order they are. */
function spreadShape(machine: Machine, value: Value): Shape | undefined {
  const only = machine.onlyShape(value);
  if (only?.kind === "set" && only.rest === undefined) return only;
  // What a list is itself labelled with holds of whatever is not known of it.
  const order = jointOrder(machine, value);
  return order?.rest !== undefined && value.labels !== 0 ? undefined : order;
}

/**
 * `**options`: each entry that is known becomes a keyword, of any of the mappings that it may be. Whether that is all of them.
 */
function spread(machine: Machine, node: number, { refs, labels }: Value, keywords: Map<string, Argument>): boolean {
  const shapes = refs.map((ref) => machine.shape(ref));
  if (shapes.length === 0) return false;
  if (shapes.some((shape) => shape?.kind !== "dict")) return false;
  const given = new Set(keywords.keys());
  for (const [key, value] of shapes.flatMap((shape) => [...(shape?.entries ?? [])])) {
    if (typeof key !== "string" || given.has(key)) continue;
    const before = keywords.get(key);
    keywords.set(key, { node, value: before === undefined ? value : join(before.value, value), keyword: key });
  }
  return labels === 0 && shapes.every((shape) => shape?.rest === undefined);
}

/** What `**options` passes beside the keywords that are known. */
function unnamedIn(machine: Machine, value: Value): readonly Value[] {
  const shapes = value.refs.map((ref) => machine.shape(ref));
  const isKnown = value.labels === 0 && shapes.length > 0 && shapes.every((shape) => shape?.kind === "dict");
  if (!isKnown) return [deep(machine, value)];
  const unnamed = shapes.flatMap((shape) => [shape?.rest, shape?.keys]).filter((part) => part !== undefined);
  return unnamed.map((part) => deep(machine, part));
}

/** Every argument, in the order written as far as it is known. */
export function allArguments(args: Arguments): readonly Argument[] {
  return [...args.positional, ...args.keywords.values(), ...args.others];
}

/** The argument at a position or under one of several names; undefined when it is not passed. */
export function findArgument(
  args: Arguments,
  position: number | undefined,
  keywords: readonly string[],
): Argument | undefined {
  const byPosition = position === undefined ? undefined : args.positional[position];
  if (byPosition !== undefined) return byPosition;
  for (const keyword of keywords) {
    const found = args.keywords.get(keyword);
    if (found !== undefined) return found;
  }
  return undefined;
}
