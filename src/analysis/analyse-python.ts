import type { DocumentFacts } from "../documents/document.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import type { ParseRefusal, SyntaxArrays } from "../python/syntax-arrays.ts";
import { spanOf } from "../python/walk.ts";
import { indexFacts } from "../rules/indexed-facts.ts";
import type { Matcher } from "../rules/match.ts";
import type { Level, Match, Rule } from "../rules/rule.ts";
import { analyseModule } from "../taint/analyse-module.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { FUNCTION_STEPS, MAX_DEPTH } from "../taint/machine/budgets.ts";
import type { Project } from "../taint/project.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOf, type FileContext, type KnownFile } from "./context.ts";
import { findIn, type IdentifiedFinding, type IdentityOf, type RuleInForce } from "./find-in-module.ts";
import type { Notice } from "./finding.ts";
import type { KeptOut } from "./kept-out.ts";
import type { RememberingParser } from "./parse-once.ts";
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

/** What is known of the project around a file. */
export interface Surroundings {
  readonly project: Project;
  readonly versionOf: VersionsInUse;
  readonly isKeptOut: KeptOut;
  /** Both sides of a change are looked at: what a module holds is asked for, whatever the rules look for. */
  readonly isCompared: boolean;
}

/** What is known beforehand of a version of a file, by another one, and what of its analysis is not needed. */
export interface OtherVersion {
  readonly syntax?: SyntaxArrays | undefined;
  /** The rules whose findings are asked for; all of them unless it is said. */
  readonly asked?: ReadonlySet<string>;
}

/** Parses, interprets and matches one file, and what its flows reach in the modules of `project`. */
export function analysePython(
  parser: RememberingParser,
  catalogue: Catalogue,
  { path, text, context }: KnownFile,
  options: AnalysisOptions,
  identityOf: IdentityOf,
  { project, versionOf, isKeptOut, isCompared }: Surroundings,
  other: OtherVersion = {},
): PythonAnalysis {
  const syntax = parser.parse(text, other.syntax);
  if ("reason" in syntax) return { ...NOTHING, notices: [refusalNotice(path, syntax)] };
  const rulesInForce = (rules: readonly Omit<RuleInForce, "level">[]) =>
    rules.flatMap((one): RuleInForce[] => {
      const level = other.asked?.has(one.rule.id) === false ? undefined : levelOf(one.rule, context, options);
      return level === undefined ? [] : [{ ...one, level, isSettled: options.levels[one.rule.id] !== undefined }];
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
  const awake = other.asked?.size === 0 ? [] : catalogue.awake(indexed);
  return {
    findings: findIn(indexed, rulesInForce(awake), work),
    elsewhere: elsewhere.flatMap((module) =>
      findIn(index(module), flowRules(rulesInForce(catalogue.modules), contextOf(module), options), work),
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

/** Of another file only its flows are known; a flow out of a test is as quiet as one in it. */
function flowRules(
  rules: readonly RuleInForce[],
  context: FileContext,
  options: AnalysisOptions,
): readonly RuleInForce[] {
  return rules.flatMap(({ rule, matcher, level, ...one }) => {
    const there = usesFlows(rule.match) ? levelOf(rule, context, options) : undefined;
    if (there === undefined) return [];
    // Without a fix: that it cures the flow could not be verified there.
    const ofFlows: Matcher = (facts) =>
      [...matcher(facts)].flatMap(({ fix, ...hit }) => (hit.flow === undefined ? [] : [hit]));
    return [{ ...one, rule, matcher: ofFlows, level: there === "note" ? there : level }];
  });
}

/** Whether what the rule finds may have begun in another file. */
export function usesFlows(match: Match): boolean {
  return match.kind === "taint" || ((match.kind === "any" || match.kind === "all") && match.of.some(usesFlows));
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
