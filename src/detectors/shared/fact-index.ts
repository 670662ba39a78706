import { lastPart } from "../../python/last-part.ts";
import { callAt, callsByCallee, callsByMethod } from "../../rules/indexed-facts.ts";
import type { AssignmentFact, CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { matchesPath } from "./path-pattern.ts";

/** Look-ups that several detectors need over one module's facts. */
export interface FactIndex {
  readonly callAt: Pick<ReadonlyMap<number, CallFact>, "get">;
  /** The functions and classes of a dotted name: `UserView.get`. */
  definedAs(qualifiedName: string): readonly DefinitionFact[];
  /** The first function, or class, of a dotted name. */
  functionNamed(qualifiedName: string): DefinitionFact | undefined;
  classNamed(qualifiedName: string): DefinitionFact | undefined;
  /** The calls of one scope, those of functions inside it left out. */
  callsIn(scope: string): readonly CallFact[];
  /** The calls of what is written so: `self.answer`. */
  calledByName(name: string): readonly CallFact[];
  /** The methods of a class of a dotted name. */
  methodsOf(owner: string): readonly DefinitionFact[];
  /** The first assignment of what an expression gives. */
  assignedFrom(value: number): AssignmentFact | undefined;
  /** All assignments of one scope, in source order. */
  assignmentsIn(scope: string): readonly AssignmentFact[];
  /** The assignments to a plain name in one scope, in source order. */
  assignmentsTo(scope: string, name: string): readonly AssignmentFact[];
  /** The calls of a pattern: an API path, `*` in it for anything; `*.send` is also a method of that name as it is written. */
  calledAs(patterns: readonly string[]): ReadonlySet<CallFact>;
  /** The calls with an API path that one of the regular expressions matches, in source order; each path is looked at once. */
  calledBy(...tests: readonly RegExp[]): readonly CallFact[];
}

/** Each part is made when the module is first asked for it. */
export const factIndex: (facts: ModuleFacts) => FactIndex = oncePer((facts) => ({
  callAt: { get: (node) => callAt(facts, node) },
  definedAs: (qualifiedName) => definitionsByName(facts).get(qualifiedName) ?? [],
  functionNamed: (qualifiedName) => definitionsByName(facts).get(qualifiedName)?.find(isFunction),
  classNamed: (qualifiedName) => definitionsByName(facts).get(qualifiedName)?.find(isClass),
  callsIn: (scope) => callsByScope(facts).get(scope) ?? [],
  calledByName: (name) => callsByName(facts).get(name) ?? [],
  methodsOf: (owner) => functionsByOwner(facts).get(owner) ?? [],
  assignedFrom: (value) => assignmentsByValue(facts).get(value),
  assignmentsIn: (scope) => assignmentsByScope(facts).get(scope) ?? [],
  assignmentsTo: (scope, name) => assignmentsOfName(facts)(name)?.get(scope) ?? [],
  calledAs: (patterns) => callsByPattern(facts)(patterns),
  calledBy: (...tests) => callsOfPaths(facts, (path) => tests.some((test) => test.test(path))),
}));

function isFunction({ kind }: DefinitionFact): boolean {
  return kind === "function";
}

function isClass({ kind }: DefinitionFact): boolean {
  return kind === "class";
}

const definitionsByName: (facts: ModuleFacts) => ReadonlyMap<string, readonly DefinitionFact[]> = oncePer(
  ({ definitions }) => Map.groupBy(definitions, ({ qualifiedName }) => qualifiedName),
);

const callsByScope: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer((facts) =>
  Map.groupBy(facts.calls, ({ node }) => facts.scopeOf(node)),
);

const callsByName: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer(({ calls }) =>
  Map.groupBy(calls, ({ name }) => name),
);

const functionsByOwner: (facts: ModuleFacts) => ReadonlyMap<string, readonly DefinitionFact[]> = oncePer(
  ({ definitions }) =>
    Map.groupBy(
      definitions.filter(({ kind }) => kind === "function"),
      ({ qualifiedName, name }) => qualifiedName.slice(0, -name.length - 1),
    ),
);

const assignmentsByValue: (facts: ModuleFacts) => ReadonlyMap<number, AssignmentFact> = oncePer(
  ({ assignments }) => new Map(assignments.toReversed().map((fact) => [fact.value, fact])),
);

const assignmentsByScope: (facts: ModuleFacts) => ReadonlyMap<string, readonly AssignmentFact[]> = oncePer((facts) =>
  Map.groupBy(facts.assignments, ({ node }) => facts.scopeOf(node)),
);

/** Those of a name by their scopes, sorted when the name is first asked for. */
const assignmentsOfName: (
  facts: ModuleFacts,
) => (name: string) => ReadonlyMap<string, readonly AssignmentFact[]> | undefined = oncePer((facts) => {
  const byName = Map.groupBy(facts.assignments, ({ name }) => name);
  const known = new Map<string, ReadonlyMap<string, readonly AssignmentFact[]>>();
  return (name) => {
    const ofName = byName.get(name);
    if (ofName !== undefined && !known.has(name))
      known.set(
        name,
        Map.groupBy(ofName, ({ node }) => facts.scopeOf(node)),
      );
    return known.get(name);
  };
});

function callsOfPaths(facts: ModuleFacts, isWanted: (path: string) => boolean): readonly CallFact[] {
  const found = new Set<CallFact>();
  for (const [path, calls] of callsByCallee(facts)) if (isWanted(path)) for (const call of calls) found.add(call);
  return [...found].sort((a, b) => a.node - b.node);
}

/** Patterns are compared with the paths that a module calls, each once, and of those with the ones that end alike. */
const callsByPattern: (facts: ModuleFacts) => FactIndex["calledAs"] = oncePer((facts) => {
  const byPath = callsByCallee(facts);
  const known = new Map<string, readonly CallFact[]>();
  return (patterns) => new Set(patterns.flatMap(called));

  function called(pattern: string): readonly CallFact[] {
    if (!pattern.includes("*")) return byPath.get(pattern) ?? [];
    let found = known.get(pattern);
    if (found === undefined) {
      const end = lastPart(pattern);
      const paths = end.includes("*") ? [...byPath.keys()] : (pathsByEnd(facts).get(end) ?? []);
      const matching = paths.filter((path) => matchesPath(path, pattern));
      const method = /^\*\.(\w+)$/.exec(pattern)?.[1] ?? "";
      found = [...(callsByMethod(facts).get(method) ?? []), ...matching.flatMap((path) => byPath.get(path) ?? [])];
      known.set(pattern, found);
    }
    return found;
  }
});

const pathsByEnd: (facts: ModuleFacts) => ReadonlyMap<string, readonly string[]> = oncePer((facts) =>
  Map.groupBy(callsByCallee(facts).keys(), lastPart),
);
