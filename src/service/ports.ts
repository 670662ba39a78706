import type { OwnFile } from "../config/own-files.ts";
import type { Hunk } from "../diff/hunk.ts";
import type { PackageAdvisories, PackageVersion } from "../manifests/advisory.ts";
import type {
  CompletedCheck,
  Conversation,
  ConversationResponse,
  PlannedComment,
  PlannedResponse,
  PostedComment,
  SettledThread,
} from "../review/review-plan.ts";
import type { Undecoded } from "../text/decode-source.ts";

/** The ports: what the service needs of the world, in the service's words. */

/** Time: retries and waits go through it, so that tests need not wait. */
export interface Clock {
  now(): Date;
  /** Rejects when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Calls again and again, until what it gives is called. */
export type Every = (milliseconds: number, run: () => void) => () => void;

/** Messages are constant, what varies is in the fields. Never code, a secret's value or a token. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RepositoryRef {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly repo: string;
}

export interface PullRequestRef extends RepositoryRef {
  readonly number: number;
}

/** The pull request as the code host has it now: the payload of a webhook may be older. */
export interface PullRequest {
  readonly ref: PullRequestRef;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly author: { readonly login: string; readonly isBot: boolean };
  readonly labels: readonly string[];
  /** Topics of the repository that the pull request asks to change. */
  readonly topics: readonly string[];
  readonly headSha: string;
  readonly baseSha: string;
  /** The branch that it comes from, of this repository unless `isFork`. */
  readonly headBranch: string;
  readonly isFork: boolean;
  readonly changedFiles: number;
  /** Where comments link to: `https://github.com/owner/repo`. */
  readonly htmlUrl: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly status: "added" | "modified" | "renamed" | "copied" | "changed" | "unchanged" | "removed";
  /** The path in the base, of a renamed or copied file. */
  readonly previousPath?: string;
  /** The blob at the head (of a removed file, at the base). */
  readonly sha: string;
  /** Absent when the code host left the patch out: the file is large, binary, or only renamed. */
  readonly hunks?: readonly Hunk[];
}

export interface Change {
  readonly mergeBase: string;
  readonly files: readonly ChangedFile[];
  readonly truncated: boolean;
  /** The oldest 1,000 of a pull request, oldest first; absent where two commits are compared. */
  readonly commits?: readonly CommitRef[];
}

export interface CommitRef {
  readonly sha: string;
  /** More than one: a merge. */
  readonly parents: readonly string[];
  /** Logins of its author and its committer, as far as the code host knows them. */
  readonly people: readonly string[];
}

export type FileText =
  | { readonly kind: "text"; readonly text: string }
  /** Where a folder was asked for: the files in it, not those of its folders. */
  | { readonly kind: "folder"; readonly files: readonly { readonly name: string; readonly bytes: number }[] }
  | { readonly kind: "absent" }
  | {
      readonly kind: "unreadable";
      readonly reason: Undecoded | "not-fetched" | "too-large";
      readonly bytes?: number;
    };

export interface FileRequest {
  readonly path: string;
  readonly revision: string;
  /** What is asked for are the names of a folder's files. */
  readonly isFolder?: boolean;
}

export interface CodeHost {
  pullRequest(ref: PullRequestRef): Promise<PullRequest>;
  /** The open pull request whose head a commit is, also of a fork. */
  pullRequestAt(ref: RepositoryRef, headSha: string): Promise<number | undefined>;
  /** All changed files in pages of 100, and the merge base; `truncated` beyond the host's limit of 3,000. */
  /** `unrelated`: the branches have no commit in common, so nothing can be compared. */
  change(pr: PullRequest): Promise<Change | "unrelated">;
  /** What one commit has that another has not; `truncated` beyond the host's limit of 300 files. */
  changeBetween(ref: RepositoryRef, baseSha: string, headSha: string): Promise<Change>;
  /** Contents of many files in few requests, in the order asked. */
  read(ref: RepositoryRef, files: readonly FileRequest[]): Promise<readonly FileText[]>;
  /** Our own review comments with a valid marker. */
  postedComments(ref: PullRequestRef): Promise<readonly PostedComment[]>;
  /** The check of this head: an own run of the same review is taken over, never doubled. */
  findCheck(pr: PullRequest, externalId: string): Promise<CheckRef>;
  /** Shows the check in progress, unless the same review has concluded already: then its conclusion stays until there is another. */
  openCheck(check: CheckRef): Promise<CheckRef>;
  /** One request where that is enough; annotations in batches of 50, the conclusion in the last call. */
  completeCheck(check: CheckRef, planned: CompletedCheck): Promise<void>;
  /**
   * One review with its comments. What the host refuses (422) is tried comment by comment; the comments that it
   * still refuses come back, so that the summary can carry them. Never posts twice: before a second try it looks.
   */
  postReview(
    pr: PullRequest,
    body: string,
    comments: readonly PlannedComment[],
  ): Promise<{ readonly refused: readonly PlannedComment[] }>;
  /** Whether a person may push to the repository. */
  mayWrite(ref: RepositoryRef, login: string): Promise<boolean>;
  /** Whether a person is in one of these teams of the organization; undefined where the App may not see who is. */
  isInTeam(ref: RepositoryRef, teams: readonly string[], login: string): Promise<boolean | undefined>;
  /** The reaction, which may be repeated, and then the reply, which the caller has seen is not there yet. */
  respond(ref: PullRequestRef, response: PlannedResponse): Promise<void>;
  /** What people ask of us in the conversation, and what our answers there record. */
  conversation(ref: PullRequestRef): Promise<Conversation>;
  /** The reaction, which may be repeated, and then the answer, once. */
  answer(ref: PullRequestRef, response: ConversationResponse): Promise<void>;
  editComment(ref: PullRequestRef, commentId: number, body: string): Promise<void>;
  /** Whether the installation lets us change contents: then fixes can be committed and threads resolved. */
  mayChange(ref: RepositoryRef): Promise<boolean>;
  /** Threads that people settled, or that are as they should be, are left alone; nothing where the App may not. */
  settleThreads(ref: PullRequestRef, threads: readonly SettledThread[]): Promise<void>;
  /** One commit on top of the head that the pull request has; `moved` where it has another one by now. */
  commit(pr: PullRequest, message: string, files: readonly CommittedFile[]): Promise<"saved" | "moved" | "refused">;
  /** Says something in the conversation, once: the first line tells. */
  say(ref: PullRequestRef, body: string): Promise<void>;
}

export interface CommittedFile {
  readonly path: string;
  readonly text: string;
}

/** What is known of flaws in published packages. */
export interface Advisories {
  /** Once for all files of a review. Never rejects: what could not be found out is `unchecked`. */
  lookUp(releases: readonly PackageVersion[]): Promise<AdvisoryAnswer>;
}

export interface AdvisoryAnswer {
  readonly known: readonly PackageAdvisories[];
  readonly unchecked: readonly PackageVersion[];
}

/** What an organization says in its `.github` repository. */
export interface OrganizationFiles {
  /** Its configuration file, if there is one. */
  readonly text: string | undefined;
  readonly own: readonly OwnFile[];
}

/** What an installation of the App reaches. */
export interface Installations {
  repositories(installationId: number): Promise<readonly RepositoryRef[]>;
  /** The newest 300. */
  openPullRequests(ref: RepositoryRef): Promise<readonly OpenPullRequest[]>;
  headCheck(ref: RepositoryRef, headSha: string): Promise<HeadCheck>;
}

export interface OpenPullRequest {
  readonly ref: PullRequestRef;
  readonly headSha: string;
  readonly byBot: boolean;
  /** ISO times. */
  readonly openedAt: string;
  readonly updatedAt: string;
}

/** Our newest check run of a commit. */
export type HeadCheck = { readonly kind: "none" | "completed" } | { readonly kind: "open"; readonly since: Date };

/** What the code host tells the App itself. */
export interface AppHost {
  /** Those that are not suspended, with the time they began at. */
  installations(): Promise<readonly { readonly installationId: number; readonly since: Date }[]>;
  /** The newest failed attempt of each delivery, of those that may have failed since then. */
  failedDeliveries(since: Date): Promise<readonly FailedDelivery[]>;
  /** Asks for one more attempt. */
  redeliver(id: number): Promise<void>;
}

export interface FailedDelivery {
  /** Of the attempt. */
  readonly id: number;
  /** The same in every attempt. */
  readonly guid: string;
  readonly event: string;
  readonly failedAt: Date;
}

export interface CheckRef {
  readonly repository: RepositoryRef;
  /** Absent while the host has no run of this review. */
  readonly id?: number;
  /** A completed run of the same head. */
  readonly earlierRun?: number;
  /** How many annotations that one has, where it stands for this very review: then it is brought up to date, not doubled. */
  readonly earlierAnnotations?: number;
  readonly headSha: string;
  readonly externalId: string;
  /** Absent: the one that branch protection names. */
  readonly name?: string;
  /** Of a run that was taken over: the first annotations are there already, and the host only ever appends. */
  readonly annotationsSent: number;
}

/** At the edge, errors get a kind by status and header, never by the words of a message. */
export interface CodeHostFault {
  readonly kind: "gone" | "forbidden" | "rate-limited" | "unavailable" | "refused";
  readonly retryAt?: Date;
}
