import type { Machine } from "../machine/machine.ts";
import { sequenceShape } from "../values/shape.ts";
import { constantValue, refValue, type Value } from "../values/value.ts";

/** `"one\ntwo".splitlines()`: what ends a line begins no other. */
export function linesOf(machine: Machine, text: string): Value {
  const lines = text.replace(/\r?\n$|\r$/, "").split(/\r\n|\n|\r/);
  const values = text === "" ? [] : lines.map(constantValue);
  return refValue(machine.allocate(sequenceShape("list", values)), "constant");
}

/** `"prod-eu".split("-")`; undefined for a method that divides in another way, or a bound that is not known. */
export function splitConstant(
  machine: Machine,
  name: string,
  text: string,
  separator: string,
  most: Value | undefined,
): Value | undefined {
  const parts = text.split(separator);
  const list = (kind: "list" | "tuple", words: readonly string[]) =>
    refValue(machine.allocate(sequenceShape(kind, words.map(constantValue))), "constant");
  if (name === "partition")
    return list("tuple", parts.length < 2 ? [text, "", ""] : [parts[0], separator, parts.slice(1).join(separator)]);
  if (name === "rpartition") {
    const last = parts.at(-1) ?? "";
    return list("tuple", parts.length < 2 ? ["", "", text] : [parts.slice(0, -1).join(separator), separator, last]);
  }
  if (name !== "split" && name !== "rsplit") return undefined;
  if (most === undefined) return list("list", parts);
  const limit = most.constants?.length === 1 ? most.constants[0] : undefined;
  if (typeof limit !== "number") return undefined;
  if (limit < 0 || parts.length <= limit + 1) return list("list", parts);
  const rest = name === "split" ? parts.slice(limit) : parts.slice(0, parts.length - limit);
  const words = name === "split" ? parts.slice(0, limit) : parts.slice(parts.length - limit);
  return list("list", name === "split" ? [...words, rest.join(separator)] : [rest.join(separator), ...words]);
}
