import type { AnalysisOptions, AnalysisTask, Engine } from "../analysis/analyser.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import { type AnalysedExample, shownCode } from "../pages/example.ts";
import type { RuleExamples } from "../pages/rule-detail-page.ts";
import type { Example, Rule } from "../rules/rule.ts";

/** Shows a rule's examples to the engine, so that a page says what a comment would. Rules of the audit profile are judged alone. */
export async function analyseExamples(
  engine: Engine,
  rule: Rule,
  { rules, today }: { readonly rules: readonly Rule[]; readonly today: string },
): Promise<RuleExamples> {
  const others = rules.filter(({ id, profile }) => profile === "audit" && id !== rule.id);
  const levels = Object.fromEntries(others.map(({ id }) => [id, "off" as const]));
  const options: AnalysisOptions = { profile: rule.profile, levels, today };
  const analyseAll = (examples: readonly Example[]) =>
    Promise.all(examples.map((example) => analyseExample(engine, rule, example, options)));
  const [bad, good] = await Promise.all([analyseAll(rule.bad), analyseAll(rule.good)]);
  return { bad, good };
}

async function analyseExample(
  engine: Engine,
  { id }: Rule,
  example: Example,
  options: AnalysisOptions,
): Promise<AnalysedExample> {
  const { name, path, before, files } = example;
  const code = shownCode(example);
  const { findings } = await engine.analyse(taskOf(example, code, options));
  const own = findings.filter(({ ruleId }) => ruleId === id);
  return { name, path, code, findings: own, ...(before !== undefined && { before }), ...(files && { files }) };
}

/** An example with a base is a change; any other is a file. */
function taskOf({ path, before, files }: Example, code: string, options: AnalysisOptions): AnalysisTask {
  const head = { path, text: code };
  const others = Object.entries(files ?? {}).map(([path, text]) => ({ path, text }));
  const project = { kind: "given", files: others } as const;
  if (before === undefined) return { kind: "file", file: head, options, project };
  const change = { base: { path, text: before }, head, hunks: diffTexts(before, code) };
  return { kind: "change", change, options, project };
}
