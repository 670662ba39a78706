import type { Octokit } from "@octokit/rest";
import type { Sign } from "../review/review-plan.ts";
import type { Clock, PullRequestRef, RepositoryRef } from "../service/ports.ts";
import type { RepositoryClient } from "./clients.ts";

/** What a code host works with: one repository's client, and who we are there. */
export interface Connection extends RepositoryClient {
  readonly appId: number;
  /** `<slug>[bot]` */
  readonly botLogin: () => Promise<string>;
  readonly signFor: (ref: PullRequestRef) => Sign;
  /** What was in force before, while a key is being replaced. */
  readonly signedBefore: (ref: PullRequestRef) => readonly Sign[];
  /** A client that may change contents, with a token of its own; undefined where the installation does not let us. */
  readonly changing: (ref: RepositoryRef) => Promise<Octokit | undefined>;
  /** A query that sees who is in the organization's teams; undefined where the installation does not let us. */
  readonly seeingMembers: (installationId: number) => Promise<Octokit["graphql"] | undefined>;
  readonly clock: Clock;
}

export function repositoryOf({ owner, repo }: Pick<RepositoryRef, "owner" | "repo">): {
  readonly owner: string;
  readonly repo: string;
} {
  return { owner, repo };
}

export function pullRequestOf(ref: PullRequestRef) {
  return { ...repositoryOf(ref), pull_number: ref.number };
}

/** GitHub's largest page. */
export const PAGE = 100;

/** What was signed with the key in force, or one that is being replaced. */
export function readAsSigned<T>(
  { signFor, signedBefore }: Pick<Connection, "signFor" | "signedBefore">,
  ref: PullRequestRef,
  read: (sign: Sign) => T | undefined,
): T | undefined {
  for (const sign of [signFor(ref), ...signedBefore(ref)]) {
    const found = read(sign);
    if (found !== undefined) return found;
  }
  return undefined;
}
