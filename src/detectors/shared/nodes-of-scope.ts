import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";

/** The nodes of a kind of the grammar in one scope, those of functions and classes inside it left out. */
export function nodesOfScope(facts: ModuleFacts, kind: number, scope: string): readonly number[] {
  const known = knownScopes(facts);
  const byScope = known.get(kind) ?? Map.groupBy(nodesOfKind(facts.syntax, kind), facts.scopeOf);
  known.set(kind, byScope);
  return byScope.get(scope) ?? [];
}

const knownScopes = oncePer((_: ModuleFacts) => new Map<number, ReadonlyMap<string, readonly number[]>>());
