import { compareLevels } from "../rules/levels.ts";
import type { TaskAnalysis } from "./elsewhere.ts";
import type { Finding, Notice } from "./finding.ts";
import { isUnverified } from "./is-unverified.ts";

/** Of one file: whoever writes it can give each of its statements a mistake, and all of them are held and sent. */
export const MOST_FINDINGS = 1_000;

/** An analysis with the weightiest of its findings, and a notice where there were more. */
export function bounded(analysis: TaskAnalysis): TaskAnalysis {
  const { path, findings, suppressed, notices, elsewhere } = analysis;
  const lists = [findings, suppressed, notices, elsewhere ?? []];
  if (lists.every(({ length }) => length <= MOST_FINDINGS)) return analysis;
  const kept = weightiest(findings, (finding) => finding);
  const keptSuppressed = weightiest(suppressed, ({ finding }) => finding);
  const keptElsewhere = weightiest(elsewhere ?? [], ({ finding }) => finding);
  const measured = findings.length + suppressed.length + (elsewhere?.length ?? 0);
  const dropped = [...kept.dropped, ...keptSuppressed.dropped, ...keptElsewhere.dropped];
  const limit = dropped.every(({ level }) => level === "note") ? "notes" : "findings";
  const notice: Notice = { kind: "limit", path, limit, measured, bound: MOST_FINDINGS };
  return {
    ...analysis,
    findings: kept.kept,
    suppressed: keptSuppressed.kept,
    notices: [...(dropped.length > 0 ? [notice] : []), ...weightiestNotices(notices)],
    ...(elsewhere !== undefined && { elsewhere: keptElsewhere.kept }),
  };
}

/** What was not verified before all else: it fails the check. */
function weightiestNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MOST_FINDINGS) return notices;
  const others = notices.filter((notice) => !isUnverified(notice));
  return [...notices.filter(isUnverified), ...others].slice(0, MOST_FINDINGS);
}

/** In the order that they have. */
function weightiest<One>(
  all: readonly One[],
  findingOf: (one: One) => Finding,
): { readonly kept: readonly One[]; readonly dropped: readonly Finding[] } {
  if (all.length <= MOST_FINDINGS) return { kept: all, dropped: [] };
  const byWeight = all.toSorted((a, b) => compareLevels(findingOf(a).level, findingOf(b).level));
  const kept = new Set(byWeight.slice(0, MOST_FINDINGS));
  return { kept: all.filter((one) => kept.has(one)), dropped: byWeight.slice(MOST_FINDINGS).map(findingOf) };
}
