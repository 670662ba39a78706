import type { Hunk } from "../diff/hunk.ts";
import { parsePatch } from "../diff/parse-patch.ts";
import { git } from "./git.ts";
import type { GitRange } from "./git-range.ts";

/** A file that one side has and the other has not, or not so. */
export interface GitChange {
  readonly path: string;
  readonly basePath: string;
  /** Absent for a file that is new. */
  readonly baseBlob?: string;
  /** Absent for a file that is gone. */
  readonly headBlob?: string;
  /** None of a file that is gone: no line of the head tells of it. */
  readonly hunks: readonly Hunk[];
}

/**
 * The changed regular files of a range, renames followed. The list (`--raw -z`, safe for any name) and the patches come
 * from one run, in the same order. Attributes of the repository cannot make a file binary (`--text`).
 */
export async function gitChanges({ root, base, head }: GitRange): Promise<readonly GitChange[]> {
  const sides = head === undefined ? ["--cached", base] : [base, head];
  const output = await git(root, ["diff", ...plainDiff, "--raw", "-z", ...sides, "--"]);
  const records = readRecords(output.toString("utf8"));
  if (records.length === 0) return [];
  const patch = (await git(root, ["diff", ...plainDiff, "--patch", ...sides, "--"])).toString("utf8");
  const sections = patch.split(/^(?=diff --git )/m).filter((section) => section.startsWith("diff --git "));
  let at = 0;
  return records.flatMap((record) => {
    at += patchesOf(record.status);
    const { path, basePath } = record;
    const wasFile = isRegular(record.baseMode);
    const isFile = isRegular(record.headMode);
    if (!wasFile && !isFile) return [];
    return [
      {
        path,
        basePath,
        ...(isFile && { headBlob: record.headBlob }),
        ...(wasFile && { baseBlob: record.baseBlob }),
        hunks: isFile ? parsePatch(sections[at - 1] ?? "") : [],
      },
    ];
  });
}

/** Nothing of the user's or the repository's settings changes how a difference is written. */
export const plainDiff = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-relative",
  "--no-abbrev",
  "--full-index",
  "--text",
  "--find-renames",
  "--diff-algorithm=default",
  "--unified=3",
  "--inter-hunk-context=0",
  "--submodule=short",
  "--ignore-submodules=all",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "-O/dev/null",
];

/** A file that turns into a link, or back, is removed and added again; an unmerged one has no patch. */
function patchesOf(status: string): number {
  if (status === "U") return 0;
  return status === "T" ? 2 : 1;
}

interface RawRecord {
  readonly baseMode: string;
  readonly headMode: string;
  readonly baseBlob: string;
  readonly headBlob: string;
  readonly status: string;
  readonly basePath: string;
  readonly path: string;
}

/** `:100644 100644 <blob> <blob> M␀path␀`; a rename has two paths. */
function readRecords(output: string): readonly RawRecord[] {
  const fields = output.split("\0");
  const records: RawRecord[] = [];
  for (let at = 0; at < fields.length; ) {
    const head = fields[at]?.match(/^:(\d+) (\d+) (\w+) (\w+) ([A-Z])\d*$/);
    if (!head) break;
    const [, baseMode = "", headMode = "", baseBlob = "", headBlob = "", status = ""] = head;
    const basePath = fields[at + 1] ?? "";
    const renamed = status === "R" || status === "C";
    const path = renamed ? (fields[at + 2] ?? "") : basePath;
    records.push({ baseMode, headMode, baseBlob, headBlob, status, basePath, path });
    at += renamed ? 3 : 2;
  }
  return records;
}

function isRegular(mode: string): boolean {
  return mode.startsWith("100");
}
