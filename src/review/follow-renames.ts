import type { FileAnalysis, Finding, Fingerprint } from "../analysis/finding.ts";
import { fingerprintAt } from "../analysis/fingerprint.ts";
import type { PostedComment, ReviewInput } from "./review-plan.ts";

/**
 * A file that the change adds has no earlier path to be named by: when a later commit gives it another one, its findings keep
 * the names under which comments speak of them, so that nothing is said twice and no answer is lost.
 */
export function followRenames(input: ReviewInput): ReviewInput {
  if (input.coverage.truncated) return input;
  const there = new Set(input.analyses.map(({ path }) => path));
  const left = input.posted.filter(({ path }) => !there.has(path));
  if (left.length === 0) return input;
  const earlier = earlierNames(input, left);
  const renamed = (finding: Finding): Finding => ({
    ...finding,
    fingerprint: earlier.get(finding.fingerprint) ?? finding.fingerprint,
  });
  const analyses = input.analyses.map(
    (analysis): FileAnalysis => ({
      ...analysis,
      findings: analysis.findings.map(renamed),
      suppressed: analysis.suppressed.map((entry) => ({ ...entry, finding: renamed(entry.finding) })),
    }),
  );
  return { ...input, analyses };
}

/** What findings without a comment were called in the files that `left` speaks of; each name is one finding's. */
function earlierNames(input: ReviewInput, left: readonly PostedComment[]): ReadonlyMap<Fingerprint, Fingerprint> {
  const all = input.analyses.flatMap(({ findings, suppressed }) => [
    ...findings,
    ...suppressed.map(({ finding }) => finding),
  ]);
  const known = new Set(input.posted.flatMap(({ fingerprints }) => fingerprints));
  const free = new Set(left.flatMap(({ fingerprints }) => fingerprints));
  for (const { fingerprint } of all) free.delete(fingerprint);
  const paths = new Set(left.map(({ path }) => path));
  const earlier = new Map<Fingerprint, Fingerprint>();
  for (const { fingerprint, contentKey } of all) {
    if (known.has(fingerprint)) continue;
    const name = [...paths].map((path) => fingerprintAt(path, contentKey)).find((each) => free.delete(each));
    if (name !== undefined) earlier.set(fingerprint, name);
  }
  return earlier;
}
