import { textOf } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { parsedOptionMasks } from "../guards/option-types.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { withItems } from "../values/own-items.ts";
import { emptyShape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { memberPaths, readPaths } from "./library.ts";

/** `getopt.getopt(sys.argv[1:], "hl:")`: pairs of an option that the program has declared and what was given for it, and the rest. */
export function parsedOptions(machine: Machine, { args }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  if (given === undefined || deep(machine, given).labels === 0) return undefined;
  const word: Value = { ...(elementOf(machine, given) ?? carry(UNKNOWN, [deep(machine, given)])), text: true };
  const list = (rest: Value) => refValue(machine.allocate(sequenceShape("list", [], rest)), "dynamic");
  const tuple = (...parts: Value[]) => refValue(machine.allocate(sequenceShape("tuple", parts)), "dynamic");
  return tuple(list(tuple({ ...UNKNOWN, constancy: "constant", text: true }, word)), list(word));
}

/** `parser.parse_args()`: each option by its name, numbers and choices as harmless as they are. */
export function parsedNamespace(machine: Machine, { args, callee, node }: Call): Value | undefined {
  const masks = parsedOptionMasks(machine);
  if (masks.size === 0) return undefined;
  const paths = memberPaths(machine, callee.paths, "()");
  const read = readPaths(machine, node, paths, textOf(machine.syntax, node), []);
  const words = args.positional[0]?.value;
  // Words that the program puts together itself stand in the place of those of the command line.
  const own = words === undefined || words.refs.length === 0 ? undefined : deep(machine, words);
  const given: Value =
    own === undefined || own.labels === 0 ? read : { ...own, refs: [], paths: read.paths, text: true };
  let shape = withRest(emptyShape("object"), { ...given, paths: [] });
  let items = withRest(emptyShape("dict"), { ...given, paths: [] });
  for (const [name, mask] of masks) {
    shape = withEntry(shape, name, { ...withCleared(given, mask), paths: [] });
    items = withEntry(items, name, { ...withCleared(given, mask), paths: [] });
  }
  if (!callee.paths.some((path) => path.startsWith("argparse.")))
    shape = withItems(shape, refValue(machine.allocate(items), "dynamic"));
  return { ...refValue(machine.allocate(shape), "dynamic"), paths: given.paths };
}
