import type { AnalysisOptions, AnalysisTask, Engine } from "../analysis/analyser.ts";
import { commitTasks, earlierSecrets, linesOf } from "../analysis/earlier-secrets.ts";
import { diffTexts } from "../diff/diff-texts.ts";
import { type AnalysedExample, shownCode } from "../pages/example.ts";
import type { RuleExamples } from "../pages/rule-detail-page.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { Example, Rule } from "../rules/rule.ts";

export interface ExampleContext {
  readonly rules: readonly Rule[];
  readonly today: string;
  /** Where the rule is one of a repository's own. */
  readonly own?: OwnRules | undefined;
}

/** Shows a rule's examples to the engine, so that a page says what a comment would. Rules of the audit profile are judged alone. */
export async function analyseExamples(
  engine: Engine,
  rule: Rule,
  { rules, today, own }: ExampleContext,
): Promise<RuleExamples> {
  const others = rules.filter(({ id, profile }) => profile === "audit" && id !== rule.id);
  const levels = Object.fromEntries(others.map(({ id }) => [id, "off" as const]));
  const options: AnalysisOptions = { profile: rule.profile, levels, today, ...(own && { own }) };
  const analyseAll = (examples: readonly Example[]) =>
    Promise.all(examples.map((example) => analyseExample(engine, { rule, rules }, example, options)));
  const [bad, good] = await Promise.all([analyseAll(rule.bad), analyseAll(rule.good)]);
  return { bad, good };
}

async function analyseExample(
  engine: Engine,
  { rule: { id }, rules }: { readonly rule: Rule; readonly rules: readonly Rule[] },
  example: Example,
  options: AnalysisOptions,
): Promise<AnalysedExample> {
  const { name, path, before, between, files } = example;
  const code = shownCode(example);
  if (between !== undefined) return analyseBetween(engine, rules, example, shownCode({ code: between }), options);
  const known = example.advisories && { advisories: example.advisories };
  const { findings } = await engine.analyse(taskOf(example, code, { ...options, ...known }));
  const own = findings.filter(({ ruleId }) => ruleId === id);
  return { name, path, code, findings: own, ...(before !== undefined && { before }), ...(files && { files }) };
}

/** What a commit between both sides says is shown in that one. */
async function analyseBetween(
  engine: Engine,
  rules: readonly Rule[],
  example: Example,
  between: string,
  options: AnalysisOptions,
): Promise<AnalysedExample> {
  const { name, path, before = "" } = example;
  const code = shownCode(example);
  const patch = { basePath: path, headPath: path };
  const commit = { sha: "0".repeat(40), files: [{ ...patch, hunks: diffTexts(before, between) }] };
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const whole = { heads: [code], removed: linesOf([{ hunks: diffTexts(before, code) }], "removed") };
  const tasks = commitTasks(commit, byId, options.today);
  const found = await Promise.all(
    tasks.map(async (task) => earlierSecrets(task, await engine.analyse(task.task), whole, byId)),
  );
  return { name, path, before, between, code, findings: found.flat() };
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
