import type { Rule } from "../rules/rule.ts";
import type { IdentifiedFinding, PythonAnalysis } from "./analyse-python.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { suppress } from "./suppress.ts";

/** Findings in other files, with what comments there say of them; a comment in a file that is not reported on is not judged. */
export function suppressElsewhere(
  found: readonly IdentifiedFinding[],
  { syntaxOf }: Pick<PythonAnalysis, "syntaxOf">,
  rules: ReadonlyMap<string, Rule>,
  today: string,
): readonly Elsewhere[] {
  return found.map(({ finding, identity }) => {
    const { path } = finding.location;
    const syntax = syntaxOf(path);
    const [suppression] =
      syntax === undefined ? [] : suppress([finding], syntax, path, rules, today, () => false).suppressed;
    return { finding, identity, ...(suppression === undefined ? {} : { suppression }) };
  });
}
