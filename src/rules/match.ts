import { Field, Kind } from "../python/kinds.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../python/walk.ts";
import type { AssignmentFact, CallFact, Flow, ModuleFacts } from "../taint/facts.ts";
import type { ModelIndex } from "../taint/models/model-index.ts";
import { oncePer } from "../text/once-per.ts";
import type { Detection, Detector } from "./detector.ts";
import { flowFields } from "./flow-fields.ts";
import type { FixTemplate, Match, Rule, VersionTest } from "./rule.ts";
import { IMPORTERS } from "./triggers.ts";
import { argumentPasses, valuePasses } from "./value-test.ts";
import { type VersionOf, versionPasses } from "./version-test.ts";

/** One place where a rule's pattern was found: what the message, the fix and the fingerprint are made of. */
export interface Hit extends Detection {
  readonly fix?: FixTemplate;
}

/** Finds a rule's pattern in a module. Compiled once a rule; asks only for what its pattern names. */
export type Matcher = (facts: IndexedFacts) => Iterable<Hit>;

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
  const calls = sorted(() => group(facts.calls, ({ callee }) => callee));
  const methods = sorted(() => group(facts.calls, ({ name }) => methodOf(name)));
  const assignments = sorted(() => group(facts.assignments, ({ paths }) => paths));
  const flows = sorted(() => group(facts.flows, ({ kind }) => [kind]));
  return {
    facts,
    get callsByCallee() {
      return calls();
    },
    get callsByMethod() {
      return methods();
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

/** `send` of `self.socket.send`; nothing where no method is called by its name. */
function methodOf(name: string): readonly string[] {
  const point = name.lastIndexOf(".");
  return point < 0 ? [] : [name.slice(point + 1).trimStart()];
}

/** Throws on a detector that does not exist, or options that it does not know. */
export function compileMatch(
  rule: Rule,
  match: Match,
  models: ModelIndex,
  detectors: ReadonlyMap<string, Detector>,
): Matcher {
  const { canonical } = models;
  const { when, unlessCalled, unlessIgnored, ...pattern } = match;
  const isOfPython = pattern.kind !== "detector" || detectors.get(pattern.name)?.kind === "module";
  if ((when !== undefined || unlessIgnored !== undefined) && !isOfPython)
    throw new TypeError(`${rule.id}: \`when\` and \`unless-ignored\` are asked of patterns over Python code alone`);
  if (unlessIgnored !== undefined) {
    const rest = { ...pattern, ...(when && { when }), ...(unlessCalled && { unlessCalled }) };
    return withoutIgnored(compileMatch(rule, rest, models, detectors), unlessIgnored);
  }
  if (when !== undefined)
    return withVersion(
      compileMatch(rule, { ...pattern, ...(unlessCalled && { unlessCalled }) }, models, detectors),
      when,
    );
  if (unlessCalled !== undefined)
    return withoutCalls(compileMatch(rule, pattern, models, detectors), unlessCalled.map(canonical));
  switch (match.kind) {
    case "call": {
      const callees = [...new Set(match.callee.map(canonical))];
      const { where, unless = [] } = match;
      const fix = match.fix ?? rule.fix;
      return function* (indexed) {
        for (const callee of callees) {
          for (const call of callsOf(indexed, callee)) {
            if (!where.every((test) => argumentPasses(call, test, canonical, indexed.facts.syntax))) continue;
            if (unless.some((test) => argumentPasses(call, test, canonical, indexed.facts.syntax))) continue;
            yield { node: call.node, call, fields: { callee: call.name, name: call.name }, ...(fix && { fix }) };
          }
        }
      };
    }
    case "assignment": {
      const targets = [...new Set(match.target.map(canonical))];
      const fix = match.fix ?? rule.fix;
      return function* ({ assignmentsByTarget }) {
        for (const target of targets) {
          for (const { node, name, value, valueFact } of assignmentsByTarget.get(target) ?? []) {
            if (!valuePasses(valueFact, match.value, canonical)) continue;
            yield { node, value, fields: { name }, ...(fix && { fix }) };
          }
        }
      };
    }
    case "taint": {
      const labels = new Set(match.from);
      return function* ({ facts, flowsByKind }) {
        for (const kind of match.to) {
          for (const flow of flowsByKind.get(kind) ?? []) {
            if (labels.has(flow.label))
              yield { node: flow.node, flow, fields: flowFields(facts, flow), ...(rule.fix && { fix: rule.fix }) };
          }
        }
      };
    }
    case "import":
      return (indexed) => matchImports(indexed, match.module);
    case "reference": {
      const paths = match.path.map(canonical);
      return (indexed) => matchReferences(indexed, paths);
    }
    case "definition":
      return matchDefinitions(match, canonical);
    case "detector": {
      const detector = detectors.get(match.name);
      if (detector === undefined) throw new TypeError(`${rule.id}: no detector \`${match.name}\``);
      if (detector.kind !== "module") return () => [];
      const detect = detector.prepare(match.options);
      const fix = match.fix ?? rule.fix;
      return function* ({ facts }) {
        for (const detection of detect(facts)) yield { ...detection, ...(fix && { fix }) };
      };
    }
    case "manifest":
      return () => [];
    case "any":
      return anyOf(match.of.map((part) => compileMatch(rule, part, models, detectors)));
    case "all": {
      const [first, ...others] = match.of.map((part) => compileMatch(rule, part, models, detectors));
      return function* (indexed) {
        const found = others.map((matcher) => new Set([...matcher(indexed)].map(({ node }) => node)));
        for (const hit of first(indexed)) if (found.every((nodes) => nodes.has(hit.node))) yield hit;
      };
    }
  }
}

/** What each of them finds, one after the other. */
export function anyOf(matchers: readonly Matcher[]): Matcher {
  const [only, ...others] = matchers;
  if (only !== undefined && others.length === 0) return only;
  return function* (indexed) {
    for (const matcher of matchers) yield* matcher(indexed);
  };
}

/** The version is looked up where there is something to say. */
function withVersion(matcher: Matcher, when: VersionTest): Matcher {
  return function* (indexed) {
    for (const hit of matcher(indexed)) {
      if (!versionPasses(indexed.versionOf(when.package), when)) return;
      yield hit;
    }
  };
}

function withoutIgnored(matcher: Matcher, name: string): Matcher {
  return function* (indexed) {
    for (const hit of matcher(indexed)) {
      if (indexed.isIgnored(name) !== false) return;
      yield hit;
    }
  };
}

function withoutCalls(matcher: Matcher, callees: readonly string[]): Matcher {
  return function* (indexed) {
    if (!callees.some((callee) => isCalled(indexed, callee))) yield* matcher(indexed);
  };
}

function isCalled(indexed: IndexedFacts, callee: string): boolean {
  if (!callee.endsWith(".*")) return callsOf(indexed, callee).length > 0;
  return [...indexed.callsByCallee.keys()].some((path) => path.startsWith(callee.slice(0, -1)));
}

function callsOf({ facts, callsByCallee, callsByMethod }: IndexedFacts, callee: string): readonly CallFact[] {
  if (callee === "*") return facts.calls;
  return (callee.startsWith("*.") ? callsByMethod.get(callee.slice(2)) : callsByCallee.get(callee)) ?? [];
}

function* matchImports({ facts, callsByCallee }: IndexedFacts, modules: readonly string[]): Iterable<Hit> {
  const isWanted = (name: string) => modules.some((wanted) => name === wanted || name.startsWith(`${wanted}.`));
  for (const { node, module, member } of facts.imports) {
    const full = member === undefined ? module : `${module}.${member}`;
    if (isWanted(module) || modules.includes(full)) yield { node, fields: { name: full } };
  }
  for (const importer of IMPORTERS) {
    for (const call of callsByCallee.get(importer) ?? []) {
      const [name, other] = call.args[0]?.value.constants ?? [];
      if (typeof name === "string" && other === undefined && isWanted(name))
        yield { node: call.node, fields: { name } };
    }
  }
}

function* matchReferences({ facts, passedOnByPath }: IndexedFacts, paths: readonly string[]): Iterable<Hit> {
  const named = new Set(paths.flatMap((path) => passedOnByPath.get(path) ?? []));
  for (const node of [...named].sort((a, b) => a - b)) yield { node, fields: { name: textOf(facts.syntax, node) } };
}

const passedOnByPath: (facts: ModuleFacts) => ReadonlyMap<string, readonly number[]> = oncePer(
  ({ syntax, pathsOf }) => {
    const byPath = new Map<string, number[]>();
    for (const kind of [Kind.identifier, Kind.attribute]) {
      for (const node of nodesOfKind(syntax, kind)) {
        if (isPassedOn(syntax, node)) for (const path of pathsOf(node)) addTo(byPath, path, node);
      }
    }
    return byPath;
  },
);

/** Kinds that use a value and hand it on to nobody. */
const KEEPS = new Uint8Array(65_536);
for (const kind of [Kind.call, Kind.attribute, Kind.type, Kind.decorator, Kind.comparison_operator]) KEEPS[kind] = 1;

/** Whether a name stands where its value goes elsewhere: neither called, nor looked into, nor a type. */
function isPassedOn(syntax: SyntaxArrays, node: number): boolean {
  const above = syntax.parent[node];
  if (KEEPS[syntax.kind[above]] === 1) return false;
  switch (syntax.kind[above]) {
    case Kind.assignment:
    case Kind.keyword_argument:
      return childByField(syntax, above, Field.right) === node || childByField(syntax, above, Field.value) === node;
    case Kind.dotted_name:
    case Kind.aliased_import:
      return ancestorOfKind(syntax, node, Kind.import_statement, Kind.import_from_statement) === NONE;
    default:
      return true;
  }
}

function matchDefinitions(
  match: Extract<Match, { readonly kind: "definition" }>,
  canonical: (path: string) => string,
): Matcher {
  const decorators = match.decorators.map(canonical);
  const bases = match.bases.flatMap((base) => [canonical(base), canonical(`${base}()`)]);
  return ({ facts }) => definitionsLike(facts, match, decorators, bases);
}

function* definitionsLike(
  facts: ModuleFacts,
  match: Extract<Match, { readonly kind: "definition" }>,
  decorators: readonly string[],
  bases: readonly string[],
): Iterable<Hit> {
  for (const definition of facts.definitions) {
    const isKind = match.of === "route" ? definition.isRoute : definition.kind === match.of;
    if (!isKind || (match.names.length > 0 && !match.names.includes(definition.name))) continue;
    const decorator = definition.decorators.find(({ paths }) => paths.some((path) => decorators.includes(path)));
    if (decorators.length > 0 && decorator === undefined) continue;
    if (bases.length > 0 && !definition.bases.some(({ paths }) => paths.some((path) => bases.includes(path)))) continue;
    const names = definition.parameters.map(({ name }) => name);
    if (!match.parameters.every((name) => names.includes(name))) continue;
    yield { node: decorator?.node ?? definition.node, fields: { name: decorator?.name ?? definition.name } };
  }
}

function group<T>(items: readonly T[], keys: (item: T) => readonly string[]): Map<string, T[]> {
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
