import { isTypedByHand, shannonEntropy } from "./entropy.ts";
import { SECRET_FORMATS, type SecretFormat } from "./formats.ts";
import { hasPlaceholderPart } from "./placeholder.ts";

export interface KnownSecret {
  readonly what: string;
  /** Offsets in the text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

const FORMATS_BY_PREFIX: ReadonlyMap<string, SecretFormat> = new Map(
  SECRET_FORMATS.flatMap((format) => format.prefixes.map((prefix) => [prefix, format] as const)),
);

/** Longer prefixes first, so that `sk-ant-api03-` is not taken for `sk-`; all begin with a letter, and none may continue a word. */
const ANY_PREFIX = new RegExp(
  `\\b(?:${[...FORMATS_BY_PREFIX.keys()]
    .sort((a, b) => b.length - a.length)
    .map((prefix) => prefix.replace(/[.$/]/g, "\\$&"))
    .join("|")})`,
  "g",
);

/** The secrets in a text whose provider gives them a recognisable form, in order; examples and placeholders are left out. */
export function findKnownSecrets(text: string): readonly KnownSecret[] {
  const found: KnownSecret[] = [];
  for (const { 0: prefix, index } of text.matchAll(ANY_PREFIX)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const secret = secretAt(text, index, FORMATS_BY_PREFIX.get(prefix));
    if (secret) found.push(secret);
  }
  return found;
}

function secretAt(text: string, start: number, format: SecretFormat | undefined): KnownSecret | undefined {
  if (format === undefined) return undefined;
  format.shape.lastIndex = start;
  const match = format.shape.exec(text);
  if (match === null) return undefined;
  const random = match[1] ?? match[0];
  if (OF_MANUALS.has(random)) return undefined;
  if (!format.issued?.(random) && !looksIssued(random, format.entropy)) return undefined;
  return { what: format.what, start, end: start + match[0].length };
}

/** What a provider's own manual shows as an example: GitHub's of a token, since its formats have prefixes. */
const OF_MANUALS: ReadonlySet<string> = new Set(["16C7e42F292c6912E7710c838347Ae178B4a"]);

/** Random enough to have come from a generator; a made-up example is typed by hand or says that it is one. */
function looksIssued(random: string, entropy: number): boolean {
  return shannonEntropy(random) >= entropy && !isTypedByHand(random) && !hasPlaceholderPart(random);
}
