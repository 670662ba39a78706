import { alternativesOf } from "../rules/alternatives.ts";
import { concernsOf } from "../rules/concerns.ts";
import type { ChangeComparison, Detector, DocumentComparison, ManifestComparison } from "../rules/detector.ts";
import type { IndexedFacts } from "../rules/indexed-facts.ts";
import { anyOf, compileMatch, type Matcher } from "../rules/match.ts";
import { compileChangeMatch, compileDocumentChangeMatch, compileManifestChangeMatch } from "../rules/match-change.ts";
import {
  compileDocumentMatch,
  compileManifestMatch,
  type DocumentMatcher,
  type ManifestMatcher,
} from "../rules/match-manifest.ts";
import type { Match, Rule } from "../rules/rule.ts";
import type { RuleSet, RuleTables } from "../rules/rule-set.ts";
import { indexTriggers } from "../rules/trigger-index.ts";
import { tableTriggers } from "../rules/trigger-tables.ts";
import { triggersOf } from "../rules/triggers.ts";
import { whenAsked } from "../rules/when-asked.ts";
import { compileModels, indexModels, type ModelIndex } from "../taint/models/model-index.ts";
import { tableModels } from "../taint/models/model-tables.ts";
import type { Vocabulary } from "../taint/models/vocabulary.ts";

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
  /** Rules that may find something in a module, each with those of its patterns that may; the others are sure to find nothing. */
  readonly awake: (indexed: IndexedFacts) => readonly { readonly rule: Rule; readonly matcher: Matcher }[];
  readonly manifests: readonly { readonly rule: Rule; readonly matcher: ManifestMatcher }[];
  readonly documents: readonly { readonly rule: Rule; readonly matcher: DocumentMatcher }[];
  readonly changes: readonly { readonly rule: Rule; readonly comparison: ChangeComparison }[];
  readonly manifestChanges: readonly { readonly rule: Rule; readonly compare: ManifestComparison }[];
  readonly documentChanges: readonly { readonly rule: Rule; readonly comparison: DocumentComparison }[];
}

/** Patterns over Python code are compiled when they are first asked: `checkRule` says beforehand what is wrong with them. */
export function compileCatalogue(ruleSet: RuleSet, detectors: ReadonlyMap<string, Detector>): Catalogue {
  const tables = ruleSet.tables ?? tablesOf(ruleSet, detectors);
  const models = indexModels(ruleSet.vocabulary, tables.models);
  const modules = ruleSet.rules.map((rule, at) => {
    const patterns = Array.from({ length: tables.alternatives[at] }, (_, part) => ({
      rule,
      matcher: whenAsked(() => compileMatch(rule, alternativesOf(rule.match)[part], models, detectors)),
    }));
    const matcher = anyOf(patterns.map((pattern) => pattern.matcher));
    return { rule, patterns, matcher, concerns: whenAsked(() => concernsOf(rule.match, detectors)) };
  });
  const awake = indexTriggers(
    modules.flatMap(({ patterns }) => patterns),
    tables.triggers,
  );
  const { manifests, documents, changes, manifestChanges, documentChanges } = compileOthers(ruleSet, detectors);
  return {
    rules: new Map(ruleSet.rules.map((rule) => [rule.id, rule])),
    models,
    modules,
    awake: (indexed) => byRule(awake(indexed)),
    get manifests() {
      return manifests();
    },
    get documents() {
      return documents();
    },
    get changes() {
      return changes();
    },
    get manifestChanges() {
      return manifestChanges();
    },
    get documentChanges() {
      return documentChanges();
    },
  };
}

/** One matcher for the patterns of each rule, which stand together. */
function byRule(patterns: readonly { readonly rule: Rule; readonly matcher: Matcher }[]) {
  const rules: { readonly rule: Rule; readonly matchers: Matcher[] }[] = [];
  for (const { rule, matcher } of patterns) {
    const last = rules.at(-1);
    if (last?.rule === rule) last.matchers.push(matcher);
    else rules.push({ rule, matchers: [matcher] });
  }
  return rules.map(({ rule, matchers }) => ({ rule, matcher: anyOf(matchers) }));
}

/** Patterns over other files and over both sides of a change, each sort compiled where it is first asked for: many scans never do. */
function compileOthers({ rules }: RuleSet, detectors: ReadonlyMap<string, Detector>) {
  const ofAll = <Of>(compile: (rule: Rule) => readonly Of[]) => {
    let compiled: readonly Of[] | undefined;
    return () => {
      compiled ??= rules.flatMap(compile);
      return compiled;
    };
  };
  return {
    manifests: ofAll((rule) => compileManifestMatch(rule, rule.match, detectors).map((matcher) => ({ rule, matcher }))),
    documents: ofAll((rule) => compileDocumentMatch(rule, rule.match, detectors).map((matcher) => ({ rule, matcher }))),
    changes: ofAll((rule) =>
      compileChangeMatch(rule, rule.match, detectors).map((comparison) => ({ rule, comparison })),
    ),
    manifestChanges: ofAll((rule) =>
      compileManifestChangeMatch(rule, rule.match, detectors).map((compare) => ({ rule, compare })),
    ),
    documentChanges: ofAll((rule) =>
      compileDocumentChangeMatch(rule, rule.match, detectors).map((comparison) => ({ rule, comparison })),
    ),
  };
}

/** What the rules and models of a set come to, for whoever reads it. */
export function tablesOf({ rules, vocabulary, models }: RuleSet, detectors: ReadonlyMap<string, Detector>): RuleTables {
  const tables = tableModels(vocabulary, models);
  const { canonical } = indexModels(vocabulary, tables);
  const patterns = rules.map(({ match }) => alternativesOf(match));
  const triggers = patterns.flat().map((match) => triggersOf(match, canonical, detectors));
  return { models: tables, alternatives: patterns.map(({ length }) => length), triggers: tableTriggers(triggers) };
}

/** Throws where the rule names a detector that there is not, or options that it does not know. */
export function checkRule(rule: Rule, vocabulary: Vocabulary, detectors: ReadonlyMap<string, Detector>): void {
  compileMatch(rule, rule.match, compileModels(vocabulary, []), detectors);
  for (const { name, options } of detectorsIn(rule.match)) {
    const detector = detectors.get(name);
    if (detector !== undefined && detector.kind !== "commit") detector.prepare(options);
  }
}

function detectorsIn(match: Match): readonly Extract<Match, { readonly kind: "detector" }>[] {
  if (match.kind === "detector") return [match];
  return match.kind === "any" || match.kind === "all" ? match.of.flatMap(detectorsIn) : [];
}
