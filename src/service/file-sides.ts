import type { FileChange } from "../analysis/file-change.ts";
import type { FileAnalysis, Notice } from "../analysis/finding.ts";
import { isMissedWhenGone } from "../analysis/source-kind.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";
import type { Revision } from "../review/review-plan.ts";
import type { ChangedFile, FileRequest, FileText } from "./ports.ts";

/** A changed file with the contents that were asked for. */
export interface ReadFile {
  readonly file: ChangedFile;
  readonly base?: FileText;
  readonly head?: FileText;
}

interface Sides {
  readonly base?: FileRequest;
  readonly head?: FileRequest;
}

/** 512 kB: a larger one is generated or data, and is not even fetched. */
const LARGEST_FILE_BYTES = 512 * 1024;

/** 2 MB: locks of large projects hold the digests of all files of all packages, and take a second to read. */
const LARGEST_LOCK_BYTES = 2 * 1024 * 1024;

/** The most bytes that are read of a file. */
export function largestBytes(path: string): number {
  return manifestFormat(path) === "lock" ? LARGEST_LOCK_BYTES : LARGEST_FILE_BYTES;
}

/** What has to be read of a file: what it was, of one that is missed when it is gone; nothing of one renamed without a changed line. */
export function requestsFor(file: ChangedFile, { baseSha, headSha }: Revision): Sides {
  if (file.status === "removed")
    return isMissedWhenGone(file.path) ? { base: { path: file.path, revision: baseSha } } : {};
  if (file.hunks?.length === 0) return {};
  const head = { path: file.path, revision: headSha };
  if (file.status === "added") return { head };
  return { base: { path: file.previousPath ?? file.path, revision: baseSha }, head };
}

/** The change as the analysis takes it; without a head when there is no text to analyse. */
export function changeOf({ file, base, head }: ReadFile): FileChange {
  const before = base?.kind === "text" ? { path: file.previousPath ?? file.path, text: base.text } : undefined;
  if (file.status === "removed" && before !== undefined) return { base: before, hunks: [] };
  if (head?.kind !== "text") return { hunks: [] };
  return {
    ...(before === undefined ? {} : { base: before }),
    head: { path: file.path, text: head.text },
    hunks: file.hunks ?? diffTexts(before?.text ?? "", head.text),
  };
}

/** What git writes in the place of a text. */
const SUBMODULE = /^Subproject commit [0-9a-f]{40,64}$/u;

/** Whether the head has a commit of another repository there: it has no text in this one. */
export function isSubmodule({ file, head }: ReadFile): boolean {
  const added = (file.hunks ?? []).flatMap(({ lines }) => lines).filter(({ kind }) => kind === "added");
  return head?.kind === "absent" && added.length > 0 && added.every(({ text }) => SUBMODULE.test(text));
}

/** What there is to say of a file that was not analysed. */
export function withoutAnalysis({ file, head }: ReadFile): FileAnalysis {
  return { path: file.path, findings: [], suppressed: [], notices: noticesOf(file.path, head), linesInScope: 0 };
}

function noticesOf(path: string, head: FileText | undefined): readonly Notice[] {
  if (head === undefined || head.kind === "text" || head.kind === "folder") return [];
  if (head.kind === "absent") return [{ kind: "unreadable", path, reason: "not-fetched" }];
  if (head.reason === "too-large" && head.bytes !== undefined) {
    return [{ kind: "limit", path, limit: "size", measured: head.bytes, bound: largestBytes(path) }];
  }
  return [{ kind: "unreadable", path, reason: head.reason }];
}
