import type { Sign } from "../review/review-plan.ts";
import type { Clock, PullRequestRef, RepositoryRef } from "../service/ports.ts";
import type { RepositoryClient } from "./clients.ts";

/** What a code host works with: one repository's client, and who we are there. */
export interface Connection extends RepositoryClient {
  readonly appId: number;
  /** `<slug>[bot]` */
  readonly botLogin: () => Promise<string>;
  readonly signFor: (ref: PullRequestRef) => Sign;
  readonly clock: Clock;
}

export function repositoryOf({ owner, repo }: RepositoryRef): { readonly owner: string; readonly repo: string } {
  return { owner, repo };
}

export function pullRequestOf(ref: PullRequestRef) {
  return { ...repositoryOf(ref), pull_number: ref.number };
}

/** GitHub's largest page. */
export const PAGE = 100;
