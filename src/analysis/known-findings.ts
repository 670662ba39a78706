import type { Catalogue } from "./catalogue.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import { flowKey, looseKey, saidKey } from "./fingerprint.ts";
import { saidBetter } from "./said-better.ts";

/**
 * A finding is known when the base has it, in the same scope or (moved) in another. So is a flow from the same source into the same call
 * of the same scope: something else in the call has changed. And so is a call of the same function of which the very same is said in the
 * same scope, but for secrets: another one is new.
 */
export function withoutKnown(
  found: readonly IdentifiedFinding[],
  before: readonly IdentifiedFinding[],
  isBaseKnown: boolean,
  { rules }: Catalogue,
): readonly IdentifiedFinding[] {
  const exact = new Set(before.map(({ finding }) => finding.fingerprint));
  const atHead = new Set(found.map(({ finding }) => finding.fingerprint));
  const fresh = found.filter(({ finding }) => !exact.has(finding.fingerprint));
  const gone = before.filter(({ finding }) => !atHead.has(finding.fingerprint));
  const moved = unpaired(fresh, gone, ({ identity }) => looseKey(identity));
  if (!isBaseKnown) return moved.fresh;
  const flows = unpaired(moved.fresh, moved.gone, ({ identity }) => flowKey(identity));
  return unpaired(flows.fresh, flows.gone, ({ identity, finding }) =>
    rules.get(finding.ruleId)?.tags.includes("secret") === true ? undefined : saidKey(identity, finding.message),
  ).fresh;
}

interface Unpaired {
  readonly fresh: IdentifiedFinding[];
  readonly gone: IdentifiedFinding[];
}

/** Without those that have a partner by their key, each its own. */
function unpaired(
  fresh: readonly IdentifiedFinding[],
  gone: readonly IdentifiedFinding[],
  keyOf: (one: IdentifiedFinding) => string | undefined,
): Unpaired {
  const partners = Map.groupBy(gone, keyOf);
  const paired = new Set<IdentifiedFinding>();
  const unmatched = fresh.filter((one) => {
    const key = keyOf(one);
    const partner = key === undefined ? undefined : partners.get(key)?.shift();
    if (partner !== undefined) paired.add(partner);
    return partner === undefined;
  });
  return { fresh: unmatched, gone: gone.filter((one) => !paired.has(one)) };
}

/**
 * Without what another rule says more exactly of the same line, or of the function that it is about: one that compares of what one
 * finds at the head, or the other way round.
 */
export function withoutSaid(
  found: readonly IdentifiedFinding[],
  others: readonly IdentifiedFinding[],
  { rules }: Catalogue,
): readonly IdentifiedFinding[] {
  const silencedBy = (ruleId: string, scope: string) =>
    (rules.get(ruleId)?.supersedes ?? []).map((silenced) => `${silenced}\0${scope}`);
  const scopes = new Set(others.flatMap(({ finding: { ruleId, scope } }) => silencedBy(ruleId, scope)));
  const losers = new Set(
    others.flatMap(({ finding, tookOut }) => (tookOut ? silencedBy(finding.ruleId, tookOut.scope) : [])),
  );
  const isOnLines = saidBetter(
    others.map(({ finding }) => finding),
    rules,
  );
  return found.filter(({ finding, tookOut }) => {
    const isOfLoser = losers.has(`${finding.ruleId}\0${finding.scope}`);
    const isOfScope = tookOut !== undefined && scopes.has(`${finding.ruleId}\0${tookOut.scope}`);
    return !isOfLoser && !isOfScope && !isOnLines(finding);
  });
}
