import type { FileText } from "../service/ports.ts";

/** The text of a file, a byte order mark included; what is not UTF-8 is not guessed at. */
export function decodeText(bytes: Uint8Array): FileText {
  if (bytes.subarray(0, SNIFFED).includes(0)) return { kind: "unreadable", reason: "binary", bytes: bytes.length };
  try {
    return { kind: "text", text: decoder.decode(bytes) };
  } catch {
    return { kind: "unreadable", reason: "not-utf8", bytes: bytes.length };
  }
}

/** Git takes a file with a NUL in its first 8,000 bytes for binary. */
const SNIFFED = 8_000;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
