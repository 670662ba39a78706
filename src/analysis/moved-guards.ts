import {
  codeOf,
  type DefinitionCode,
  definitionsWithout,
  isSameUnasked,
} from "../detectors/change/moved-definition.ts";
import { guardToMiss, isUnguarded, removedGuard } from "../detectors/change/removed-guard.ts";
import { nameNode } from "../detectors/change/surroundings.ts";
import { lastPart } from "../python/last-part.ts";
import { spanOf } from "../python/walk.ts";
import { groupByEach, indexFacts } from "../rules/indexed-facts.ts";
import { fillMessage } from "../rules/message.ts";
import type { Match } from "../rules/rule.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import type { Elsewhere, TaskAnalysis } from "./elsewhere.ts";
import { findIn, type IdentifiedFinding, type RuleInForce, type Work } from "./find-in-module.ts";

/** A function or class that asks who calls it, and that its file has no more. */
export interface Departure {
  readonly code: DefinitionCode;
  /** The check, as the code calls it. */
  readonly guard: string;
}

/** One that its file has from now on, and that asks nobody: a mistake where it had a check in the file that it comes from. */
export interface Arrival {
  readonly code: DefinitionCode;
  /** Its message still lacks the check. */
  readonly one: Elsewhere;
}

/** What a module at the base had that asks who calls, and that the head has no more; undefined of a file that is gone. */
export function departuresOf(base: ModuleFacts, head: ModuleFacts | undefined): readonly Departure[] {
  return definitionsWithout(base, head).flatMap((definition) => {
    const guard = guardToMiss(base, definition);
    const code = guard && codeOf(base, definition);
    return guard === undefined || code === undefined ? [] : [{ code, guard: guard.name }];
  });
}

/**
 * What a module has from now on that asks nobody, with what `rule` would say of it. Of a file in which no route asked, nothing is
 * said: what holds for them stands in another one.
 */
export function arrivalsOf(
  base: ModuleFacts | undefined,
  head: ModuleFacts,
  rule: Omit<RuleInForce, "matcher">,
  work: Work,
): readonly { readonly code: DefinitionCode; readonly found: IdentifiedFinding }[] {
  const neighbours = base?.definitions.filter(({ isRoute }) => isRoute) ?? [];
  if (base !== undefined && neighbours.length > 0 && neighbours.every((one) => isUnguarded(base, one))) return [];
  const codes = new Map<number, DefinitionCode>();
  const hits = definitionsWithout(head, base).flatMap((definition) => {
    const code = isUnguarded(head, definition) ? codeOf(head, definition) : undefined;
    if (code === undefined) return [];
    const node = nameNode(head, definition);
    codes.set(spanOf(head.syntax, node).start.offset, code);
    return [{ node, fields: { function: definition.name } }];
  });
  if (hits.length === 0) return [];
  const indexed = indexFacts(head, () => undefined);
  return findIn(indexed, [{ ...rule, matcher: () => hits }], work).flatMap((found) => {
    const code = codes.get(found.finding.location.span.start.offset);
    return code === undefined ? [] : [{ code, found }];
  });
}

/** Whether a rule speaks of checks that are gone. */
export function isOfRemovedGuards({ match }: { readonly match: Match }): boolean {
  return match.kind === "detector" && match.name === removedGuard.name;
}

/** What went from one file to another and left its check behind is said where it is now, unless another file has the check. */
export function withUnguardedMoves(analyses: readonly TaskAnalysis[]): readonly TaskAnalysis[] {
  const departed = analyses.flatMap(({ path, departures = [] }) => departures.map((one) => ({ path, ...one })));
  if (departed.length === 0) return analyses;
  const byName = Map.groupBy(departed, ({ code }) => code.qualifiedName);
  const arrived = Map.groupBy(
    analyses.flatMap(({ arrivals = [] }) => arrivals),
    ({ code }) => code.qualifiedName,
  );
  const gaining = groupByEach(analyses, ({ gainedGuards = [] }) => [...new Set(gainedGuards)]);
  return analyses.map((analysis) => {
    const isGained = (guard: string) => gaining.get(guard)?.some((other) => other !== analysis) === true;
    const moved = (analysis.arrivals ?? []).flatMap(({ code, one }): readonly Elsewhere[] => {
      if (arrived.get(code.qualifiedName)?.length !== 1) return [];
      const [from, ...others] = (byName.get(code.qualifiedName) ?? []).filter((one) => isSameUnasked(one.code, code));
      if (from === undefined || others.length > 0 || from.path === analysis.path) return [];
      if (isGained(from.guard) || isGained(lastPart(code.qualifiedName))) return [];
      return [{ ...one, finding: { ...one.finding, message: messageOf(one.finding.message, from) } }];
    });
    if (moved.length === 0) return analysis;
    const protections = moved.map(
      ({ finding: { message, location } }) =>
        ({ kind: "protection", name: message, location, change: "removed" }) as const,
    );
    return {
      ...analysis,
      elsewhere: [...(analysis.elsewhere ?? []), ...moved],
      surface: [...(analysis.surface ?? []), ...protections],
    };
  });
}

function messageOf(message: string, { guard, path }: { readonly guard: string; readonly path: string }): string {
  return `${fillMessage(message.trim(), { guard })} ${fillMessage("It comes from `{path}`, where it was asked for.", { path })}`;
}
