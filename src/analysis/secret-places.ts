import { createHash } from "node:crypto";
import { Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { maskSecret } from "../rules/mask-secret.ts";
import { oncePer } from "../text/once-per.ts";
import { oncePerText } from "../text/once-per-text.ts";
import { overlapping, overlapsOf, type Stretch } from "../text/overlaps.ts";
import type { Span } from "../text/span.ts";

/** Where a text holds a secret: offsets in UTF-16 code units, `[start, end)`. */
export type SecretPlace = Stretch;

/** Literals shorter than this are no secrets. */
const SHORTEST = 4;
/** What is left of one that was cut short to be shown. */
const SHORTEST_CUT = SHORTEST + 1;
/** A shorter secret, or one of letters alone, may stand in other words by chance. */
const SHORTEST_ELSEWHERE = 8;

/** Each place, in order, of what rules found at `found`: the literals and comments there, and the same text elsewhere. */
export function secretPlaces(syntax: SyntaxArrays, found: readonly Span[]): readonly SecretPlace[] {
  if (found.length === 0) return [];
  const isFound = overlapsOf(found.map(({ start, end }) => ({ start: start.offset, end: end.offset })));
  const places: SecretPlace[] = [];
  for (let node = 0; node < syntax.count; node++) {
    const kind = syntax.kind[node];
    if (kind !== Kind.string_content && kind !== Kind.comment) continue;
    const place = { start: syntax.start[node], end: syntax.end[node] };
    if (place.end - place.start < SHORTEST) continue;
    if (isFound(place)) places.push(place);
  }
  return inOrder([...places, ...placesElsewhere(syntax.text, secretsIn(syntax.text, places))]);
}

/** User names and passwords in addresses. */
export function addressCredentials(text: string): readonly SecretPlace[] {
  return [...text.matchAll(/(?<=:\/\/)[^\s/@:"'$]*:[^\s/@"'$]+(?=@)/g)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** Words about a text, without its secrets; one that was cut short is left out too. */
export function withoutSecrets(said: string, text: string, places: readonly SecretPlace[]): string {
  if (places.length === 0) return said;
  const byHead = secretsByHead(places)(text);
  const heads = new Set(Array.from({ length: said.length }, (_, at) => said.slice(at, at + SHORTEST_CUT)));
  const secrets = [...heads].flatMap((head) => byHead.get(head) ?? []).toSorted((a, b) => a.place - b.place);
  return secrets.reduce((words, { secret }) => withoutCut(words, secret), said);
}

/** The secrets of a text by what even one that was cut short begins with. */
const secretsByHead = oncePer((places: readonly SecretPlace[]) =>
  oncePerText((text) =>
    Map.groupBy(
      secretsIn(text, places).map((secret, place) => ({ secret, place })),
      ({ secret }) => secret.slice(0, SHORTEST_CUT),
    ),
  ),
);

/**
 * What names a piece of text in a fingerprint: secrets stand there as 16 bits of their hash. That tells one from the next, and is
 * too little to confirm a guess with, wherever the fingerprint goes.
 */
export function identifyingText(text: string, start: number, end: number, places: readonly SecretPlace[]): string {
  let identifying = "";
  let at = start;
  for (const place of overlapping(places, { start, end })) {
    const from = Math.max(at, place.start);
    const to = Math.min(end, place.end);
    identifying += `${text.slice(at, from)}‹${createHash("sha256").update(text.slice(from, to)).digest("hex").slice(0, 4)}›`;
    at = to;
  }
  return identifying + text.slice(at, end);
}

function withoutCut(said: string, secret: string): string {
  const whole = said.replaceAll(secret, maskSecret(secret));
  for (let length = Math.min(secret.length, whole.length) - 1; length >= SHORTEST_CUT; length--) {
    const cut = `${secret.slice(0, length)}…`;
    if (whole.includes(cut)) return whole.replaceAll(cut, maskSecret(secret));
  }
  return whole;
}

/** On one line, as what is said shows code. */
function secretsIn(text: string, places: readonly SecretPlace[]): readonly string[] {
  const secrets = new Set(places.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " ").trim()));
  return [...secrets].filter((secret) => secret.length >= SHORTEST_ELSEWHERE && !/^\p{L}+$/u.test(secret));
}

/** All places of all secrets, in one pass over the text: each is looked for where its beginning stands. */
function placesElsewhere(text: string, secrets: readonly string[]): readonly SecretPlace[] {
  const byHead = Map.groupBy(secrets, (secret) => secret.slice(0, SHORTEST_ELSEWHERE));
  const after = new Map<string, number>();
  const places: SecretPlace[] = [];
  for (let start = 0; byHead.size > 0 && start < text.length; start++) {
    for (const secret of byHead.get(text.slice(start, start + SHORTEST_ELSEWHERE)) ?? []) {
      if ((after.get(secret) ?? 0) > start || !text.startsWith(secret, start)) continue;
      const end = start + secret.length;
      after.set(secret, end);
      places.push({ start, end });
    }
  }
  return places;
}

/** By their start; of places that overlap the first and longest. */
function inOrder(places: readonly SecretPlace[]): readonly SecretPlace[] {
  let reached = 0;
  return places
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      const isFree = start >= reached;
      reached = Math.max(reached, end);
      return isFree;
    });
}

/** Whether a secret stands on one of the lines of the span. */
export function isOnLines(text: string, { start, end }: Span, secrets: readonly SecretPlace[]): boolean {
  const first = text.lastIndexOf("\n", start.offset - 1) + 1;
  const after = text.indexOf("\n", end.offset);
  const last = after === -1 ? text.length : after;
  return overlapping(secrets, { start: first, end: last }).length > 0;
}
