import { Field, Kind } from "../../python/kinds.ts";
import { childByField, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { EVERYTHING, type Value, withCleared } from "../values/value.ts";

const ENDING = "path.Ending()";

/** API paths of what stands behind the last dot of a name. */
const ENDINGS: ReadonlySet<string> = new Set([
  ENDING,
  "os.path.splitext()[1]",
  "pathlib.Path().suffix",
  "pathlib.PurePath().suffix",
]);

export function isEnding({ paths }: Value): boolean {
  return paths.some((path) => ENDINGS.has(path));
}

/** `name.rsplit(".", 1)[1]`, `name.split(".")[-1]`: an ending, and harmless where it is known to be one that the program lists. */
export function asEnding(machine: Machine, node: number, index: string | number | undefined, item: Value): Value {
  const { syntax } = machine;
  const parts = childByField(syntax, node, Field.value);
  if (item.labels === 0 || typeof index !== "number" || syntax.kind[parts] !== Kind.call) return item;
  const method = childByField(syntax, parts, Field.function);
  if (syntax.kind[method] !== Kind.attribute || !isLastPart(machine, parts, method, index)) return item;
  const name = machine.recorder.valueOf(childByField(syntax, method, Field.object));
  if (name?.paths.includes("path.KnownEnding()") === true) return withCleared(item, EVERYTHING);
  return { ...item, paths: [ENDING, ...item.paths].slice(0, 4) };
}

function isLastPart(machine: Machine, parts: number, method: number, index: number): boolean {
  const { syntax, recorder } = machine;
  const [separator, most] = namedChildren(syntax, childByField(syntax, parts, Field.arguments));
  if (separator === undefined || recorder.valueOf(separator)?.constants?.[0] !== ".") return false;
  const name = textOf(syntax, childByField(syntax, method, Field.attribute));
  if (name === "rpartition") return index === 2 || index === -1;
  if (name === "split") return index === -1 && most === undefined;
  const isOnce = most !== undefined && recorder.valueOf(most)?.constants?.[0] === 1;
  return name === "rsplit" && (index === -1 || (index === 1 && isOnce));
}
