import type { Finding } from "../analysis/finding.ts";
import { modeOf, policyFor } from "../config/policy-for.ts";
import { isAtLeast } from "../rules/levels.ts";
import type { ReviewInput } from "./review-plan.ts";

type Standing = Pick<ReviewInput, "policy" | "rules">;

/** Whether the check fails because of the finding. */
export function fails(finding: Finding, { policy, rules }: Standing): boolean {
  const { failOn } = policyFor(policy, finding.location.path);
  return modeOf(policy, finding, rules.get(finding.ruleId)) === "block" && isAtLeast(finding.level, failOn);
}

/** Whether the finding is said in a comment, where there is room for it. */
export function isInline(finding: Finding, { policy, rules }: Standing): boolean {
  return !isMonitored(finding, { policy, rules }) && isAtLeast(finding.level, policy.inlineFrom);
}

/** Whether the finding is in the check alone, as one that is being tried out. */
export function isMonitored(finding: Finding, { policy, rules }: Standing): boolean {
  return modeOf(policy, finding, rules.get(finding.ruleId)) === "monitor";
}
