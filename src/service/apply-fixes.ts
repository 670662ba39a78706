import { isUnverified } from "../analysis/is-unverified.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import { codeSpan } from "../review/escape.ts";
import type { PlannedFix } from "../review/review-plan.ts";
import type { OptionsFor } from "./analyse-files.ts";
import type { Lease, RequestedFixes } from "./job-queue.ts";
import { planPullRequest } from "./plan-pull-request.ts";
import type { NotFixed, ReviewOutcome } from "./review-outcome.ts";
import type { ReviewParts } from "./review-parts.ts";

/**
 * Commits all safe fixes of a head to its branch, for a person who may write and has seen this very head. The fixes are found and
 * verified anew: nothing is taken from the check, or from whoever pressed the button, but that they want it.
 */
export async function applyFixes(parts: ReviewParts, lease: Lease, wanted: RequestedFixes): Promise<ReviewOutcome> {
  const pr = await parts.host.pullRequest(lease.job.pullRequest);
  const isAgain = lease.attempt > 1;
  const refuse = async (reason: NotFixed): Promise<ReviewOutcome> => {
    // An attempt before this one may have moved the head itself.
    if (!(isAgain && reason === "moved")) await parts.host.say(pr.ref, refusal(reason, wanted));
    return { kind: "not-fixed", reason };
  };
  if (pr.state === "closed") return { kind: "not-fixed", reason: "closed" };
  if (pr.isFork) return { kind: "not-fixed", reason: "fork" };
  if (!(await parts.host.mayWrite(pr.ref, wanted.by))) return { kind: "not-fixed", reason: "forbidden" };
  if (pr.headSha !== wanted.headSha) return refuse("moved");
  const planned = await planPullRequest(parts, pr, () => parts.host.change(pr), lease.signal);
  if (planned.kind === "skipped") return refuse("nothing-to-fix");
  const verified: PlannedFix[] = [];
  for (const fix of planned.plan.fixes) if (await isSound(parts, fix, planned.optionsFor)) verified.push(fix);
  if (verified.length === 0) return refuse("nothing-to-fix");
  lease.signal.throwIfAborted();
  const files = verified.map(({ path, after }) => ({ path, text: after }));
  const outcome = await parts.host.commit(pr, messageOf(verified, wanted), files);
  return outcome === "saved" ? { kind: "fixed", files: files.length } : refuse(outcome);
}

/** Each fix is sound by itself; together they still have to parse, and to bring nothing new. */
async function isSound({ engine }: ReviewParts, fix: PlannedFix, optionsFor: OptionsFor): Promise<boolean> {
  const { path, before, after } = fix;
  const change = { base: { path, text: before }, head: { path, text: after }, hunks: diffTexts(before, after) };
  const { findings, notices } = await engine.analyse({ kind: "change", change, options: optionsFor(path) });
  return findings.length === 0 && !notices.some((notice) => notice.kind === "syntax-error" || isUnverified(notice));
}

function messageOf(fixes: readonly PlannedFix[], { by }: RequestedFixes): string {
  const rules = new Map<string, number>();
  for (const rule of fixes.flatMap(({ fixed }) => fixed)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  const count = [...rules.values()].reduce((sum, each) => sum + each, 0);
  const list = [...rules].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([rule, times]) => `- ${rule}: ${times}`);
  return [
    `Apply ${count} safe ${count === 1 ? "fix" : "fixes"}`,
    "",
    ...list,
    "",
    `Asked for by ${by} on the check.`,
  ].join("\n");
}

function refusal(reason: NotFixed, { by, headSha }: RequestedFixes): string {
  return `The safe fixes that ${codeSpan(by)} asked for at ${codeSpan(headSha.slice(0, 7))} were not committed: ${REASONS[reason]}`;
}

const REASONS: Readonly<Record<NotFixed, string>> = {
  moved: "the branch has moved on. The check of its new head has a button of its own.",
  forbidden: "it takes write access to this repository.",
  refused: "GitHub refused the commit; the branch may be protected.",
  "nothing-to-fix": "none is left that changes nothing else.",
  closed: "the pull request is closed.",
  fork: "the branch belongs to another repository.",
};
