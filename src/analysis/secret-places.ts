import { createHash } from "node:crypto";
import { Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { maskSecret } from "../rules/mask-secret.ts";
import type { Span } from "../text/span.ts";

/** Where a text holds a secret: offsets in UTF-16 code units, `[start, end)`. */
export interface SecretPlace {
  readonly start: number;
  readonly end: number;
}

/** Literals shorter than this are no secrets. */
const SHORTEST = 4;
/** A shorter secret, or one of letters alone, may stand in other words by chance. */
const SHORTEST_ELSEWHERE = 8;

/** Each place, in order, of what rules found at `found`: the literals and comments there, and the same text elsewhere. */
export function secretPlaces(syntax: SyntaxArrays, found: readonly Span[]): readonly SecretPlace[] {
  if (found.length === 0) return [];
  const places: SecretPlace[] = [];
  for (let node = 0; node < syntax.count; node++) {
    const kind = syntax.kind[node];
    if (kind !== Kind.string_content && kind !== Kind.comment) continue;
    const place = { start: syntax.start[node], end: syntax.end[node] };
    if (place.end - place.start < SHORTEST) continue;
    if (found.some(({ start, end }) => start.offset < place.end && place.start < end.offset)) places.push(place);
  }
  return inOrder([...places, ...secretsIn(syntax.text, places).flatMap((secret) => placesOf(secret, syntax.text))]);
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
  return secretsIn(text, places).reduce((words, secret) => withoutCut(words, secret), said);
}

/**
 * What names a piece of text in a fingerprint: secrets stand there as 16 bits of their hash. That tells one from the next, and is
 * too little to confirm a guess with, wherever the fingerprint goes.
 */
export function identifyingText(text: string, start: number, end: number, places: readonly SecretPlace[]): string {
  let identifying = "";
  let at = start;
  for (const place of places) {
    if (place.end <= at || place.start >= end) continue;
    const from = Math.max(at, place.start);
    const to = Math.min(end, place.end);
    identifying += `${text.slice(at, from)}‹${createHash("sha256").update(text.slice(from, to)).digest("hex").slice(0, 4)}›`;
    at = to;
  }
  return identifying + text.slice(at, end);
}

function withoutCut(said: string, secret: string): string {
  const whole = said.replaceAll(secret, maskSecret(secret));
  for (let length = secret.length - 1; length > SHORTEST; length--) {
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

function placesOf(secret: string, text: string): SecretPlace[] {
  const places: SecretPlace[] = [];
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length))
    places.push({ start: at, end: at + secret.length });
  return places;
}

/** By their start; of places that overlap the first and longest. */
function inOrder(places: readonly SecretPlace[]): readonly SecretPlace[] {
  const ordered = places.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return ordered.filter(({ start }, at) => ordered.slice(0, at).every((before) => before.end <= start));
}

/** Whether a secret stands on one of the lines of the span. */
export function isOnLines(text: string, { start, end }: Span, secrets: readonly SecretPlace[]): boolean {
  const first = text.lastIndexOf("\n", start.offset - 1) + 1;
  const after = text.indexOf("\n", end.offset);
  const last = after === -1 ? text.length : after;
  return secrets.some((secret) => secret.start < last && secret.end > first);
}
