import { concernsOf } from "../rules/concerns.ts";
import type { ChangeComparison, Detector, DocumentComparison, ManifestComparison } from "../rules/detector.ts";
import { compileMatch, type Matcher } from "../rules/match.ts";
import { compileChangeMatch, compileDocumentChangeMatch, compileManifestChangeMatch } from "../rules/match-change.ts";
import {
  compileDocumentMatch,
  compileManifestMatch,
  type DocumentMatcher,
  type ManifestMatcher,
} from "../rules/match-manifest.ts";
import type { Rule } from "../rules/rule.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { type Awake, indexTriggers } from "../rules/trigger-index.ts";
import { triggersOf } from "../rules/triggers.ts";
import { compileModels, type ModelIndex } from "../taint/model-index.ts";

/** All rules and models, compiled once for all files. */
export interface Catalogue {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly models: ModelIndex;
  readonly modules: readonly {
    readonly rule: Rule;
    readonly matcher: Matcher;
    /** Whether a text can hold what the rule looks for. */
    readonly concerns: (text: string) => boolean;
  }[];
  /** The rules of `modules` that may find something in a module; the others are sure to find nothing. */
  readonly awake: Awake<Rule>;
  readonly manifests: readonly { readonly rule: Rule; readonly matcher: ManifestMatcher }[];
  readonly documents: readonly { readonly rule: Rule; readonly matcher: DocumentMatcher }[];
  readonly changes: readonly { readonly rule: Rule; readonly comparison: ChangeComparison }[];
  readonly manifestChanges: readonly { readonly rule: Rule; readonly compare: ManifestComparison }[];
  readonly documentChanges: readonly { readonly rule: Rule; readonly comparison: DocumentComparison }[];
}

export function compileCatalogue(ruleSet: RuleSet, detectors: ReadonlyMap<string, Detector>): Catalogue {
  const models = compileModels(ruleSet.vocabulary, ruleSet.models);
  return {
    rules: new Map(ruleSet.rules.map((rule) => [rule.id, rule])),
    models,
    modules: ruleSet.rules.map((rule) => ({
      rule,
      matcher: compileMatch(rule, rule.match, models, detectors),
      concerns: concernsOf(rule.match, detectors),
    })),
    awake: indexTriggers(
      ruleSet.rules.map((rule) => [rule, triggersOf(rule.match, models.canonical, detectors)] as const),
    ),
    manifests: ruleSet.rules.flatMap((rule) =>
      compileManifestMatch(rule, rule.match, detectors).map((matcher) => ({ rule, matcher })),
    ),
    documents: ruleSet.rules.flatMap((rule) =>
      compileDocumentMatch(rule, rule.match, detectors).map((matcher) => ({ rule, matcher })),
    ),
    changes: ruleSet.rules.flatMap((rule) =>
      compileChangeMatch(rule, rule.match, detectors).map((comparison) => ({ rule, comparison })),
    ),
    manifestChanges: ruleSet.rules.flatMap((rule) =>
      compileManifestChangeMatch(rule, rule.match, detectors).map((compare) => ({ rule, compare })),
    ),
    documentChanges: ruleSet.rules.flatMap((rule) =>
      compileDocumentChangeMatch(rule, rule.match, detectors).map((comparison) => ({ rule, comparison })),
    ),
  };
}
