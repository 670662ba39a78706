/** How a regular expression holds on to the ends of the text. */
export interface RegexEnds {
  /** Every alternative begins at the text's start. */
  readonly start: boolean;
  /** Every alternative ends at the text's end, or looks at what follows. */
  readonly end: boolean;
  /** It ends in a repeated class of characters, as a description of a whole value does: `[a-z]+`, `\d{4}`. */
  readonly describes: boolean;
  /** It is nothing but one repeated class: `\d+` asks whether there is a digit. */
  readonly isSingle: boolean;
}

const REPETITION = /(?:[+*]|\{\d*,?\d*\})[?+]?$/;

export function regexEnds(pattern: string): RegexEnds {
  const body = pattern.replace(/^\(\?[aiLmsux]+\)/, "");
  const alternatives = splitAlternatives(body);
  return {
    start: alternatives.every((one) => /^\(*(?:\?:)?(?:\^|\\A)/.test(one)),
    end: alternatives.every(isClosed),
    describes: alternatives.some(endsInClass),
    isSingle: /^(?:\\[dw]|\[[^\]]*\])(?:[+*]|\{\d*,?\d*\})?$/.test(body),
  };
}

/** The alternatives outside of groups and classes. */
function splitAlternatives(pattern: string): string[] {
  const found: string[] = [];
  let from = 0;
  let depth = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at++;
    else if (isInClass) isInClass = character !== "]" || at === from;
    else if (character === "[") isInClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) {
      found.push(pattern.slice(from, at));
      from = at + 1;
    }
  }
  found.push(pattern.slice(from));
  return found;
}

function isClosed(alternative: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*(?:\$|\\[Zz])\)*$/.test(alternative)) return true;
  const group = lastGroup(alternative);
  return group !== undefined && /\$|\\Z|\\b|\(\?[=!]|^\?[=!]/.test(group);
}

/** What stands in the group that ends the alternative. */
function lastGroup(alternative: string): string | undefined {
  const text = alternative.replace(/(?:[+*?]|\{\d*,?\d*\})[?+]?$/, "");
  if (!text.endsWith(")") || text.endsWith("\\)")) return undefined;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at - 1] === "\\") continue;
    if (text[at] === ")") depth++;
    else if (text[at] === "(" && --depth === 0) return text.slice(at + 1, -1);
  }
  return undefined;
}

function endsInClass(alternative: string): boolean {
  const group = lastGroup(alternative);
  if (group !== undefined) {
    const inner = splitAlternatives(group.replace(/^\?(?::|P?<\w+>)/, ""));
    return inner.some(endsInClass);
  }
  if (!REPETITION.test(alternative)) return false;
  const repeated = alternative.replace(REPETITION, "");
  return /\\[dwDSW]$/.test(repeated) || /(?:^|[^\\])\]$/.test(repeated);
}
