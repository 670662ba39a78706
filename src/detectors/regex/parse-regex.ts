import { ANY, type CharSet, characterSet, complement, DIGIT, rangeOf, SPACE, setOf, union, WORD } from "./char-set.ts";

/** A regular expression of Python as far as its ways of matching matter. */
export type RegexNode =
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly options: readonly RegexNode[] }
  | {
      readonly kind: "repeat";
      readonly item: RegexNode;
      readonly min: number;
      readonly max: number;
      /** Possessive: what it has taken it does not give back. */
      readonly isPossessive: boolean;
      readonly start: number;
      readonly end: number;
    }
  /** Takes nothing: an anchor, a look around. */
  | { readonly kind: "assertion" }
  /** An atomic group, which is not tried again; a reference back; what is not understood. */
  | { readonly kind: "opaque" };

const MAX_LENGTH = 4000;
const MAX_NESTING = 50;
const ESCAPES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};
const CONTROL: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", a: "\x07", "0": "\0" };

/** Undefined for what is no regular expression, or is written over several lines with comments. */
export function parseRegex(pattern: string): RegexNode | undefined {
  if (pattern.length > MAX_LENGTH || /\(\?[a-z]*x/.test(pattern)) return undefined;
  let at = 0;
  let nesting = 0;
  let isBroken = false;
  const whole = choice();
  return at === pattern.length && !isBroken ? whole : undefined;

  function choice(): RegexNode {
    const options = [sequence()];
    while (pattern[at] === "|") {
      at++;
      options.push(sequence());
    }
    return options.length === 1 ? options[0] : { kind: "choice", options };
  }

  function sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const start = at;
      items.push(repeated(atom(), start));
    }
    return items.length === 1 ? items[0] : { kind: "sequence", items };
  }

  function repeated(item: RegexNode, start: number): RegexNode {
    const found = /^(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)/.exec(pattern.slice(at, at + 24));
    if (found === null || found[0].startsWith("{}") || found[0] === "{,}") return item;
    const [text, sign, low = "", comma = "", high = "", mode] = found;
    at += text.length;
    const min = sign === undefined ? Number(low || "0") : sign === "+" ? 1 : 0;
    const bound = comma === "" ? min : high === "" ? Number.POSITIVE_INFINITY : Number(high);
    const max = sign === undefined ? bound : sign === "?" ? 1 : Number.POSITIVE_INFINITY;
    return repeated({ kind: "repeat", item, min, max, isPossessive: mode === "+", start, end: at }, start);
  }

  function atom(): RegexNode {
    const character = pattern[at++];
    switch (character) {
      case "(":
        return group();
      case "[":
        return { kind: "set", set: bracket() };
      case ".":
        return { kind: "set", set: ANY };
      case "^":
      case "$":
        return { kind: "assertion" };
      case "\\":
        return escaped();
      default:
        return { kind: "set", set: characterSet(character) };
    }
  }

  function group(): RegexNode {
    if (++nesting > MAX_NESTING) isBroken = true;
    if (isBroken) return { kind: "opaque" };
    const opening = /^\?(?:P<\w+>|P=\w+|[aiLmsu-]*:|[aiLmsu-]+(?=\))|#[^)]*|<?[=!]|>|\([^)]*\))/.exec(
      pattern.slice(at),
    );
    at += opening?.[0].length ?? 0;
    const kind = opening?.[0] ?? "";
    const inner = choice();
    if (pattern[at] !== ")") isBroken = true;
    at++;
    nesting--;
    if (/^\?<?[=!]/.test(kind) || /^\?#/.test(kind) || /^\?[aiLmsu-]+$/.test(kind)) return { kind: "assertion" };
    return /^\?(?:>|P=|\()/.test(kind) ? { kind: "opaque" } : inner;
  }

  function escaped(): RegexNode {
    const character = pattern[at++] ?? "\\";
    if (/[AbBZz]/.test(character)) return { kind: "assertion" };
    if (/[1-9]/.test(character)) return { kind: "opaque" };
    return { kind: "set", set: escapedSet(character) };
  }

  function escapedSet(character: string): CharSet {
    const known = ESCAPES[character];
    if (known !== undefined) return known;
    const code = { x: 2, u: 4, U: 8 }[character];
    if (code !== undefined) {
      const value = Number.parseInt(pattern.slice(at, at + code), 16);
      at += code;
      return characterSet(String.fromCodePoint(Number.isNaN(value) ? 0 : Math.min(value, 0x10ffff)));
    }
    return characterSet(CONTROL[character] ?? character);
  }

  function bracket(): CharSet {
    const isNegated = pattern[at] === "^";
    if (isNegated) at++;
    const sets: CharSet[] = [];
    for (let first = true; at < pattern.length && (first || pattern[at] !== "]"); first = false) {
      const from = pattern[at++];
      if (from === "\\") sets.push(escapedSet(pattern[at++] ?? "\\"));
      else if (pattern[at] === "-" && pattern[at + 1] !== undefined && pattern[at + 1] !== "]") {
        at++;
        const to = pattern[at] === "\\" ? pattern[++at] : pattern[at];
        at++;
        sets.push(rangeOf(from, to ?? from));
      } else sets.push(characterSet(from));
    }
    at++;
    const set = sets.length === 0 ? setOf(() => false) : union(sets);
    return isNegated ? complement(set) : set;
  }
}
