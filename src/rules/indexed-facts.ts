import { firstFrom } from "../python/first-from.ts";
import { Field, Kind } from "../python/kinds.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import type { AssignmentFact, CallFact, Flow, ModuleFacts } from "../taint/facts.ts";
import { oncePer } from "../text/once-per.ts";
import type { VersionOf } from "./version-test.ts";

/** A module's facts with its calls, assignments and flows by what patterns ask for; each is sorted when it is first asked for. */
export interface IndexedFacts {
  readonly facts: ModuleFacts;
  readonly callsByCallee: ReadonlyMap<string, readonly CallFact[]>;
  /** By the method's name as it is written, whatever it is called on. */
  readonly callsByMethod: ReadonlyMap<string, readonly CallFact[]>;
  readonly assignmentsByTarget: ReadonlyMap<string, readonly AssignmentFact[]>;
  readonly flowsByKind: ReadonlyMap<string, readonly Flow[]>;
  /** The names and attributes that are passed on, by the API paths that they may be. */
  readonly passedOnByPath: ReadonlyMap<string, readonly number[]>;
  /** What the project says of the version of a package. */
  readonly versionOf: VersionOf;
  /** Whether Git keeps a file of this name out of the repository, where the module's program would look for it; undefined where nothing tells. */
  readonly isIgnored: IsIgnored;
}

export type IsIgnored = (name: string) => boolean | undefined;

export function indexFacts(
  facts: ModuleFacts,
  versionOf: VersionOf,
  isIgnored: IsIgnored = () => undefined,
): IndexedFacts {
  const sorted = <T>(sort: () => ReadonlyMap<string, readonly T[]>) => {
    let known: ReadonlyMap<string, readonly T[]> | undefined;
    return () => {
      known ??= sort();
      return known;
    };
  };
  const assignments = sorted(() => groupByEach(facts.assignments, ({ paths }) => paths));
  const flows = sorted(() => groupByEach(facts.flows, ({ kind }) => [kind]));
  return {
    facts,
    get callsByCallee() {
      return callsByCallee(facts);
    },
    get callsByMethod() {
      return callsByMethod(facts);
    },
    get assignmentsByTarget() {
      return assignments();
    },
    get flowsByKind() {
      return flows();
    },
    get passedOnByPath() {
      return passedOnByPath(facts);
    },
    versionOf,
    isIgnored,
  };
}

/** The call of a node, by halves: calls are in source order, and few of them are asked for. */
export function callAt({ calls }: ModuleFacts, node: number): CallFact | undefined {
  const found = calls[firstFrom(calls, node)];
  return found?.node === node ? found : undefined;
}

export const callsByCallee: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer(({ calls }) =>
  groupByEach(calls, ({ callee }) => callee),
);

export const callsByMethod: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer(({ calls }) =>
  groupByEach(calls, ({ name }) => methodOf(name)),
);

/** `send` of `self.socket.send`; nothing where no method is called by its name. */
function methodOf(name: string): readonly string[] {
  const point = name.lastIndexOf(".");
  return point < 0 ? [] : [name.slice(point + 1).trimStart()];
}

export const passedOnByPath: (facts: ModuleFacts) => ReadonlyMap<string, readonly number[]> = oncePer((facts) => {
  const byPath = new Map<string, number[]>();
  forEachPassedOn(facts, (path, node) => addTo(byPath, path, node));
  return byPath;
});

/** Each API path that a name or attribute may be which is passed on. */
export function forEachPassedOn({ syntax, pathsOf }: ModuleFacts, visit: (path: string, node: number) => void): void {
  for (const kind of [Kind.identifier, Kind.attribute]) {
    for (const node of nodesOfKind(syntax, kind)) {
      // What the syntax tells is cheaper than to look at the value.
      if (isPassedOn(syntax, node)) for (const path of pathsOf(node)) visit(path, node);
    }
  }
}

/** Kinds whose names are not handed on: they are called, looked into, compared, bound, imported, or a type. */
const KEEPS = new Uint8Array(65_536);
for (const kind of [
  Kind.call,
  Kind.attribute,
  Kind.type,
  Kind.decorator,
  Kind.comparison_operator,
  Kind.dotted_name,
  Kind.aliased_import,
  Kind.function_definition,
  Kind.class_definition,
  Kind.parameters,
  Kind.typed_parameter,
])
  KEEPS[kind] = 1;

/** Whether a name stands where its value goes elsewhere. */
function isPassedOn({ kind, parent, field }: SyntaxArrays, node: number): boolean {
  const above = kind[parent[node]];
  if (above === Kind.assignment || above === Kind.keyword_argument)
    return field[node] === Field.right || field[node] === Field.value;
  return KEEPS[above] === 0;
}

/** Items under each of their keys, in their order. */
export function groupByEach<T>(items: readonly T[], keys: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keys(item)) addTo(groups, key, item);
  }
  return groups;
}

function addTo<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
