import type { PendingArrivals } from "./arrivals.ts";
import type { JobQueue, MergeGroup, RequestedFixes, ReviewJob } from "./job-queue.ts";
import type { PullRequestRef, RepositoryRef } from "./ports.ts";

/** What a delivery tells that matters to a review. */
export interface Delivery {
  /** The same in every redelivery. */
  readonly id: string;
  readonly event: DeliveredEvent;
}

export type DeliveredEvent =
  | {
      readonly kind: "pull-request";
      readonly action: string;
      readonly pullRequest: PullRequestRef;
      readonly headSha: string;
      /** Nobody waits for it as people do for theirs. */
      readonly byBot: boolean;
      /** An edit gave the pull request another base branch: another change is to be reviewed. */
      readonly baseChanged: boolean;
    }
  /** Somebody asked something of us in a reply. */
  | { readonly kind: "reply"; readonly pullRequest: PullRequestRef }
  /** Somebody asked something of us in the conversation of a pull request. */
  | { readonly kind: "conversation"; readonly pullRequest: PullRequestRef }
  /** Somebody asked for our check run again. */
  | { readonly kind: "rerun"; readonly pullRequest: PullRequestRef }
  /** Somebody pressed the button that commits all safe fixes, on the check of this head. */
  | { readonly kind: "fixes"; readonly pullRequest: PullRequestRef; readonly wanted: RequestedFixes }
  /** A merge queue asks whether a pull request may be merged as this commit. */
  | { readonly kind: "merge-group"; readonly pullRequest: PullRequestRef; readonly group: MergeGroup }
  /** Somebody asked for all checks of a commit again; of a fork's, the code host does not name the pull requests. */
  | {
      readonly kind: "suite";
      readonly repository: RepositoryRef;
      readonly headSha: string;
      readonly numbers: readonly number[];
    }
  /** The App was installed, or given repositories; all of an installation where none are named. */
  | { readonly kind: "installed"; readonly installationId: number; readonly repositories?: readonly RepositoryRef[] }
  /** The App was removed or suspended, or lost repositories. */
  | { readonly kind: "removed"; readonly installationId: number; readonly repositoryIds?: readonly number[] }
  | { readonly kind: "other" };

type PullRequestEvent = Extract<DeliveredEvent, { kind: "pull-request" }>;

/** Puts the work that a delivery asks for in the queue; the work itself reads the state of the pull request anew. */
export async function receiveDelivery(
  { queue, arrivals }: { readonly queue: JobQueue; readonly arrivals: Pick<PendingArrivals, "add" | "drop"> },
  delivery: Delivery,
): Promise<"queued" | "duplicate" | "ignored"> {
  const { event } = delivery;
  if (event.kind === "installed") {
    const { installationId, repositories } = event;
    await arrivals.add({ installationId, ...(repositories === undefined ? {} : { repositories }) });
    return "queued";
  }
  if (event.kind === "removed") {
    await arrivals.drop(event.installationId, event.repositoryIds);
    await queue.drop(event.installationId, event.repositoryIds);
    return "queued";
  }
  const jobs = jobsFor(delivery);
  const outcomes = await Promise.all(jobs.map((job) => queue.enqueue(job)));
  if (outcomes.length === 0) return "ignored";
  return outcomes.includes("queued") ? "queued" : "duplicate";
}

function jobsFor({ id, event }: Delivery): readonly ReviewJob[] {
  switch (event.kind) {
    case "other":
    case "installed":
    case "removed":
      return [];
    case "pull-request":
      return asksForReview(event) ? [reviewOf(id, event)] : [];
    case "reply":
    case "rerun":
      return [jobFor(id, event.pullRequest)];
    case "fixes": {
      // Beside the lane of the pull request: a review that goes on is not to be given up for it.
      const { pullRequest, wanted } = event;
      return [
        { ...jobFor(id, pullRequest), key: `${pullRequest.repositoryId}:${pullRequest.number}:fixes`, fixes: wanted },
      ];
    }
    case "conversation":
      return [{ ...jobFor(id, event.pullRequest), conversation: true }];
    case "merge-group": {
      const { pullRequest, group } = event;
      return [{ ...jobFor(id, pullRequest), key: `${pullRequest.repositoryId}:${group.headSha}`, mergeGroup: group }];
    }
    case "suite": {
      const { repository, headSha, numbers } = event;
      if (numbers.length > 0) return numbers.map((number) => jobFor(`${id}:${number}`, { ...repository, number }));
      return [
        {
          ...jobFor(id, { ...repository, number: UNKNOWN_NUMBER }),
          key: `${repository.repositoryId}:${headSha}`,
          headSha,
        },
      ];
    }
  }
}

function reviewOf(id: string, { pullRequest, headSha, byBot }: PullRequestEvent): ReviewJob {
  return { ...jobFor(id, pullRequest), headSha, ...(byBot ? { background: true } : {}) };
}

function jobFor(deliveryId: string, pullRequest: PullRequestRef): ReviewJob {
  return { key: `${pullRequest.repositoryId}:${pullRequest.number}`, deliveryId, pullRequest };
}

/** Of a job that has to look its pull request up by its head. */
export const UNKNOWN_NUMBER = 0;

const REVIEWED_ACTIONS: ReadonlySet<string> = new Set(["opened", "synchronize", "reopened", "ready_for_review"]);

function asksForReview(event: PullRequestEvent): boolean {
  return REVIEWED_ACTIONS.has(event.action) || (event.action === "edited" && event.baseChanged);
}
