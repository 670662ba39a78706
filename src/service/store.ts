import type { Fingerprint } from "../analysis/finding.ts";
import type { Answer, PlannedFinding } from "../review/review-plan.ts";
import type { PullRequestRef, RepositoryRef } from "./ports.ts";

/** What is remembered besides the queue: ids, names, times, and of findings what tells them apart. Never code, a secret or what people write. */
export type Store = Duties & Arrivals & DeliveryLog & Heads & History & Answers;

/** Of several processes one does what only one should. */
export interface Duties {
  /** Whether the duty is this process's for so long; who holds it keeps it as long as it asks in time. */
  claim(duty: string, milliseconds: number): Promise<boolean>;
}

/** Where the App was installed and not everything has been looked through yet. */
export interface Arrivals {
  arrived(arrival: Omit<Arrival, "id">): Promise<void>;
  /** The oldest first. */
  arrivals(): Promise<readonly Arrival[]>;
  lookedThrough(id: string): Promise<void>;
  /** The App has left: an installation as a whole where no repositories are named. */
  gone(installationId: number, repositoryIds?: readonly number[]): Promise<void>;
}

export interface Arrival {
  readonly id: string;
  readonly installationId: number;
  /** All of the installation where none are named. */
  readonly repositories?: readonly RepositoryRef[];
}

export interface DeliveryLog {
  /** Written a moment later, many at a time. */
  received(delivery: ReceivedDelivery): void;
  /** Those of these ids that have arrived. */
  knownDeliveries(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface ReceivedDelivery {
  readonly id: string;
  readonly event: string;
  readonly outcome: "queued" | "duplicate" | "ignored";
}

/** What others answered to questions that are no secret, for every process. Neither rejects: who asks can do without. */
export interface Answers {
  /** Those that are still good, in any order. */
  answers(keys: readonly string[]): Promise<readonly KeptAnswer[]>;
  /** An earlier answer of the same key is replaced. */
  keep(answers: readonly KeptAnswer[]): Promise<void>;
}

export interface KeptAnswer {
  readonly key: string;
  /** JSON. */
  readonly text: string;
  readonly until: Date;
}

/** A check belongs to a commit, which may be the head of several pull requests. */
export interface Heads {
  reviewing(pullRequest: PullRequestRef, headSha: string): Promise<void>;
  /** Numbers of the other pull requests of the repository that were reviewed with this head, or are now. */
  alsoHeadOf(pullRequest: PullRequestRef, headSha: string): Promise<readonly number[]>;
}

export interface History {
  reviewed(review: ReviewRecord): Promise<void>;
  /** Removes what is older than it is kept. */
  forget(): Promise<void>;
}

export interface ReviewRecord {
  readonly deliveryId: string;
  readonly pullRequest: PullRequestRef;
  readonly headSha: string;
  readonly conclusion: "success" | "neutral" | "failure";
  readonly version: string;
  readonly beganAt: Date;
  readonly findings: readonly PlannedFinding[];
  /** What people answered, by finding. */
  readonly answers: ReadonlyMap<Fingerprint, Answer>;
}
