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

/** `read` gives the objects that a folder names. */
export function gitNode(object: GitObject, read: (oid: string) => Promise<GitObject | undefined>): GitNode {
  const { oid, bytes } = object;
  const common = { oid, abbreviatedOid: oid.slice(0, 7) };
  if (object.type === "tree") {
    const entries = entriesOf(bytes).map(({ name, oid: of }) => ({
      name,
      object: async () => {
        const found = await read(of);
        return found === undefined ? null : gitNode(found, read);
      },
    }));
    return { __typename: "Tree", id: `T_${oid}`, ...common, ...{ entries } };
  }
  if (object.type !== "blob") return { __typename: "Commit", id: `C_${oid}`, ...common };
  const isBinary = bytes.subarray(0, binaryProbeBytes).includes(0);
  const isTruncated = !isBinary && bytes.length > longestBlobTextBytes;
  const blob = { isBinary, isTruncated, byteSize: bytes.length, text: isBinary ? null : textOf(bytes) };
  return { __typename: "Blob", id: `B_${oid}`, ...common, ...blob };
}

/** Git's own form of a tree: mode, name, NUL and the twenty bytes of an object's name, again and again. */
function entriesOf(bytes: Buffer): readonly { readonly name: string; readonly oid: string }[] {
  const entries: { name: string; oid: string }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(" ", at);
    const end = bytes.indexOf(0, space);
    const name = bytes.toString("utf8", space + 1, end);
    entries.push({ name, oid: bytes.toString("hex", end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}

/** Null for what is not UTF-8; a cut never leaves half a character. */
function textOf(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  let end = Math.min(bytes.length, longestBlobTextBytes);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
