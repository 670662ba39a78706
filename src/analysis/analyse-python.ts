import type { DocumentFacts } from "../documents/document.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import type { ParseRefusal, PythonParser, SyntaxArrays } from "../python/syntax-arrays.ts";
import { spanOf } from "../python/walk.ts";
import type { TakenOut } from "../rules/detector.ts";
import { buildFix } from "../rules/fix/build-fix.ts";
import { type Hit, type IndexedFacts, indexFacts, type Matcher } from "../rules/match.ts";
import { fillMessage } from "../rules/message.ts";
import type { Level, Match, Rule } from "../rules/rule.ts";
import { analyseModule } from "../taint/analyse-module.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { FUNCTION_STEPS, MAX_DEPTH } from "../taint/machine/machine.ts";
import type { Project } from "../taint/project.ts";
import type { Span } from "../text/span.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOf, type FileContext, type KnownFile } from "./context.ts";
import { excerptOf } from "./excerpt.ts";
import type { Finding, Fix, Notice, TraceStepShown } from "./finding.ts";
import { fingerprintOf, type Identity } from "./fingerprint.ts";
import type { KeptOut } from "./kept-out.ts";
import { identifyingText, isOnLines, type SecretPlace, secretPlaces, withoutSecrets } from "./secret-places.ts";
import type { SuppressionComment } from "./suppression-comments.ts";
import type { VersionsInUse } from "./versions-in-use.ts";

export interface PythonAnalysis {
  readonly findings: readonly IdentifiedFinding[];
  /** Flows that pass through the file and end in another one. */
  readonly elsewhere: readonly IdentifiedFinding[];
  /** Paths of the modules that were read. */
  readonly modules: readonly string[];
  /** Of the file and of the modules that it imports. */
  syntaxOf(path: string): SyntaxArrays | undefined;
  readonly notices: readonly Notice[];
  readonly syntax: SyntaxArrays | undefined;
  /** Dotted names of the functions and classes in the file. */
  readonly scopes: readonly string[];
  /** What a comparison of both sides of a change asks; undefined where there is no Python. */
  readonly facts: ModuleFacts | undefined;
  /** The same of a dependency file. */
  readonly manifest?: ManifestFacts;
  readonly document?: DocumentFacts;
  /** Those that silence findings, where they are not read from `syntax`. */
  readonly comments?: readonly SuppressionComment[];
}

export interface IdentifiedFinding {
  readonly finding: Finding;
  readonly identity: Identity;
  readonly tookOut?: TakenOut;
}

/** Names a file in fingerprints: by the path it had at the base, so that a renamed file keeps its findings. */
export type IdentityOf = (path: string) => string;

/** What is known of the project around a file. */
export interface Surroundings {
  readonly project: Project;
  readonly versionOf: VersionsInUse;
  readonly isKeptOut: KeptOut;
  /** Both sides of a change are looked at: what a module holds is asked for, whatever the rules look for. */
  readonly isCompared: boolean;
}

/** Parses, interprets and matches one file, and what its flows reach in the modules of `project`. */
export function analysePython(
  parser: PythonParser,
  catalogue: Catalogue,
  { path, text, context }: KnownFile,
  options: AnalysisOptions,
  identityOf: IdentityOf,
  { project, versionOf, isKeptOut, isCompared }: Surroundings,
): PythonAnalysis {
  const syntax = parser.parse(text);
  if ("reason" in syntax) return { ...NOTHING, notices: [refusalNotice(path, syntax)] };
  const rulesInForce = (rules: readonly Omit<RuleInForce, "level">[]) =>
    rules.flatMap((one): RuleInForce[] => {
      const level = levelOf(one.rule, context, options);
      return level === undefined ? [] : [{ ...one, level }];
    });
  const isConcerned = catalogue.modules.some(
    ({ rule, concerns }) => levelOf(rule, context, options) !== undefined && concerns(text),
  );
  if (!isConcerned && !isCompared) return { ...NOTHING, notices: syntaxNotices(path, syntax), syntax };
  const { facts, elsewhere, modules, syntaxOf } = analyseModule({ path, syntax, models: catalogue.models, project });
  const notices: Notice[] = [...syntaxNotices(path, syntax), ...spentNotices(path, facts)];
  const scopes = facts.definitions.map(({ qualifiedName }) => qualifiedName);
  const work = { identityOf, syntaxOf, notices };
  const index = (of: ModuleFacts) =>
    indexFacts(
      of,
      (name) => versionOf(of.path, name),
      (name) => isKeptOut(of.path, name),
    );
  const indexed = index(facts);
  const findings = findIn(indexed, rulesInForce(catalogue.awake(indexed)), work);
  return {
    findings,
    elsewhere: elsewhere.flatMap((other) =>
      findIn(index(other), flowRules(rulesInForce(catalogue.modules), contextOf(other), options), work),
    ),
    modules,
    syntaxOf,
    notices,
    syntax,
    scopes,
    facts,
  };
}

export const NOTHING: PythonAnalysis = {
  findings: [],
  elsewhere: [],
  modules: [],
  syntaxOf: () => undefined,
  notices: [],
  syntax: undefined,
  scopes: [],
  facts: undefined,
};

export interface RuleInForce {
  readonly rule: Rule;
  readonly matcher: Matcher;
  readonly level: Level;
}

/** Of another file only its flows are known; a flow out of a test is as quiet as one in it. */
function flowRules(
  rules: readonly RuleInForce[],
  context: FileContext,
  options: AnalysisOptions,
): readonly RuleInForce[] {
  return rules.flatMap(({ rule, matcher, level }) => {
    const there = usesFlows(rule.match) ? levelOf(rule, context, options) : undefined;
    if (there === undefined) return [];
    // Without a fix: that it cures the flow could not be verified there.
    const ofFlows: Matcher = (facts) =>
      [...matcher(facts)].flatMap(({ fix, ...hit }) => (hit.flow === undefined ? [] : [hit]));
    return [{ rule, matcher: ofFlows, level: there === "note" ? there : level }];
  });
}

/** Whether what the rule finds may have begun in another file. */
export function usesFlows(match: Match): boolean {
  return match.kind === "taint" || ((match.kind === "any" || match.kind === "all") && match.of.some(usesFlows));
}

export interface Work {
  readonly identityOf: IdentityOf;
  readonly syntaxOf: PythonAnalysis["syntaxOf"];
  /** A rule that fails adds to them. */
  readonly notices: Notice[];
}

/** What rules find in one module, in source order: one finding a place and cause. */
export function findIn(indexed: IndexedFacts, rules: readonly RuleInForce[], work: Work): readonly IdentifiedFinding[] {
  const { facts } = indexed;
  const { path, syntax } = facts;
  const found: Found[] = [];
  for (const { rule, matcher, level } of rules) {
    try {
      found.push(
        ...dedupe(
          [...matcher(indexed)].map((hit): Found => ({ rule, level, hit, span: hit.span ?? spanOf(syntax, hit.node) })),
        ),
      );
    } catch (error) {
      work.notices.push({
        kind: "rule-failed",
        path,
        ruleId: rule.id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const kept = withoutSuperseded(found).sort((a, b) => a.span.start.offset - b.span.start.offset || compareIds(a, b));
  const ordinals = new Map<string, number>();
  const secrets = secretPlaces(
    facts.syntax,
    found.filter(({ rule }) => rule.tags.includes("secret")).map(({ span }) => span),
  );
  return kept.map((one) => toFinding(facts, one, ordinals, { ...work, secrets }));
}

interface Found {
  readonly rule: Rule;
  readonly level: Level;
  readonly hit: Hit;
  readonly span: Span;
}

/** The level that a rule reports at in a file of that kind; undefined where it is silent. */
export function levelOf(rule: Rule, context: FileContext, { profile, levels }: AnalysisOptions): Level | undefined {
  const configured = levels[rule.id];
  if (configured === "off") return undefined;
  const level = configured ?? rule.level;
  if (profile === "audit") return level;
  if (rule.profile === "audit" && configured === undefined) return undefined;
  if (context === "vendored") return undefined;
  if (context === "product" || rule.inTests === "same") return level;
  if (context === "claimed") return level === "error" ? level : undefined;
  return context === "test" && rule.inTests === "note" ? "note" : undefined;
}

/** One finding of a rule at a place; of several flows the one with the shortest way. */
function dedupe(found: readonly Found[]): Found[] {
  const byPlace = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.span.start.offset}:${one.span.end.offset}`;
    const before = byPlace.get(key);
    const isShorter = (one.hit.flow?.trace.steps.length ?? 0) < (before?.hit.flow?.trace.steps.length ?? 0);
    if (before === undefined || isShorter) byPlace.set(key, one);
  }
  const kept = [...byPlace.values()];
  return kept.filter((one) => !isAroundAnother(one, kept));
}

/** A flow that goes on through an inner sink, `eval(compile(text))`, is said there alone. */
function isAroundAnother({ hit, span }: Found, others: readonly Found[]): boolean {
  const source = hit.flow?.trace.steps[0];
  if (source === undefined) return false;
  return others.some(({ hit: { flow, node }, span: inner }) => {
    const first = flow?.trace.steps[0];
    const isInner = node !== hit.node && span.start.offset <= inner.start.offset && inner.end.offset <= span.end.offset;
    return isInner && first?.path === source.path && first.node === source.node;
  });
}

/** A rule that says it more exactly silences the others on the lines of its finding. */
function withoutSuperseded(found: readonly Found[]): Found[] {
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.rule.supersedes.includes(one.rule.id) &&
          other.span.start.line <= one.span.end.line &&
          one.span.start.line <= other.span.end.line,
      ),
  );
}

function toFinding(
  facts: ModuleFacts,
  { rule, level, hit, span }: Found,
  ordinals: Map<string, number>,
  { identityOf, syntaxOf, secrets }: Work & { readonly secrets: readonly SecretPlace[] },
): IdentifiedFinding {
  const { path } = facts;
  const scope = facts.scopeOf(hit.node);
  const text = identifyingText(facts.text, span.start.offset, span.end.offset, secrets);
  const identity: Identity = { ruleId: rule.id, path: identityOf(path), scope, text, source: hit.flow?.source ?? "" };
  const base = fingerprintOf(identity, 0);
  const ordinal = ordinals.get(base) ?? 0;
  ordinals.set(base, ordinal + 1);
  const said = (words: string) => withoutSecrets(words, facts.text, secrets);
  const fix = fixOf(facts, hit, secrets);
  const trace = hit.flow?.trace.steps.map((step): TraceStepShown => {
    const span = spanOf(syntaxOf(step.path) ?? facts.syntax, step.node);
    return { location: { path: step.path, span }, role: step.role, note: said(step.note) };
  });
  const finding: Finding = {
    ruleId: rule.id,
    level,
    location: { path, span },
    scope,
    message: said(fillMessage(rule.message, hit.fields)),
    ...excerptOf(facts.text, span, secrets),
    ...(trace === undefined ? {} : { trace }),
    ...(fix === undefined ? {} : { fix }),
    fingerprint: fingerprintOf(identity, ordinal),
  };
  const { tookOut } = hit;
  return { finding, identity, ...(tookOut && { tookOut: { ...tookOut, said: said(tookOut.said) } }) };
}

/** None on lines with a secret: what shows a fix shows the whole lines. */
function fixOf(facts: ModuleFacts, hit: Hit, secrets: readonly SecretPlace[]): Fix | undefined {
  if (hit.fix === undefined) return undefined;
  const edits = buildFix(facts, hit, hit.fix);
  if (edits === undefined || edits.some(({ span }) => isOnLines(facts.text, span, secrets))) return undefined;
  return { title: hit.fix.title, applicability: hit.fix.applicability, edits };
}

function compareIds(a: Found, b: Found): number {
  return a.rule.id < b.rule.id ? -1 : 1;
}

function refusalNotice(path: string, { reason, measured, limit }: ParseRefusal): Notice {
  switch (reason) {
    case "too-large":
      return { kind: "limit", path, limit: "size", measured, bound: limit };
    case "too-many-nodes":
      return { kind: "limit", path, limit: "nodes", measured, bound: limit };
    case "too-many-continuations":
      return { kind: "limit", path, limit: "continuations", measured, bound: limit };
    case "too-slow":
      return { kind: "too-slow", path, milliseconds: limit };
  }
}

/** One notice a file: the first place that is not Python. */
function syntaxNotices(path: string, syntax: SyntaxArrays): Notice[] {
  const [first] = syntax.errors;
  return first === undefined ? [] : [{ kind: "syntax-error", location: { path, span: spanOf(syntax, first) } }];
}

function spentNotices(path: string, facts: ModuleFacts): Notice[] {
  return facts.spent.map(
    ({ budget }): Notice => ({ kind: "limit", path, limit: budget, measured: BUDGETS[budget], bound: BUDGETS[budget] }),
  );
}

const BUDGETS = { steps: FUNCTION_STEPS, depth: MAX_DEPTH } as const;
