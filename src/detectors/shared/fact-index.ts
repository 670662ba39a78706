import type { AssignmentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { matchesPath } from "./path-pattern.ts";

/** Look-ups that several detectors need over one module's facts. */
export interface FactIndex {
  readonly callAt: ReadonlyMap<number, CallFact>;
  /** The assignments to a plain name in one scope, in source order. */
  assignmentsTo(scope: string, name: string): readonly AssignmentFact[];
  /** The calls of a pattern: an API path, `*` in it for anything; `*.send` is also a method of that name as it is written. */
  calledAs(patterns: readonly string[]): ReadonlySet<CallFact>;
}

/** Each part is made when the module is first asked for it. */
export const factIndex: (facts: ModuleFacts) => FactIndex = oncePer((facts) => ({
  get callAt() {
    return callsByNode(facts);
  },
  assignmentsTo: (scope, name) => assignmentsByPlace(facts).get(`${scope}\n${name}`) ?? [],
  calledAs: (patterns) => callsByPattern(facts)(patterns),
}));

const callsByNode: (facts: ModuleFacts) => ReadonlyMap<number, CallFact> = oncePer(
  ({ calls }) => new Map(calls.map((call) => [call.node, call])),
);

const assignmentsByPlace: (facts: ModuleFacts) => ReadonlyMap<string, readonly AssignmentFact[]> = oncePer((facts) =>
  Map.groupBy(facts.assignments, (fact) => `${facts.scopeOf(fact.node)}\n${fact.name}`),
);

const callsByPattern: (facts: ModuleFacts) => FactIndex["calledAs"] = oncePer(({ calls }) => lookUpPatterns(calls));

/** Patterns are compared with the paths that a module calls, each once, and of those with the ones that end alike. */
function lookUpPatterns(calls: readonly CallFact[]): FactIndex["calledAs"] {
  const byMethod = Map.groupBy(calls, ({ name }) => `*${/\.\w+$/.exec(name)?.[0] ?? ""}`);
  const byPath = new Map<string, CallFact[]>();
  for (const call of calls) {
    for (const path of call.callee) {
      const others = byPath.get(path);
      if (others === undefined) byPath.set(path, [call]);
      else others.push(call);
    }
  }
  const byEnd = Map.groupBy(byPath.keys(), endOf);
  const known = new Map<string, readonly CallFact[]>();
  return (patterns) => new Set(patterns.flatMap(called));

  function called(pattern: string): readonly CallFact[] {
    if (!pattern.includes("*")) return byPath.get(pattern) ?? [];
    let found = known.get(pattern);
    if (found === undefined) {
      const end = endOf(pattern);
      const paths = end.includes("*") ? [...byPath.keys()] : (byEnd.get(end) ?? []);
      const matching = paths.filter((path) => matchesPath(path, pattern));
      found = [...(byMethod.get(pattern) ?? []), ...matching.flatMap((path) => byPath.get(path) ?? [])];
      known.set(pattern, found);
    }
    return found;
  }
}

/** What stands behind the last point. */
function endOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
