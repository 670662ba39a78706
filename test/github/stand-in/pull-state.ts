import type { Account } from "./people.ts";
import type { Repository } from "./repository.ts";

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly headRepository: Repository;
  readonly headBranch: string;
  readonly author: Account;
  readonly createdAt: Date;
  baseBranch: string;
  baseSha: string;
  headSha: string;
  title: string;
  body: string | null;
  draft: boolean;
  state: "open" | "closed";
  updatedAt: Date;
  readonly labels: string[];
  readonly reviews: Review[];
  readonly comments: ReviewComment[];
}

export type ReviewState = "PENDING" | "COMMENTED" | "CHANGES_REQUESTED" | "APPROVED" | "DISMISSED";

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly commitId: string;
  readonly submittedAt: Date;
  body: string;
  state: ReviewState;
}

export type Side = "LEFT" | "RIGHT";

/** Where a comment was put when it was written, in the diff of `commitId`. Absent on a whole file. */
export interface Place {
  readonly line: number;
  readonly side: Side;
  readonly startLine?: number;
  readonly startSide?: Side;
  /** Lines below the first hunk header of the file. */
  readonly position: number;
}

/** Where a comment is now; absent places are outdated. */
export interface CurrentPlace {
  readonly line: number;
  readonly startLine?: number;
  readonly position: number;
}

export interface ReviewComment {
  readonly id: number;
  readonly reviewId: number;
  readonly author: Account;
  readonly path: string;
  readonly commitId: string;
  readonly place: Place | undefined;
  readonly diffHunk: string;
  /** The comment that began the thread, in a reply. */
  readonly inReplyTo: number | undefined;
  readonly createdAt: Date;
  current: CurrentPlace | undefined;
  body: string;
  updatedAt: Date;
  /** When its words were changed; `updatedAt` also tells when a drafted review was sent. */
  editedAt?: Date;
  editor?: Account;
  /** Of the thread; kept in the comment that began it. */
  resolvedBy: Account | undefined;
  minimized: string | undefined;
}
