import type { Engine } from "../analysis/analyser.ts";
import type { Rule } from "../rules/rule.ts";
import { analyseExamples, type ExampleContext } from "./analyse-examples.ts";

/**
 * What a rule says of the first of its bad examples that it reports, so that a reader sees a comment and no template.
 * A rule without such an example gives its template.
 */
export async function exampleMessage(engine: Engine, rule: Rule, context: ExampleContext): Promise<string> {
  for (const example of rule.bad) {
    const { bad } = await analyseExamples(engine, { ...rule, bad: [example], good: [] }, context);
    const [finding] = bad.flatMap(({ findings }) => findings);
    if (finding !== undefined) return finding.message;
  }
  return rule.message;
}
