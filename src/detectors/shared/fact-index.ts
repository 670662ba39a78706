import type { AssignmentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";

/** Look-ups that several detectors need over one module's facts. */
export interface FactIndex {
  readonly callAt: ReadonlyMap<number, CallFact>;
  /** The assignments to a plain name in one scope, in source order. */
  assignmentsTo(scope: string, name: string): readonly AssignmentFact[];
}

const indexes = new WeakMap<ModuleFacts, FactIndex>();

/** Made once a module. */
export function factIndex(facts: ModuleFacts): FactIndex {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const assignments = Map.groupBy(facts.assignments, (fact) => `${facts.scopeOf(fact.node)}\n${fact.name}`);
  const index: FactIndex = {
    callAt: new Map(facts.calls.map((call) => [call.node, call])),
    assignmentsTo: (scope, name) => assignments.get(`${scope}\n${name}`) ?? [],
  };
  indexes.set(facts, index);
  return index;
}
