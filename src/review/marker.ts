import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Fingerprint } from "../analysis/finding.ts";
import type { Answer, CommentState, Marker, Sign } from "./review-plan.ts";

/**
 * A marker is an HTML comment on a comment's first line that names the findings it speaks for. It is signed, for anybody
 * with write access can edit a comment, and it is read on the first line alone, for code that is quoted below may hold a copy.
 */
export function writeMarker(marker: Marker, sign: Sign): string {
  const payload = encode(marker);
  return `${PREFIX}${payload} ${sign(payload)}${SUFFIX}`;
}

/** Undefined for a body that carries no marker, or one that was not signed by us for this pull request. */
export function readMarker(body: string, sign: Sign): Marker | undefined {
  const first = firstLine(body);
  if (!first.startsWith(PREFIX) || !first.endsWith(SUFFIX)) return undefined;
  const [payload, signature, ...rest] = first.slice(PREFIX.length, -SUFFIX.length).split(" ");
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  return sameText(signature, sign(payload)) ? decode(payload) : undefined;
}

/** Any text as a signed first line; `kind` keeps one use of it from being taken for another. */
export function writeSigned(kind: string, text: string, sign: Sign): string {
  const payload = Buffer.from(text).toString("base64");
  return `<!-- safepath:${kind} ${payload} ${sign(`${kind} ${payload}`)}${SUFFIX}`;
}

export function readSigned(kind: string, body: string, sign: Sign): string | undefined {
  const [open, name, payload = "", signature = "", close, ...rest] = firstLine(body).split(" ");
  if (open !== "<!--" || name !== `safepath:${kind}` || close !== "-->" || rest.length > 0) return undefined;
  return sameText(signature, sign(`${kind} ${payload}`)) ? Buffer.from(payload, "base64").toString() : undefined;
}

/** The body without its marker: what a reader sees. */
export function withoutMarker(body: string): string {
  return body.startsWith(PREFIX) ? body.slice(firstLine(body).length).trimStart() : body;
}

/** `subject` binds the markers to one pull request: a marker that was copied from another one is worth nothing. */
export function signMarkers(key: string | Uint8Array, subject: string): Sign {
  return (payload) => createHmac("sha256", key).update(`${subject}\n${payload}`).digest("hex").slice(0, 40);
}

/** 64 bits of SHA-256 in hex: tells texts apart, guards nothing. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const PREFIX = "<!-- safepath:1 ";
const SUFFIX = " -->";

function firstLine(body: string): string {
  return body.split(/\r?\n/u, 1)[0] ?? "";
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Base64, so that no fingerprint can end the HTML comment. */
function encode(marker: Marker): string {
  const { state, bodyHash, handled, answer = null, fingerprints } = marker;
  return Buffer.from(JSON.stringify([state, bodyHash, handled, answer, ...fingerprints])).toString("base64");
}

/** Signed by us, so its shape is known. */
function decode(payload: string): Marker {
  const [state, bodyHash, handled, answer, ...fingerprints] = JSON.parse(Buffer.from(payload, "base64").toString()) as [
    CommentState,
    string,
    number,
    Answer | null,
    ...Fingerprint[],
  ];
  return { state, bodyHash, handled, fingerprints, ...(answer === null ? {} : { answer }) };
}
