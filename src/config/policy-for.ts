import type { Finding } from "../analysis/finding.ts";
import type { Rule } from "../rules/rule.ts";
import { ownEntry } from "../text/own-entry.ts";
import { matchesIgnore } from "./patterns.ts";
import type { FilePolicy, Mode, Policy } from "./policy.ts";

/** What holds for a file: the policy of the nearest folder above it that has one. */
export function policyFor({ files, folders }: Policy, path: string): FilePolicy {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const own = ownEntry(folders, path.slice(0, end));
    if (own !== undefined) return own;
  }
  return files;
}

/** Whether the configuration leaves a file out. */
export function isLeftOut(policy: Policy, path: string): boolean {
  const { ignore } = policyFor(policy, path);
  return ignore.length > 0 && matchesIgnore(ignore, path);
}

/** How far a finding reaches. */
export function modeOf(policy: Policy, { ruleId, level, location }: Finding, rule: Rule | undefined): Mode {
  const { mode, modes } = policyFor(policy, location.path);
  const deciding = modes.findLast(
    ({ rules, levels, sections }) =>
      (rules?.includes(ruleId) ?? true) &&
      (levels?.includes(level) ?? true) &&
      (sections === undefined || (rule !== undefined && sections.includes(rule.section))),
  );
  return deciding?.mode ?? mode;
}
