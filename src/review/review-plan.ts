import type { Fingerprint } from "../analysis/finding.ts";

/** The two commits a pull request compares. The base is the merge base, not the tip of the base branch. */
export interface Revision {
  readonly baseSha: string;
  readonly headSha: string;
}

/** Everything the app is about to say on a pull request, decided before a word is sent. */
export interface ReviewPlan {
  readonly revision: Revision;
  /** Body of the review that carries the comments; absent when there is nothing new to say. */
  readonly reviewBody?: string;
  readonly comments: readonly PlannedComment[];
  /** Earlier comments of ours whose text changes: their finding is gone, or is said differently now. */
  readonly edits: readonly { readonly commentId: number; readonly body: string }[];
  /** Earlier comments of ours that still stand and are not said twice. */
  readonly keep: readonly Fingerprint[];
  readonly check: PlannedCheck;
}

export interface PlannedComment {
  /** The findings it speaks for: several where one rule is grouped. */
  readonly fingerprints: readonly Fingerprint[];
  readonly path: string;
  /** Absent in a comment on the whole file. All comments are on the head's side. */
  readonly startLine?: number;
  readonly line?: number;
  readonly body: string;
}

export interface PlannedCheck {
  readonly conclusion: "success" | "neutral" | "failure";
  /** At most 255 characters. */
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  /** Any number: the code host sends them in batches of 50. */
  readonly annotations: readonly PlannedAnnotation[];
}

export interface PlannedAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** A review comment of ours as GitHub has it now. */
export interface PostedComment {
  readonly id: number;
  readonly fingerprints: readonly Fingerprint[];
  readonly bodyHash: string;
  readonly replied: boolean;
}

export interface Policy {
  readonly failOn: "error" | "warning" | "note" | "never";
  /** Findings below it are in the check's summary only. */
  readonly inlineFrom: "error" | "warning" | "note";
  readonly maxComments: number;
  /** More findings of one rule than this in a review become one comment. */
  readonly groupFrom: number;
  readonly onIncomplete: "failure" | "neutral";
}
