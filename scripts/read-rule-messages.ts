import { createInProcessEngine } from "../src/engine/in-process.ts";
import { loadAnalyse } from "../src/engine/load-analyse.ts";
import { loadRules } from "../src/engine/load-rules.ts";
import type { Rule } from "../src/rules/rule.ts";
import { exampleMessage } from "../src/service/example-message.ts";

/** All rules, and what each says of one of its examples, by id. */
export async function readRuleMessages(): Promise<{
  readonly rules: readonly Rule[];
  readonly messages: ReadonlyMap<string, string>;
}> {
  const { rules } = await loadRules();
  const engine = createInProcessEngine(await loadAnalyse());
  const today = "2000-01-01"; // an example whose suppression ends on a day ends it long after
  const messages = new Map<string, string>();
  for (const rule of rules) messages.set(rule.id, await exampleMessage(engine, rule, { rules, today }));
  return { rules, messages };
}
