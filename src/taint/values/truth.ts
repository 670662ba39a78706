import { NONE } from "../../python/walk.ts";
import type { ClassInfo } from "../calls/callables.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { callSpecial } from "../expressions/special-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { lengthOf, type Shape } from "./shape.ts";
import { constantTruth, refValue, type Value } from "./value.ts";

/** Whether a value is true; undefined when it depends. */
export function truth(machine: Machine, value: Value): boolean | undefined {
  const known = constantTruth(value);
  if (known !== undefined || value.refs.length === 0 || value.constants !== undefined) return known;
  let result: boolean | undefined;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    const isTrue = shape?.kind === "object" ? truthOfObject(machine, ref, shape) : truthOfContainer(value, shape);
    if (isTrue === undefined || (result !== undefined && result !== isTrue)) return undefined;
    result = isTrue;
  }
  return result;
}

function truthOfContainer({ paths }: Value, shape: Shape | undefined): boolean | undefined {
  // Without unknown elements the length is exact; a dict whose keys may be missing on one way is not.
  const isExact = paths.length === 0 && shape !== undefined && shape.rest === undefined && shape.kind !== "dict";
  const length = isExact ? lengthOf(shape) : undefined;
  return length === undefined ? undefined : length > 0;
}

/** What the class says by `__bool__`, else by `__len__`. */
function truthOfObject(machine: Machine, ref: number, { of }: Shape): boolean | undefined {
  const name = of === undefined ? undefined : ASKED.find((one) => classAttribute(machine, of as ClassInfo, one));
  const answer = name === undefined ? undefined : callSpecial(machine, NONE, refValue(ref, "dynamic"), name, []);
  return answer === undefined ? undefined : constantTruth(answer);
}

const ASKED = ["__bool__", "__len__"];
