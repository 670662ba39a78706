import { Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, NONE } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const LEAVES = [Kind.return_statement, Kind.raise_statement];

/** Locks that a function takes by hand, and leaves by `return` or `raise` before it gives them back. */
export const unreleasedLock: ModuleDetector = {
  kind: "module",
  name: "unreleased-lock",
  triggers: { calls: ["*.acquire"], and: { names: ["release"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const call of facts.calls) {
    const lock = /^(.+)\.acquire$/.exec(call.name)?.[1];
    if (lock === undefined || syntax.kind[syntax.parent[call.node]] !== Kind.expression_statement) continue;
    const releases = releasesOf(facts, call, lock);
    const last = releases.find((release) => blockOf(facts, release) === blockOf(facts, call)) ?? releases.at(-1);
    if (last === undefined || releases.some((release) => isCertain(facts, release))) continue;
    const scope = facts.scopeOf(call.node);
    const left = [...nodesOfKinds(syntax, LEAVES)].find(
      (node) =>
        node > call.node &&
        node < last.node &&
        facts.scopeOf(node) === scope &&
        !releases.some((release) => release.node < node && isBeside(facts, release, node)),
    );
    if (left !== undefined) yield { node: left, fields: { lock, callee: `${lock}.acquire` } };
  }
}

function releasesOf(facts: ModuleFacts, { node }: CallFact, lock: string): readonly CallFact[] {
  const scope = facts.scopeOf(node);
  return factIndex(facts)
    .callsIn(scope)
    .filter((other) => other.node > node && other.name === `${lock}.release`);
}

function blockOf({ syntax }: ModuleFacts, { node }: CallFact): number {
  return ancestorOfKind(syntax, node, Kind.block);
}

/** In a `finally` clause, which every way out passes. */
function isCertain({ syntax }: ModuleFacts, { node }: CallFact): boolean {
  return ancestorOfKind(syntax, node, Kind.finally_clause) !== NONE;
}

/** Given back in the same block, before it is left. */
function isBeside({ syntax }: ModuleFacts, { node: release }: CallFact, leaving: number): boolean {
  const block = ancestorOfKind(syntax, leaving, Kind.block);
  return block !== NONE && release > block && ancestorOfKind(syntax, release, Kind.block) === block;
}
