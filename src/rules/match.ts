import { isChosen } from "../python/chosen-guard.ts";
import { isUnderDebugGuard } from "../python/debug-guard.ts";
import { isDeciphering } from "../python/deciphering.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { textOf } from "../python/walk.ts";
import type { CallFact, Flow, ModuleFacts } from "../taint/facts.ts";
import type { ModelIndex } from "../taint/models/model-index.ts";
import type { Detection, Detector } from "./detector.ts";
import { flowFields } from "./flow-fields.ts";
import type { IndexedFacts } from "./indexed-facts.ts";
import type { FixTemplate, Level, Match, Rule, VersionTest } from "./rule.ts";
import { IMPORTERS } from "./triggers.ts";
import { argumentPasses, valuePasses } from "./value-test.ts";
import { versionPasses } from "./version-test.ts";

/** One place where a rule's pattern was found: what the message, the fix and the fingerprint are made of. */
export interface Hit extends Detection {
  readonly fix?: FixTemplate;
}

/** Finds a rule's pattern in a module. Compiled once a rule; asks only for what its pattern names. */
export type Matcher = (facts: IndexedFacts) => Iterable<Hit>;

/** Throws on a detector that does not exist, or options that it does not know. */
export function compileMatch(
  rule: Rule,
  match: Match,
  models: ModelIndex,
  detectors: ReadonlyMap<string, Detector>,
): Matcher {
  const { when, unlessCalled, unlessIgnored, unlessDebugging, unlessChosen, noteIfDeciphering, atMost, ...pattern } =
    match;
  const isOfPython = pattern.kind !== "detector" || detectors.get(pattern.name)?.kind === "module";
  if ((when !== undefined || unlessIgnored !== undefined) && !isOfPython)
    throw new TypeError(`${rule.id}: \`when\` and \`unless-ignored\` are asked of patterns over Python code alone`);
  let matcher = compilePattern(rule, pattern, models, detectors);
  if (unlessCalled !== undefined) matcher = withoutCalls(matcher, unlessCalled.map(models.canonical));
  if (unlessDebugging === true) matcher = without(matcher, isUnderDebugGuard);
  if (unlessChosen === true) matcher = without(matcher, isChosen);
  if (noteIfDeciphering === true) matcher = withBound(matcher, "note", isDeciphering);
  if (when !== undefined) matcher = withVersion(matcher, when);
  if (atMost !== undefined) matcher = withBound(matcher, atMost);
  return unlessIgnored === undefined ? matcher : withoutIgnored(matcher, unlessIgnored);
}

/** The pattern alone, without what has to hold beside it. */
function compilePattern(
  rule: Rule,
  match: Match,
  models: ModelIndex,
  detectors: ReadonlyMap<string, Detector>,
): Matcher {
  const { canonical } = models;
  switch (match.kind) {
    case "call":
      return matchCalls(rule, match, canonical);
    case "assignment":
      return matchAssignments(rule, match, canonical);
    case "taint":
      return matchFlows(rule, match);
    case "import":
      return (indexed) => matchImports(indexed, match.module);
    case "reference": {
      const paths = match.path.map(canonical);
      return (indexed) => matchReferences(indexed, paths);
    }
    case "definition":
      return matchDefinitions(match, canonical);
    case "detector":
      return matchDetections(rule, match, detectors);
    case "manifest":
      return () => [];
    case "any":
      return anyOf(match.of.map((part) => compileMatch(rule, part, models, detectors)));
    case "all":
      return allOf(match.of.map((part) => compileMatch(rule, part, models, detectors)));
  }
}

type Pattern<K extends Match["kind"]> = Extract<Match, { readonly kind: K }>;

type Canonical = ModelIndex["canonical"];

function matchCalls(rule: Rule, match: Pattern<"call">, canonical: Canonical): Matcher {
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

function matchAssignments(rule: Rule, match: Pattern<"assignment">, canonical: Canonical): Matcher {
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

function matchFlows({ fix }: Rule, match: Pattern<"taint">): Matcher {
  const labels = new Set(match.from);
  return function* ({ facts, flowsByKind }) {
    const flows = match.to.flatMap((kind) => flowsByKind.get(kind) ?? []).filter(({ label }) => labels.has(label));
    for (const flow of match.oncePer === "source" ? shortestOfEach(flows) : flows) {
      yield { node: flow.node, flow, fields: flowFields(facts, flow), ...(fix && { fix }) };
    }
  };
}

/** For each place at which flows begin, the shortest of them, or the first of the shortest. */
function shortestOfEach(flows: readonly Flow[]): readonly Flow[] {
  const bySource = Map.groupBy(flows, ({ trace: { steps } }) => `${steps[0]?.path}:${steps[0]?.node}`);
  return [...bySource.values()].map((alike) =>
    alike.reduce((a, b) => (b.trace.steps.length < a.trace.steps.length ? b : a)),
  );
}

function matchDetections(rule: Rule, match: Pattern<"detector">, detectors: ReadonlyMap<string, Detector>): Matcher {
  const detector = detectors.get(match.name);
  if (detector === undefined) throw new TypeError(`${rule.id}: no detector \`${match.name}\``);
  if (detector.kind !== "module") return () => [];
  const detect = detector.prepare(match.options);
  const fix = match.fix ?? rule.fix;
  return function* ({ facts }) {
    for (const detection of detect(facts)) yield { ...detection, ...(fix && { fix }) };
  };
}

/** What it finds weighs no more than that. */
function withBound(
  matcher: Matcher,
  atMost: Level,
  isBounded: (syntax: SyntaxArrays, node: number) => boolean = () => true,
): Matcher {
  return function* (indexed) {
    for (const hit of matcher(indexed)) yield isBounded(indexed.facts.syntax, hit.node) ? { ...hit, atMost } : hit;
  };
}

/** What the first one finds, where all the others find the same node. */
function allOf([first, ...others]: readonly Matcher[]): Matcher {
  return function* (indexed) {
    const found = others.map((matcher) => new Set([...matcher(indexed)].map(({ node }) => node)));
    for (const hit of first(indexed)) if (found.every((nodes) => nodes.has(hit.node))) yield hit;
  };
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

function without(matcher: Matcher, isGuarded: (syntax: SyntaxArrays, node: number) => boolean): Matcher {
  return function* (indexed) {
    for (const hit of matcher(indexed)) if (!isGuarded(indexed.facts.syntax, hit.node)) yield hit;
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
  const said = new Set<string>();
  for (const { node, module, member } of facts.imports) {
    const full = member === undefined ? module : `${module}.${member}`;
    // Of one module several names may be imported at once: it is the module that is not wanted.
    const statement = `${facts.syntax.parent[node]} ${module}`;
    if (said.has(statement) && isWanted(module)) continue;
    said.add(statement);
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

function matchDefinitions(match: Pattern<"definition">, canonical: Canonical): Matcher {
  const decorators = match.decorators.map(canonical);
  const bases = match.bases.flatMap((base) => [canonical(base), canonical(`${base}()`)]);
  return ({ facts }) => definitionsLike(facts, match, decorators, bases);
}

function* definitionsLike(
  facts: ModuleFacts,
  match: Pattern<"definition">,
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
