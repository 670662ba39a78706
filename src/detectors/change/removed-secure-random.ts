import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";

/** Sources that nobody can foretell. */
const SECURE = /^(?:secrets\.\w+|random\.SystemRandom\(\)\.\w+|os\.urandom|django\.utils\.crypto\.get_random_string)$/;

/** Generators whose next values follow from the last ones. */
const FORETOLD = /^(?:uuid\.uuid1|random\.(?!SystemRandom)[a-z]\w*|numpy\.random\.(?!Generator)\w+)$/;

/** A generator that can be foretold, where the same function had one that cannot. */
export const removedSecureRandom: ChangeDetector = {
  kind: "change",
  name: "removed-secure-random",
  prepare: () => ({
    concerns: ({ removed }) => /secrets|SystemRandom|urandom|get_random_string/.test(removed),
    detect,
  }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const now = byScope(head, SECURE);
  const foretoldBefore = byScope(base, FORETOLD);
  const foretold = byScope(head, FORETOLD);
  for (const [scope, [before, ...more]] of byScope(base, SECURE)) {
    if (before === undefined || (now.get(scope)?.length ?? 0) > more.length) continue;
    const then = foretoldBefore.get(scope) ?? [];
    const calls = foretold.get(scope) ?? [];
    const [added] =
      calls.length > then.length ? calls.filter(({ name }) => !then.some((one) => one.name === name)) : [];
    if (added !== undefined) yield { node: added.node, fields: { before: before.name, after: added.name } };
  }
}

function byScope(facts: ModuleFacts, pattern: RegExp): ReadonlyMap<string, readonly CallFact[]> {
  const found = facts.calls.filter(({ callee }) => callee.some((path) => pattern.test(path)));
  return Map.groupBy(found, ({ node }) => facts.scopeOf(node));
}
