import type { Notice } from "../analysis/finding.ts";

export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: Extract<Notice, { kind: "unreadable" }>["reason"] };

/** Files above it are not read; the analysis itself stops far below. Source: ten times the largest hand-written modules. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** Text is UTF-8; a byte order mark stays, so that offsets are those of the file. */
export function decodeSource(bytes: Uint8Array): Decoded {
  if (bytes.length > MOST_BYTES) return { kind: "unreadable", reason: "too-large" };
  // Where git looks for it, too.
  if (bytes.subarray(0, 8000).includes(0)) return { kind: "unreadable", reason: "binary" };
  try {
    return { kind: "text", text: utf8.decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { kind: "unreadable", reason: "not-utf8" };
    throw error;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
