import { drawRule } from "../report/rule-text.ts";
import type { Rule } from "../rules/rule.ts";
import { exampleMessage } from "../service/example-message.ts";
import { closest } from "../text/closest.ts";
import { type CliContext, UsageError } from "./context.ts";
import { paletteFor } from "./terminal-palette.ts";

/** Earlier names of a rule, and codes that other tools have for the mistake, lead to it too. */
export async function explain(name: string, context: CliContext): Promise<void> {
  const rules = await context.loadRules();
  const rule =
    rules.find(({ id }) => id === name) ??
    rules.find(({ formerly }) => formerly.includes(name)) ??
    byCode(rules, name.toUpperCase());
  if (rule === undefined) {
    const similar = closest(
      name,
      rules.map(({ id }) => id),
    );
    const hint = similar === undefined ? "`safepath rules` lists them" : `did you mean \`${similar}\`?`;
    throw new UsageError(`there is no rule \`${name}\`; ${hint}`);
  }
  const width = Math.min(context.stdout.columns ?? 100, 100);
  const message = await messageOf(rule, rules, context);
  context.stdout.write(drawRule(rule, message, paletteFor(context.stdout), width));
}

async function messageOf(rule: Rule, rules: readonly Rule[], context: CliContext): Promise<string> {
  const engine = await context.createEngine({ files: rule.bad.length, size: 0 });
  try {
    return await exampleMessage(engine, rule, { rules, today: context.today, own: context.own });
  } finally {
    await engine.close();
  }
}

/**
 * What is on by default before what is on request, and a pattern before a flow: it is the pattern that the other tool
 * has under this code.
 */
function byCode(rules: readonly Rule[], code: string): Rule | undefined {
  const named = rules.filter(({ codes }) => codes.includes(code));
  const byDefault = named.filter(({ profile }) => profile === "default");
  const isPattern = ({ match }: Rule): boolean => match.kind !== "taint";
  return byDefault.find(isPattern) ?? named.find(isPattern) ?? named[0];
}
