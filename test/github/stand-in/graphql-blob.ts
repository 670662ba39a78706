import { isUtf8 } from "node:buffer";
import type { GitObject } from "./git.ts";

/** Measured on github.com, not documented. */
export const longestBlobTextBytes = 512_000;
/** How far git looks for a NUL before it calls a file text. */
const binaryProbeBytes = 8000;

export interface GitNode {
  readonly __typename: "Blob" | "Tree" | "Commit";
  readonly id: string;
  readonly oid: string;
  readonly abbreviatedOid: string;
}

export function blobNode(object: GitObject): GitNode {
  const { oid, bytes } = object;
  const common = { oid, abbreviatedOid: oid.slice(0, 7) };
  if (object.type === "tree") return { __typename: "Tree", id: `T_${oid}`, ...common };
  if (object.type !== "blob") return { __typename: "Commit", id: `C_${oid}`, ...common };
  const isBinary = bytes.subarray(0, binaryProbeBytes).includes(0);
  const isTruncated = !isBinary && bytes.length > longestBlobTextBytes;
  const blob = { isBinary, isTruncated, byteSize: bytes.length, text: isBinary ? null : textOf(bytes) };
  return { __typename: "Blob", id: `B_${oid}`, ...common, ...blob };
}

/** Null for what is not UTF-8; a cut never leaves half a character. */
function textOf(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  let end = Math.min(bytes.length, longestBlobTextBytes);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
