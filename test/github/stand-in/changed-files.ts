import type { Git } from "./git.ts";

export type FileStatus = "added" | "modified" | "removed" | "renamed" | "copied" | "changed";

/** One file of a diff between two commits, as `pulls/{n}/files` and `compare` list it. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  /** Of the head; of a removed file, of the base. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** The whole patch from its first `@@`: what comments are placed by, also where the listing leaves it out. */
  readonly patch?: string;
}

/** GitHub's documented limits for the diff of one file: beyond, the listing has no `patch`. */
export const largestPatchLines = 20_000;
export const largestPatchBytes = 500_000;

export function listedPatch(file: ChangedFile): string | undefined {
  if (file.patch === undefined || Buffer.byteLength(file.patch) > largestPatchBytes) return undefined;
  return countLines(file.patch) > largestPatchLines ? undefined : file.patch;
}

/** Two passes of git, whatever the number of files. */
export async function readChangedFiles(git: Git, base: string, head: string): Promise<readonly ChangedFile[]> {
  const diff = ["diff-tree", "-r", "-M", "--full-index", "--no-ext-diff", "--no-textconv"];
  const [listing, patches] = await Promise.all([
    git.run([...diff, "--raw", "--numstat", "-z", base, head]),
    git.run([...diff, "-p", "--no-color", base, head]),
  ]);
  const { entries, counts } = parseListing(listing.toString("utf8").split("\0"));
  const blocks = splitPatches(patches.toString("utf8"));
  let block = 0;
  return entries.map((entry) => {
    // A change of type (a file that becomes a link) is drawn as a removal and an addition.
    const own = entry.letter === "T" ? [blocks[block++], blocks[block++]] : [blocks[block++]];
    const patch = own
      .map(hunksOf)
      .filter((text) => text !== undefined)
      .join("\n");
    const { letter, ...file } = entry;
    const count = counts.get(file.path) ?? { additions: 0, deletions: 0 };
    return { ...file, ...count, status: statusOf(letter), ...(patch === "" ? {} : { patch }) };
  });
}

interface Entry {
  readonly letter: string;
  readonly path: string;
  readonly previousPath?: string;
  readonly blob: string;
}

interface Count {
  readonly additions: number;
  readonly deletions: number;
}

/** `--raw --numstat -z`: first all raw entries (they begin with a colon), then all counts. */
function parseListing(fields: readonly string[]): { entries: Entry[]; counts: Map<string, Count> } {
  const entries: Entry[] = [];
  const counts = new Map<string, Count>();
  let at = 0;
  const next = (): string => fields[at++] ?? "";
  while (at < fields.length) {
    const field = next();
    if (field.startsWith(":")) {
      const [, , oldBlob = "", newBlob = "", status = ""] = field.split(" ");
      const letter = status.slice(0, 1);
      const first = next();
      const moved = letter === "R" || letter === "C";
      const blob = letter === "D" ? oldBlob : newBlob;
      entries.push(moved ? { letter, path: next(), previousPath: first, blob } : { letter, path: first, blob });
    } else if (field !== "") {
      const [additions, deletions, path = ""] = field.split("\t");
      if (path === "") next();
      counts.set(path === "" ? next() : path, { additions: asCount(additions), deletions: asCount(deletions) });
    }
  }
  return { entries, counts };
}

/** Binary files have `-` for both counts. */
function asCount(text: string | undefined): number {
  const count = Number(text);
  return Number.isInteger(count) ? count : 0;
}

/** No line of a hunk can begin with `diff --git`: it begins with a space, a sign or a backslash. */
function splitPatches(text: string): string[] {
  return text.split(/(?<![^\n])(?=diff --git )/).filter((block) => block !== "");
}

function hunksOf(block: string | undefined): string | undefined {
  const start = block?.indexOf("\n@@ ") ?? -1;
  return block === undefined || start < 0 ? undefined : block.slice(start + 1).replace(/\n$/, "");
}

function statusOf(letter: string): FileStatus {
  switch (letter) {
    case "A":
      return "added";
    case "D":
      return "removed";
    case "R":
      return "renamed";
    case "C":
      return "copied";
    case "T":
      return "changed";
    default:
      return "modified";
  }
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
