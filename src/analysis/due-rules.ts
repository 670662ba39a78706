import type { Rule } from "../rules/rule.ts";
import { levelOf, type PythonAnalysis } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import type { FileContext } from "./context.ts";
import { asksForAdvisories } from "./releases.ts";

/**
 * Whether a rule says all that it has to say of a file when one side of it is looked at: it is in force there, it compares
 * nothing, and no part of the file was given up on.
 */
export function dueRules(
  catalogue: Catalogue,
  { notices }: Pick<PythonAnalysis, "notices">,
  context: FileContext,
  options: AnalysisOptions,
): (rule: Rule) => boolean {
  if (notices.length > 0) return () => false;
  const comparing = new Set(
    [...catalogue.changes, ...catalogue.manifestChanges, ...catalogue.documentChanges].map(({ rule }) => rule.id),
  );
  const isUnasked = (rule: Rule) => options.advisories === undefined && asksForAdvisories(rule);
  return (rule) => !isUnasked(rule) && !comparing.has(rule.id) && levelOf(rule, context, options) !== undefined;
}
