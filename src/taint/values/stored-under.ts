import { keyOfConstant } from "./container-key.ts";
import { anyEntry, entryOf, joinAll, lengthOf, type Shape } from "./shape.ts";
import { constantValue, type Value } from "./value.ts";

/** What a container has under a key, or a sequence at a place: undefined when it is known to have nothing there. */
export function storedUnder(shape: Shape, key: string | number): Value | undefined {
  const place = placeIn(shape, key);
  return place === undefined ? anyEntry(shape) : entryOf(shape, place);
}

/** The same of a key that is none that is known, or one of a few constants: under any of these. */
export function storedUnderAny(shape: Shape, { constants, labels, refs }: Value): Value | undefined {
  const keys =
    labels === 0 && refs.length === 0 ? constants?.map((one) => keyOfConstant(constantValue(one))) : undefined;
  if (keys === undefined || keys.length < 2) return anyEntry(shape);
  return joinAll(keys.flatMap((key) => (key === undefined ? anyEntry(shape) : storedUnder(shape, key)) ?? []));
}

/** A negative index counts from the end: undefined where it is not known where that is. */
function placeIn(shape: Shape, key: string | number): string | number | undefined {
  if (typeof key !== "number" || key >= 0 || shape.kind === "dict") return key;
  const length = lengthOf(shape);
  return length === undefined ? undefined : length + key;
}
