import { shareLines } from "../text/share-lines.ts";
import type { Catalogue } from "./catalogue.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import { flowKey, looseKey } from "./fingerprint.ts";

/**
 * A finding is known when the base has it, in the same scope or (moved) in another. So is a flow from the same source into the same call
 * of the same scope: something else in the call has changed.
 */
export function withoutKnown(
  found: readonly IdentifiedFinding[],
  before: readonly IdentifiedFinding[],
  isBaseKnown: boolean,
): readonly IdentifiedFinding[] {
  const exact = new Set(before.map(({ finding }) => finding.fingerprint));
  const atHead = new Set(found.map(({ finding }) => finding.fingerprint));
  const fresh = found.filter(({ finding }) => !exact.has(finding.fingerprint));
  const gone = before.filter(({ finding }) => !atHead.has(finding.fingerprint));
  const moved = unpaired(fresh, gone, looseKey);
  return isBaseKnown ? unpaired(moved.fresh, moved.gone, flowKey).fresh : moved.fresh;
}

interface Unpaired {
  readonly fresh: IdentifiedFinding[];
  readonly gone: IdentifiedFinding[];
}

/** Without those that have a partner by their key, each its own. */
function unpaired(
  fresh: readonly IdentifiedFinding[],
  gone: readonly IdentifiedFinding[],
  keyOf: (identity: IdentifiedFinding["identity"]) => string | undefined,
): Unpaired {
  const left = [...gone];
  const unmatched = fresh.filter(({ identity }) => {
    const key = keyOf(identity);
    const partner = key === undefined ? -1 : left.findIndex((other) => keyOf(other.identity) === key);
    if (partner >= 0) left.splice(partner, 1);
    return partner < 0;
  });
  return { fresh: unmatched, gone: left };
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
  return found.filter(
    ({ finding: { ruleId, scope, location }, tookOut: own }) =>
      !others.some(
        ({ finding: other, tookOut }) =>
          rules.get(other.ruleId)?.supersedes.includes(ruleId) &&
          (tookOut?.scope === scope || own?.scope === other.scope || shareLines(location.span, other.location.span)),
      ),
  );
}
