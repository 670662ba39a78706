import { git } from "./git.ts";

/** Files above it are not read; the analysis itself stops far below. Source: ten times the largest hand-written modules. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** The contents of blobs by object name; those that are missing or larger than `MOST_BYTES` are left out. */
export async function readBlobs(root: string, blobs: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  if (blobs.length === 0) return contents;
  const wanted = [...new Set(blobs)];
  const sizes = (await git(root, ["cat-file", "--batch-check", "--buffer"], lines(wanted))).toString("latin1");
  const small = sizes.split("\n").flatMap((line) => {
    const [blob = "", type, size] = line.split(" ");
    return type === "blob" && Number(size) <= MOST_BYTES ? [blob] : [];
  });
  if (small.length === 0) return contents;
  const output = await git(root, ["cat-file", "--batch", "--buffer"], lines(small));
  for (let at = 0; at < output.length; ) {
    const headEnd = output.indexOf("\n", at);
    const [blob = "", , size = "0"] = output.toString("latin1", at, headEnd).split(" ");
    const end = headEnd + 1 + Number(size);
    contents.set(blob, output.subarray(headEnd + 1, end));
    at = end + 1;
  }
  return contents;
}

function lines(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join("");
}
