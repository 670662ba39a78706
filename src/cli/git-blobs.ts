import { git, gitNow } from "./git.ts";

/** Files above it are not read; the analysis itself stops far below. Source: ten times the largest hand-written modules. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** The contents of blobs by object name; those that are missing or larger than `MOST_BYTES` are left out. */
export async function readBlobs(root: string, blobs: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (blobs.length === 0) return new Map();
  const wanted = [...new Set(blobs)];
  const sizes = (await git(root, ["cat-file", "--batch-check", "--buffer"], lines(wanted))).toString("latin1");
  const small = sizes.split("\n").flatMap((line) => {
    const [blob = "", type, size] = line.split(" ");
    return type === "blob" && Number(size) <= MOST_BYTES ? [blob] : [];
  });
  if (small.length === 0) return new Map();
  return contentsIn(await git(root, ["cat-file", "--batch", "--buffer"], lines(small)));
}

/** The same for the few that are needed at once: waits; undefined where they are larger together. */
export function readBlobsNow(root: string, blobs: readonly string[]): ReadonlyMap<string, Uint8Array> | undefined {
  if (blobs.length === 0) return new Map();
  const output = gitNow(root, ["cat-file", "--batch", "--buffer"], lines([...new Set(blobs)]), MOST_BYTES);
  return output && contentsIn(output);
}

/** `<blob> blob <size>␊<contents>␊`, or `<blob> missing␊`. */
function contentsIn(output: Buffer): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < output.length; ) {
    const start = output.indexOf("\n", at) + 1;
    const [blob = "", , size] = output.toString("latin1", at, start - 1).split(" ");
    at = start;
    if (size === undefined) continue;
    contents.set(blob, output.subarray(start, start + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

function lines(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join("");
}
