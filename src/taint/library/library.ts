import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { pathValue, UNKNOWN, type Value } from "../values/value.ts";
import { constantOfPath } from "./constant-paths.ts";

/** The paths of a member of a value, canonical, with those that its bases give it. */
export function memberPaths(machine: Machine, paths: readonly string[], member: string): readonly string[] {
  if (paths.length === 0) return NONE;
  if (paths.length === 1) return machine.models.members(paths[0], member);
  const found = new Set(paths.flatMap((path) => machine.models.members(path, member)));
  return [...found].slice(0, 4);
}

const NONE: readonly string[] = [];

/** What reading the paths yields: labelled where one of them is a source, cleared where one of them is a sanitizer. */
export function readPaths(
  machine: Machine,
  node: number,
  paths: readonly string[],
  text: string,
  from: readonly Value[],
): Value {
  const constant = constantOfPath(paths);
  if (constant !== undefined) return constant;
  let value = carry(paths.length === 0 ? UNKNOWN : pathValue(paths), from);
  for (const path of paths) {
    const source = machine.models.source(path);
    if (source !== undefined) {
      machine.sources++;
      const note = `\`${shorten(text)}\` is read from ${source.text}`;
      const origin = machine.source(node, note, path, source.bit);
      const read = {
        ...value,
        labels: source.bit,
        cleared: 0,
        origin,
        text: source.strings,
        prefix: source.begins,
        constancy: "dynamic",
      } as const;
      // What is read of a stream comes from wherever the stream does, but that of a path from whoever wrote the file.
      value = source.yields === "file" && !path.startsWith("pathlib.") ? carry(read, from) : read;
    }
    const mask = machine.models.sanitizes(path);
    if (mask !== 0 && value.labels !== 0) value = { ...value, cleared: value.cleared | mask };
  }
  return paths.some(machine.models.givesText) ? { ...value, text: true } : value;
}

/** Code quoted in a note, on one line. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
