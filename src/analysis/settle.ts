import type { Rule } from "../rules/rule.ts";
import { compareText } from "../text/compare-text.ts";
import type { Elsewhere, TaskAnalysis } from "./elsewhere.ts";
import type { FileAnalysis, Finding, Notice, SuppressionNotice } from "./finding.ts";
import { namesOf } from "./fingerprint.ts";
import { withoutMovedGuards } from "./gained-guards.ts";
import { withUnguardedMoves } from "./moved-guards.ts";
import { saidBetter } from "./said-better.ts";

/**
 * Puts the analyses of all files together: a flow that ends in another file than the one it was found in is reported in the
 * file of its sink, where that is one of them, else in its own; once, however many files lead there. What the file of the sink
 * says itself comes first, then the shortest way; the order in which the files were analysed does not matter. A check that moved
 * from one file to another is not gone; what moved without its check has lost it.
 */
export function settle(found: readonly TaskAnalysis[], rules: ReadonlyMap<string, Rule>): readonly FileAnalysis[] {
  const analyses = withUnguardedMoves(withoutMovedGuards(found, rules));
  const paths = new Set(analyses.map(({ path }) => path));
  const leftOut = new Set(analyses.filter(isLeftOut).map(({ path }) => path));
  const endingIn = new Map<string, Elsewhere[]>();
  for (const { owner, one } of onePerPlace(analyses)) {
    const { path } = one.finding.location;
    if (leftOut.has(path)) continue;
    const isReported = paths.has(path);
    const at = isReported ? path : owner;
    const settled = isReported || one.finding.anchor !== undefined ? one : anchored(one, owner);
    endingIn.set(at, [...(endingIn.get(at) ?? []), settled]);
  }
  return analyses.map(({ elsewhere, wanted, read, releases, gainedGuards, departures, arrivals, ...analysis }) => {
    const arriving = endingIn.get(analysis.path);
    return arriving === undefined ? analysis : receive(analysis, arriving, rules);
  });
}

/** A configuration says that nothing is to be reported there. */
function isLeftOut({ notices }: FileAnalysis): boolean {
  return notices.some(({ kind }) => kind === "left-out");
}

interface Found {
  /** The file whose analysis found it. */
  readonly owner: string;
  readonly one: Elsewhere;
}

/** In the order of places. */
function onePerPlace(analyses: readonly TaskAnalysis[]): readonly Found[] {
  const all = analyses.flatMap(({ path, elsewhere = [] }) => elsewhere.map((one): Found => ({ owner: path, one })));
  const best = new Map<string, Found>();
  for (const found of all.toSorted(compareFound)) {
    const key = placeKey(found.one.finding);
    if (!best.has(key)) best.set(key, found);
  }
  return [...best.values()];
}

function compareFound(a: Found, b: Found): number {
  const [first, second] = [a.one.finding, b.one.finding];
  return (
    compareText(first.location.path, second.location.path) ||
    first.location.span.start.offset - second.location.span.start.offset ||
    (first.trace?.length ?? 0) - (second.trace?.length ?? 0) ||
    compareText(a.one.identity.source, b.one.identity.source) ||
    compareText(a.owner, b.owner)
  );
}

function placeKey({ ruleId, location }: Finding): string {
  return `${ruleId}\0${location.path}\0${location.span.start.offset}\0${location.span.end.offset}`;
}

/** The sink's file is not reported on: it is said where the flow leaves the file that was. */
function anchored(one: Elsewhere, owner: string): Elsewhere {
  const step = one.finding.trace?.findLast(({ location }) => location.path === owner);
  return step === undefined ? one : { ...one, finding: { ...one.finding, anchor: step.location } };
}

function receive(
  analysis: FileAnalysis,
  arriving: readonly Elsewhere[],
  rules: ReadonlyMap<string, Rule>,
): FileAnalysis {
  const own = [...analysis.findings, ...analysis.suppressed.map(({ finding }) => finding)];
  const taken = new Set(own.map(placeKey));
  const names = new Set(own.map(({ fingerprint }) => fingerprint));
  const isSaidBetter = saidBetter(own, rules);
  const fresh = arriving
    .filter(({ finding }) => !taken.has(placeKey(finding)) && !isSaidBetter(finding))
    .map((one) => named(one, names));
  const findings = fresh.flatMap(({ finding, suppression }) => (suppression === undefined ? [finding] : []));
  const suppressed = fresh.flatMap(({ finding, suppression }) =>
    suppression === undefined ? [] : [{ ...suppression, finding }],
  );
  const isSaidByFlow = saidBetter(findings, rules);
  const used = new Set(arriving.map(({ suppression }) => suppression?.comment?.span.start.offset));
  return {
    ...analysis,
    notices: analysis.notices.filter((notice) => !isUnused(notice) || !used.has(notice.location.span.start.offset)),
    findings: [...analysis.findings.filter((finding) => !isSaidByFlow(finding)), ...findings].sort(comparePlaces),
    suppressed: [...analysis.suppressed, ...suppressed],
  };
}

function isUnused(notice: Notice): notice is SuppressionNotice {
  return notice.kind === "suppression-unused";
}

/** With the first ordinal that no other finding has. */
function named(one: Elsewhere, names: Set<string>): Elsewhere {
  let ordinal = 0;
  while (names.has(namesOf(one.identity, ordinal).fingerprint)) ordinal += 1;
  const named = namesOf(one.identity, ordinal);
  names.add(named.fingerprint);
  return { ...one, finding: { ...one.finding, ...named } };
}

function comparePlaces(a: Finding, b: Finding): number {
  return a.location.span.start.offset - b.location.span.start.offset || compareText(a.ruleId, b.ruleId);
}
