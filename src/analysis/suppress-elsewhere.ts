import type { Rule } from "../rules/rule.ts";
import type { PythonAnalysis } from "./analyse-python.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import { suppress } from "./suppress.ts";
import { commentsOfPython } from "./suppression-comments.ts";

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
    const comments = syntax === undefined ? [] : commentsOfPython(syntax);
    const [suppression] = suppress([finding], comments, { path, rules, today, isChanged: () => false }).suppressed;
    return { finding, identity, ...(suppression === undefined ? {} : { suppression }) };
  });
}
