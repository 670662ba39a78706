import { applyEdits } from "../text/apply-edits.ts";
import type { TextEdit } from "../text/span.ts";
import type { PythonAnalysis } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { KnownFile } from "./context.ts";
import type { AnalyseSource } from "./create-analyse.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";

/** Analyses that the fixes of one file may cost, and the UTF-16 code units of all of them: two at least. */
const MOST_ANALYSES = 20;
const MOST_TEXT = 512 * 1024;

/**
 * Keeps a fix only where the fixed file parses, the rule is silent there and no other one speaks up. All fixes are tried
 * together, and in halves where that fails: a good one seldom costs an analysis of its own.
 */
export function verifyFixes(
  analyse: AnalyseSource,
  file: KnownFile,
  options: AnalysisOptions,
  { findings: all, syntax }: Pick<PythonAnalysis, "findings" | "syntax">,
  found: readonly IdentifiedFinding[] = all,
): readonly IdentifiedFinding[] {
  const rules = new Set(all.map(({ finding }) => finding.ruleId));
  let left = Math.min(MOST_ANALYSES, Math.max(2, Math.floor(MOST_TEXT / file.text.length)));

  function cures(group: readonly IdentifiedFinding[]): boolean {
    const edits = group.flatMap(({ finding }) => finding.fix?.edits ?? []);
    const [first] = group;
    if (first === undefined || overlap(edits)) return false;
    left -= 1;
    const fixed = { ...file, text: applyEdits(file.text, edits) };
    const after = analyse(fixed, options, () => first.identity.path, { syntax });
    if (after.notices.some(({ kind }) => kind === "syntax-error")) return false;
    const isCured = after.findings.length <= all.length - group.length;
    return isCured && after.findings.every(({ finding }) => rules.has(finding.ruleId));
  }

  function good(group: readonly IdentifiedFinding[]): readonly IdentifiedFinding[] {
    if (group.length === 0 || left <= 0) return [];
    if (cures(group)) return group;
    const middle = Math.ceil(group.length / 2);
    return group.length === 1 ? [] : [...good(group.slice(0, middle)), ...good(group.slice(middle))];
  }

  const kept = new Set(good(found.filter(({ finding }) => finding.fix !== undefined)));
  return found.map((one) => (one.finding.fix === undefined || kept.has(one) ? one : withoutFix(one)));
}

function overlap(edits: readonly TextEdit[]): boolean {
  const spans = edits.map(({ span }) => span).toSorted((a, b) => a.start.offset - b.start.offset);
  return spans.some(({ start }, at) => at > 0 && start.offset < (spans[at - 1]?.end.offset ?? 0));
}

function withoutFix({ finding, identity }: IdentifiedFinding): IdentifiedFinding {
  const { fix, ...plain } = finding;
  return { finding: plain, identity };
}
