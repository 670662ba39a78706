import { guardsOf, identifiersIn } from "../detectors/change/guards.ts";
import { sentHeaders } from "../detectors/change/security-headers.ts";
import { sharedGuards } from "../detectors/change/surroundings.ts";
import { factIndex } from "../detectors/shared/fact-index.ts";
import { isGuardName } from "../detectors/shared/guard-names.ts";
import { lastPart } from "../python/last-part.ts";
import type { Rule } from "../rules/rule.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { countsOf } from "../text/counts-of.ts";
import type { TaskAnalysis } from "./elsewhere.ts";

/**
 * Names of the checks that routes of other files have from now on, and of those that functions and classes of this file have which had
 * fewer, with their own names, and the headers that it sends from now on. What a new route asks for by itself moved from nowhere.
 */
export function gainedGuards(base: ModuleFacts | undefined, head: ModuleFacts): readonly string[] {
  const shared = countsOf(base === undefined ? [] : sharedGuards(base).map(({ name }) => name));
  const now = countsOf(sharedGuards(head).flatMap(({ name, node }) => (isForOthers(head, node, base) ? [name] : [])));
  const gained = [...now].flatMap(([name, count]) => (count > (shared.get(name) ?? 0) ? [name] : []));
  const grown = head.definitions.flatMap((definition) => {
    const [before] = base === undefined ? [] : factIndex(base).definedAs(definition.qualifiedName);
    if (base === undefined || before === undefined) return [];
    const had = new Set(guardsOf(base, before).map(({ name }) => name));
    const names = guardsOf(head, definition).flatMap(({ name }) => (had.has(name) ? [] : [name]));
    return names.length === 0 ? [] : [...names, definition.name];
  });
  return [...new Set([...gained, ...grown, ...gainedWrappers(base, head), ...gainedHeaders(base, head)])];
}

/** The views that a check was put around where they are registered: `path("orders/", login_required(views.orders))`. */
function gainedWrappers(base: ModuleFacts | undefined, head: ModuleFacts): readonly string[] {
  const had = countsOf(base === undefined ? [] : wrappedIn(base));
  return [...countsOf(wrappedIn(head))].flatMap(([name, count]) => (count > (had.get(name) ?? 0) ? [name] : []));
}

function wrappedIn(facts: ModuleFacts): readonly string[] {
  return facts.calls.flatMap(({ name, args: [first] }) => {
    if (first === undefined || !isGuardName(lastPart(name))) return [];
    const view = identifiersIn(facts, first.node).findLast((one) => one !== "as_view");
    return view === undefined ? [] : [view];
  });
}

function gainedHeaders(base: ModuleFacts | undefined, head: ModuleFacts): readonly string[] {
  const had = new Set(base === undefined ? [] : sentHeaders(base).map(({ header }) => header));
  return sentHeaders(head).flatMap(({ header }) => (had.has(header) ? [] : [header]));
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
        .filter(({ ruleId, message }) => isMoved(rules.get(ruleId), codeIn(message), names))
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

/** Of a check of who may the name is enough; of headers, all that are gone have to be there. */
function isMoved(rule: Rule | undefined, code: readonly string[], gained: ReadonlySet<string>): boolean {
  if (rule?.tags.includes("protection") !== true) return false;
  if (rule.tags.includes("access-control")) return code.some((one) => gained.has(one));
  return rule.tags.includes("headers") && code.every((one) => one.split(", ").every((name) => gained.has(name)));
}

function codeIn(message: string): readonly string[] {
  return [...message.matchAll(/`([^`]*)`/gu)].map(([, code = ""]) => code);
}
