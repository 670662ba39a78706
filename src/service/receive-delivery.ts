import type { JobQueue, PullRequestRef } from "./ports.ts";

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
      /** An edit gave the pull request another base branch: another change is to be reviewed. */
      readonly baseChanged: boolean;
    }
  /** Somebody asked something of us in a reply. */
  | { readonly kind: "reply"; readonly pullRequest: PullRequestRef }
  /** Somebody asked for our check run again. */
  | { readonly kind: "rerun"; readonly pullRequest: PullRequestRef }
  | { readonly kind: "other" };

/** Puts the work that a delivery asks for in the queue; the work itself reads the state of the pull request anew. */
export async function receiveDelivery(
  queue: JobQueue,
  delivery: Delivery,
): Promise<"queued" | "duplicate" | "ignored"> {
  const { event } = delivery;
  if (event.kind === "other" || !asksForReview(event)) return "ignored";
  const { pullRequest } = event;
  const key = `${pullRequest.repositoryId}:${pullRequest.number}`;
  const job = { key, deliveryId: delivery.id, pullRequest };
  return queue.enqueue(event.kind === "pull-request" ? { ...job, headSha: event.headSha } : job);
}

const REVIEWED_ACTIONS: ReadonlySet<string> = new Set(["opened", "synchronize", "reopened", "ready_for_review"]);

function asksForReview(event: Exclude<DeliveredEvent, { kind: "other" }>): boolean {
  if (event.kind !== "pull-request") return true;
  return REVIEWED_ACTIONS.has(event.action) || (event.action === "edited" && event.baseChanged);
}
