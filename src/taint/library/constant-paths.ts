import { type Constant, constantValue, type Value } from "../values/value.ts";

/** What the language that is analysed, Python 3, says of itself. */
const CONSTANTS: ReadonlyMap<string, Constant> = new Map<string, Constant>([
  ["sys.version_info[0]", 3],
  ["sys.version_info.major", 3],
  ["six.PY2", false],
  ["six.PY3", true],
  ["__debug__", true],
]);

/** The constant that an API path stands for; undefined for any other. */
export function constantOfPath(paths: readonly string[]): Value | undefined {
  const constant = paths.length === 0 ? undefined : CONSTANTS.get(paths[0]);
  return constant === undefined ? undefined : constantValue(constant);
}

const VERSION = "sys.version_info";

/** `sys.version_info >= (3, 0)`, where the first number of the tuple decides: undefined where the second one does. */
export function comparedVersion(
  operator: string,
  paths: readonly string[],
  first: Constant | undefined,
  more: number,
): boolean | undefined {
  if (paths.length !== 1 || paths[0] !== VERSION || typeof first !== "number") return undefined;
  const isBelow = first < 3 || (first === 3 && more === 0);
  if (!isBelow && first === 3) return undefined;
  switch (operator) {
    case ">=":
    case ">":
      return isBelow;
    case "<":
    case "<=":
      return !isBelow;
    case "==":
      return first === 3 ? undefined : false;
    default:
      return undefined;
  }
}
