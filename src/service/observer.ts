import type { PlannedFinding } from "../review/review-plan.ts";
import type { ReceivedDelivery } from "./store.ts";

/** The parts of a review that are timed. `plan` reads and analyses the change. */
export type ReviewStep = "read" | "plan" | "publish" | "complete";

/** Who watches the service: metrics and traces. Ids, names and numbers alone. */
export interface Observer {
  received(delivery: ReceivedDelivery): void;
  /** Runs a job, whatever comes of it. */
  review<T>(fields: ReviewFields, run: () => Promise<T>): Promise<T>;
  step<T>(step: ReviewStep, run: () => Promise<T>): Promise<T>;
  found(findings: readonly PlannedFinding[]): void;
}

export interface ReviewFields {
  readonly delivery: string;
  readonly installation: number;
  readonly repository: string;
  readonly pullRequest: number;
  readonly attempt: number;
}
