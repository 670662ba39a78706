import { guardsOf } from "../detectors/change/guards.ts";
import { sharedGuards } from "../detectors/change/surroundings.ts";
import type { Rule } from "../rules/rule.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import type { TaskAnalysis } from "./elsewhere.ts";

/**
 * Names of the checks that routes of other files have from now on, and of those that functions and classes of this file have which had
 * fewer, with their own names. What a new route asks for by itself moved from nowhere.
 */
export function gainedGuards(base: ModuleFacts | undefined, head: ModuleFacts): readonly string[] {
  const shared = countsOf(base === undefined ? [] : sharedGuards(base).map(({ name }) => name));
  const now = countsOf(sharedGuards(head).flatMap(({ name, node }) => (isForOthers(head, node, base) ? [name] : [])));
  const gained = [...now].flatMap(([name, count]) => (count > (shared.get(name) ?? 0) ? [name] : []));
  const grown = head.definitions.flatMap((definition) => {
    const before = base?.definitions.find(({ qualifiedName }) => qualifiedName === definition.qualifiedName);
    if (base === undefined || before === undefined) return [];
    const had = new Set(guardsOf(base, before).map(({ name }) => name));
    const names = guardsOf(head, definition).flatMap(({ name }) => (had.has(name) ? [] : [name]));
    return names.length === 0 ? [] : [...names, definition.name];
  });
  return [...new Set([...gained, ...grown])];
}

/** A router of a new file asks for its own routes alone. */
function isForOthers(head: ModuleFacts, node: number, base: ModuleFacts | undefined): boolean {
  const call = head.calls.find((one) => one.node === node);
  return base !== undefined || call === undefined || /(?:include_router|FastAPI)$/.test(call.name);
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

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
