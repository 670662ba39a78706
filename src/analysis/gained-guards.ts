import { guardsOf } from "../detectors/change/guards.ts";
import { sharedGuards } from "../detectors/change/surroundings.ts";
import type { Rule } from "../rules/rule.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import type { TaskAnalysis } from "./elsewhere.ts";

/** Names of the checks that a file has more often than before, and of the functions and classes that have more of them. */
export function gainedGuards(base: ModuleFacts | undefined, head: ModuleFacts): readonly string[] {
  const before = base === undefined ? new Map<string, number>() : countsOf(base);
  return [...countsOf(head)].flatMap(([name, count]) => (count > (before.get(name) ?? 0) ? [name] : []));
}

/** What one file asks for no more and another one of the change asks for now has moved. */
export function withoutMovedGuards(
  analyses: readonly TaskAnalysis[],
  rules: ReadonlyMap<string, Rule>,
): readonly TaskAnalysis[] {
  const gained = analyses.filter(({ gainedGuards = [] }) => gainedGuards.length > 0);
  if (gained.length === 0) return analyses;
  return analyses.map((analysis) => {
    const names = new Set(gained.flatMap((other) => (other === analysis ? [] : (other.gainedGuards ?? []))));
    const moved = new Set(
      analysis.findings
        .filter(
          ({ ruleId, message }) => isAboutGuards(rules.get(ruleId)) && codeIn(message).some((one) => names.has(one)),
        )
        .map(({ message }) => message),
    );
    if (moved.size === 0) return analysis;
    return {
      ...analysis,
      findings: analysis.findings.filter(({ message }) => !moved.has(message)),
      ...(analysis.surface && { surface: analysis.surface.filter(({ name }) => !moved.has(name)) }),
    };
  });
}

/** Rules that say that a check of who may is gone. */
function isAboutGuards(rule: Rule | undefined): boolean {
  return rule?.tags.includes("protection") === true && rule.tags.includes("access-control");
}

function codeIn(message: string): readonly string[] {
  return [...message.matchAll(/`([^`]*)`/gu)].map(([, code = ""]) => code);
}

function countsOf(facts: ModuleFacts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { name } of sharedGuards(facts)) count(name);
  for (const definition of facts.definitions) {
    for (const guard of guardsOf(facts, definition)) {
      count(guard.name);
      count(definition.name);
    }
  }
  return counts;
}
