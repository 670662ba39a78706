import { type Constant, constantsValue, MAX_CONSTANTS, type Value } from "../values/value.ts";

/** An operator on numbers that are known. */
export function foldNumbers(operator: string, left: Value, right: Value): Value | undefined {
  const { constants: a } = left;
  const { constants: b } = right;
  if (a === undefined || b === undefined || a.length * b.length > MAX_CONSTANTS) return undefined;
  const results: number[] = [];
  for (const x of a) {
    for (const y of b) {
      if (typeof x === "string" || typeof y === "string" || x === null || y === null) return undefined;
      const result = foldNumber(operator, Number(x), Number(y));
      if (result === undefined || !Number.isFinite(result)) return undefined;
      results.push(result);
    }
  }
  return results.length === 0 ? undefined : constantsValue(results);
}

function foldNumber(operator: string, x: number, y: number): number | undefined {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return y === 0 ? undefined : x / y;
    case "//":
      return y === 0 ? undefined : Math.floor(x / y);
    case "%":
      return y === 0 ? undefined : x - y * Math.floor(x / y);
    case "**":
      return x ** y;
    case "|":
      return isSmall(x, y) ? x | y : undefined;
    case "&":
      return isSmall(x, y) ? x & y : undefined;
    case "^":
      return isSmall(x, y) ? x ^ y : undefined;
    case "<<":
      return x * 2 ** y;
    case ">>":
      return Math.floor(x / 2 ** y);
    default:
      return undefined;
  }
}

function isSmall(x: number, y: number): boolean {
  return Number.isInteger(x) && Number.isInteger(y) && Math.abs(x) < 2 ** 31 && Math.abs(y) < 2 ** 31;
}

export function unaryNumber(operator: string, constant: Constant): number | undefined {
  if (typeof constant === "string" || constant === null) return undefined;
  const number = Number(constant);
  if (operator === "-") return -number;
  return operator === "+" ? number : ~number;
}
