import { groupByEach } from "../rules/indexed-facts.ts";
import type { Rule } from "../rules/rule.ts";
import { linesOf } from "../text/lines-of.ts";
import { overlapsOf } from "../text/overlaps.ts";
import type { Location } from "../text/span.ts";

interface Said {
  readonly ruleId: string;
  readonly location: Location;
}

/** Whether a rule that says it more exactly has one of `others` on the lines of a finding. */
export function saidBetter(others: readonly Said[], rules: ReadonlyMap<string, Rule>): (finding: Said) => boolean {
  const stronger = groupByEach(others, ({ ruleId, location }) =>
    (rules.get(ruleId)?.supersedes ?? []).map((silenced) => keyOf(silenced, location)),
  );
  const places = [...stronger].map(([key, some]) => {
    return [key, overlapsOf(some.map(({ location }) => linesOf(location.span)))] as const;
  });
  const isOnLines = new Map(places);
  return ({ ruleId, location }) => isOnLines.get(keyOf(ruleId, location))?.(linesOf(location.span)) === true;
}

function keyOf(ruleId: string, { path }: Location): string {
  return `${ruleId}\0${path}`;
}
