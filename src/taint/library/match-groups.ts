import { textOf } from "../../python/walk.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { patternMask } from "../guards/guard-text.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep, through } from "../values/carry.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { newTuple } from "../values/new-sequence.ts";
import { emptyShape, sequenceShape, withEntry } from "../values/shape.ts";
import { DYNAMIC, refValue, type Value, withCleared } from "../values/value.ts";
import { shorten } from "./library.ts";
import { matchedKinds, patternOf } from "./matched-text.ts";

const MATCHERS = ["re.", "re.Pattern()."].flatMap((of) =>
  ["match", "search", "fullmatch"].map((name) => `${of}${name}`),
);

/** What a match was divided into, by API path. */
export const MATCH_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value | undefined])[] = [
  ...MATCHERS.flatMap((path) =>
    ["group", "groups", "groupdict"].map((name) => [`${path}().${name}`, readGroups] as const),
  ),
  ...["re.finditer", "re.Pattern().finditer"].map((path) => [path, matchesOf] as const),
];

/** `re.finditer(pattern, text)`: matches like those of `search`, of which it is known what their groups let through. */
function matchesOf(machine: Machine, call: Call): Value | undefined {
  const [path, ...others] = call.callee.paths;
  const pattern = patternOf(call, path);
  const text = findArgument(call.args, path.startsWith("re.Pattern()") ? 0 : 1, ["string"])?.value;
  if (pattern === undefined || text === undefined || others.length > 0) return undefined;
  const found = { ...DYNAMIC, paths: [path.replace("finditer", "search()")], prefix: pattern };
  const match = withCleared(carry(found, [deep(machine, text)]), matchedKinds(machine, call, path));
  return refValue(machine.allocate(sequenceShape("list", [], match)), "dynamic");
}

/** A match remembers its pattern as `prefix`, for its groups. */
export function withPattern(value: Value, call: Call, path: string): Value {
  if (!MATCHERS.includes(path) || call.callee.paths.length !== 1) return value;
  const pattern = patternOf(call, path);
  return pattern === undefined ? value : { ...value, prefix: pattern };
}

/** `match["name"]`: the kinds for which what the group lets through is harmless. */
export function groupKinds(machine: Machine, match: Value, group: string | number | undefined): number {
  if (group === undefined || match.prefix === undefined || !isMatch(match)) return 0;
  const part = groupsOf(match.prefix).get(group);
  return part === undefined ? 0 : patternMask(machine, part, "fullmatch");
}

/** `match.group("name")`, `match.group(1, 2)`, `match.groups()`, `match.groupdict()`. */
function readGroups(machine: Machine, { name, args, receiver, node }: Call): Value | undefined {
  if (receiver?.prefix === undefined || receiver.labels === 0) return undefined;
  const part = (group: string | number | undefined, fallback?: Value): Value => {
    const read = carry({ ...DYNAMIC, text: true }, [receiver, ...(fallback === undefined ? [] : [fallback])]);
    const text = textOf(machine.syntax, node);
    return through(
      machine,
      node,
      "propagator",
      () => `\`${shorten(text)}\` passes it on`,
      withCleared(read, groupKinds(machine, receiver, group)),
    );
  };
  const known = groupsOf(receiver.prefix);
  const fallback = args.positional[0]?.value;
  if (name === "groups") {
    const numbers = [...known.keys()].filter((key) => typeof key === "number");
    return newTuple(
      machine,
      numbers.map((key) => part(key, fallback)),
    );
  }
  if (name === "groupdict") {
    let shape = emptyShape("dict");
    for (const key of known.keys()) if (typeof key === "string") shape = withEntry(shape, key, part(key, fallback));
    return refValue(machine.allocate(shape), "dynamic");
  }
  if (args.hasSplat || args.positional.length === 0) return undefined;
  const parts = args.positional.map(({ value }) => part(keyOfConstant(value)));
  return parts.length === 1 ? parts[0] : newTuple(machine, parts);
}

function isMatch({ paths }: Value): boolean {
  return paths.length > 0 && paths.every((path) => MATCHERS.some((matcher) => path === `${matcher}()`));
}

/** The groups of a pattern, by number and by name. */
function groupsOf(pattern: string): ReadonlyMap<string | number, string> {
  const groups = new Map<string | number, string>();
  const open: { readonly at: number; readonly keys: readonly (string | number)[] }[] = [];
  let count = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]" || pattern[at - 1] === "[" || pattern.slice(at - 2, at) === "[^";
    else if (character === "[") inClass = true;
    else if (character === "(") {
      const [head, named] = /^\((?:\?P<(\w+)>|\?)?/.exec(pattern.slice(at)) ?? ["("];
      const isCapturing = head === "(" || named !== undefined;
      const keys = isCapturing ? [++count, ...(named === undefined ? [] : [named])] : [];
      open.push({ at: at + head.length, keys });
    } else if (character === ")") {
      const group = open.pop();
      for (const key of group?.keys ?? []) groups.set(key, pattern.slice(group?.at ?? 0, at));
    }
  }
  return groups;
}
