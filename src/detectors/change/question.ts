import { withoutNot } from "./split-conditions.ts";

export interface Question {
  /** Without a `not`, and with `==` for `!=`. */
  readonly text: string;
  readonly isNegated: boolean;
}

/** A question without its `not`, and whether it had one. */
export function asPositive(text: string): Question {
  if (/^not\W/.test(text))
    return {
      text: withoutNot(text)
        .trim()
        .replace(/^\((.*)\)$/, "$1"),
      isNegated: true,
    };
  const plain = text
    .replace(/ ?!=/, "==")
    .replace(/ not in /, " in ")
    .replace(/ is not /, " is ")
    .replace(/ <(=?) ?/, " >$1 ")
    .replace(/ >=? ?/, ">");
  if (/ < ?| <=/.test(text)) return { text: plain, isNegated: true };
  if (/ > ?| >=/.test(text)) return { text: plain, isNegated: false };
  return { text: plain, isNegated: plain !== text };
}
