import { carry } from "./carry.ts";
import {
  type Constant,
  constantsValue,
  constantValue,
  DYNAMIC,
  isCounted,
  MAX_CONSTANTS,
  type Value,
} from "./value.ts";

/** Characters of a constant that is followed; longer ones are known to be constant and no more. */
export const MAX_TEXT = 4_000;

/** Text put together from parts, in order. Parts that are `str` have been turned to text by the program. */
export function concatenate(parts: readonly Value[]): Value {
  if (parts.length === 0) return constantValue("");
  if (parts.every((part) => part.constants !== undefined)) {
    const texts = product(parts.map((part) => (part.constants ?? []).map(asText)));
    if (texts !== undefined) return carry(constantsValue(texts), parts);
  }
  const allConstant = parts.every((part) => part.constancy === "constant" || isCounted(part));
  const value: Value = {
    ...DYNAMIC,
    constancy: allConstant ? "constant" : "dynamic",
    prefix: commonPrefix(parts),
    text: true,
  };
  return carry(value, parts);
}

/** How a constant reads when Python formats it. */
export function asText(constant: Constant): string {
  if (constant === null) return "None";
  if (constant === true) return "True";
  if (constant === false) return "False";
  return String(constant);
}

function product(choices: readonly (readonly string[])[]): string[] | undefined {
  let texts = [""];
  for (const choice of choices) {
    if (texts.length * choice.length > MAX_CONSTANTS) return undefined;
    texts = texts.flatMap((text) => choice.map((piece) => text + piece));
    if (texts[0].length > MAX_TEXT) return undefined;
  }
  return texts;
}

/** The constant beginning of the whole. */
function commonPrefix(parts: readonly Value[]): string | undefined {
  let prefix = "";
  for (const part of parts) {
    if (part.constants?.length === 1) {
      prefix += asText(part.constants[0]);
      continue;
    }
    prefix += part.prefix ?? "";
    break;
  }
  return prefix === "" ? undefined : prefix.slice(0, 200);
}
