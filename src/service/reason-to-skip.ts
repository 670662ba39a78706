import type { Policy } from "../config/policy.ts";
import type { PullRequest } from "./ports.ts";
import type { SkipReason } from "./review-outcome.ts";

/** Why a pull request is not reviewed, by what it is alone. */
export function reasonToSkip(pr: PullRequest, policy: Policy): SkipReason | undefined {
  const { state, author, labels } = pr;
  if (state === "closed") return "closed";
  if (policy.skipAuthors.some((login) => login.toLowerCase() === author.login.toLowerCase())) return "author";
  return policy.skipLabels.some((label) => labels.includes(label)) ? "label" : undefined;
}
