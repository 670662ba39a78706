import type { IdentifiedFinding } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { AnalyseSource } from "./create-analyse.ts";
import type { SourceFile } from "./file-change.ts";
import type { Fix } from "./finding.ts";

/** Fixes of one file that are tried; each costs an analysis of it. */
const MAX_TRIED = 20;

/** Keeps a fix only where the fixed file parses as well as before, the rule is silent there and no other one speaks up. */
export function verifyFixes(
  analyse: AnalyseSource,
  file: SourceFile,
  options: AnalysisOptions,
  found: readonly IdentifiedFinding[],
  all: readonly IdentifiedFinding[] = found,
): readonly IdentifiedFinding[] {
  let tried = 0;
  return found.map((one) => {
    const { fix, ...plain } = one.finding;
    if (fix === undefined) return one;
    if (tried++ >= MAX_TRIED) return { ...one, finding: plain };
    const after = analyse({ path: file.path, text: applied(file.text, fix) }, options, () => one.identity.path);
    const isFewer = after.findings.length < all.length;
    const isNew = after.findings.some(({ finding }) => all.every((before) => before.finding.ruleId !== finding.ruleId));
    const brokeSyntax = after.notices.length > 0 && after.notices.some(({ kind }) => kind === "syntax-error");
    return isFewer && !isNew && !brokeSyntax ? one : { ...one, finding: plain };
  });
}

function applied(text: string, fix: Fix): string {
  let result = text;
  for (const { span, text: replacement } of [...fix.edits].reverse()) {
    result = result.slice(0, span.start.offset) + replacement + result.slice(span.end.offset);
  }
  return result;
}
