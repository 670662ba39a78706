import type { FileAnalysis, Finding, Fingerprint, Suppression } from "../analysis/finding.ts";
import { mayHide } from "./notices.ts";
import type { PostedComment, ReviewInput } from "./review-plan.ts";

/** What has become of the findings that an earlier comment of ours speaks for. */
export type Posted =
  | { readonly kind: "stands"; readonly comment: PostedComment; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly kind: "silenced"; readonly comment: PostedComment; readonly suppression: Suppression }
  | { readonly kind: "gone"; readonly comment: PostedComment }
  /** Its file could not be analysed this time: nothing is known, so nothing is said. */
  | { readonly kind: "unknown"; readonly comment: PostedComment };

export function matchPosted(input: ReviewInput, findings: readonly Finding[]): readonly Posted[] {
  const standing = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const silenced = new Map(
    input.analyses.flatMap(({ suppressed }) => suppressed).map((entry) => [entry.finding.fingerprint, entry]),
  );
  const analyses = new Map(input.analyses.map((analysis) => [analysis.path, analysis]));
  return input.posted.map((comment) => {
    const [first, ...others] = pick(standing, comment.fingerprints);
    if (first !== undefined) return { kind: "stands", comment, findings: [first, ...others] };
    const [suppression] = pick(silenced, comment.fingerprints);
    if (suppression !== undefined) return { kind: "silenced", comment, suppression };
    const isKnown = wasAnalysed(analyses.get(comment.path), input.coverage.truncated);
    return { kind: isKnown ? "gone" : "unknown", comment };
  });
}

function pick<T>(from: ReadonlyMap<Fingerprint, T>, fingerprints: readonly Fingerprint[]): readonly T[] {
  return fingerprints.flatMap((fingerprint) => from.get(fingerprint) ?? []);
}

/** A file without an analysis has left the change, unless the list of files ends before it. */
function wasAnalysed(analysis: FileAnalysis | undefined, truncated: boolean): boolean {
  return analysis === undefined ? !truncated : !analysis.notices.some(mayHide);
}
