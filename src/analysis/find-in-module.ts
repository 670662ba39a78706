import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { spanOf } from "../python/walk.ts";
import type { TakenOut } from "../rules/detector.ts";
import { buildFix } from "../rules/fix/build-fix.ts";
import type { IndexedFacts } from "../rules/indexed-facts.ts";
import { atMost, compareLevels } from "../rules/levels.ts";
import type { Hit, Matcher } from "../rules/match.ts";
import { fillMessage } from "../rules/message.ts";
import type { Level, Rule } from "../rules/rule.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { firstAt } from "../text/first-at.ts";
import type { Span } from "../text/span.ts";
import { excerptOf } from "./excerpt.ts";
import type { Finding, Fix, Notice, TraceStepShown } from "./finding.ts";
import { type Identity, namesOf } from "./fingerprint.ts";
import { saidBetter } from "./said-better.ts";
import { identifyingText, isOnLines, type SecretPlace, secretPlaces, withoutSecrets } from "./secret-places.ts";

export interface IdentifiedFinding {
  readonly finding: Finding;
  readonly identity: Identity;
  readonly tookOut?: TakenOut;
}

/** Names a file in fingerprints: by the path it had at the base, so that a renamed file keeps its findings. */
export type IdentityOf = (path: string) => string;

export interface RuleInForce {
  readonly rule: Rule;
  readonly matcher: Matcher;
  readonly level: Level;
  /** A configuration gave the level: it has the last word. */
  readonly isSettled?: boolean;
}

export interface Work {
  readonly identityOf: IdentityOf;
  readonly syntaxOf: (path: string) => SyntaxArrays | undefined;
  /** A rule that fails adds to them. */
  readonly notices: Notice[];
}

/** What rules find in one module, in source order: one finding a place and cause. */
export function findIn(indexed: IndexedFacts, rules: readonly RuleInForce[], work: Work): readonly IdentifiedFinding[] {
  const { facts } = indexed;
  const { path, syntax } = facts;
  const found: Found[] = [];
  for (const { rule, matcher, level, isSettled } of rules) {
    try {
      const hits = [...matcher(indexed)];
      if (hits.length === 0) continue;
      const ofRule = hits.map((hit): Found => {
        const weight = isSettled === true ? level : atMost(level, hit.atMost);
        return { rule, level: weight, hit, span: hit.span ?? spanOf(syntax, hit.node) };
      });
      found.push(...dedupe(ofRule));
    } catch (error) {
      work.notices.push({
        kind: "rule-failed",
        path,
        ruleId: rule.id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
  if (found.length === 0) return [];
  const kept = withoutSuperseded(found, path).sort(
    (a, b) => a.span.start.offset - b.span.start.offset || compareIds(a, b),
  );
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

/** One finding of a rule at a place; of several flows the one that weighs most, and then the one with the shortest way. */
function dedupe(found: readonly Found[]): Found[] {
  const byPlace = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.span.start.offset}:${one.span.end.offset}`;
    const before = byPlace.get(key);
    if (before === undefined || isStronger(one, before)) byPlace.set(key, one);
  }
  const kept = [...byPlace.values()];
  const bySource = Map.groupBy(kept.toSorted(byStart), sourceOf);
  return kept.filter((one) => {
    const source = sourceOf(one);
    return source === undefined || !isAroundAnother(one, bySource.get(source) ?? []);
  });
}

function isStronger(one: Found, other: Found): boolean {
  const order = compareLevels(one.level, other.level);
  return order < 0 || (order === 0 && lengthOf(one) < lengthOf(other));
}

function lengthOf({ hit }: Found): number {
  return hit.flow?.trace.steps.length ?? 0;
}

/** Where the data of a flow comes in. */
function sourceOf({ hit }: Found): string | undefined {
  const source = hit.flow?.trace.steps[0];
  return source && `${source.node} ${source.path}`;
}

function byStart(a: Found, b: Found): number {
  return a.span.start.offset - b.span.start.offset;
}

/**
 * A flow that goes on through an inner sink, `eval(compile(text))`, is said there alone. `others` come from the same source, in the
 * order of their places: what is inside stands right behind.
 */
function isAroundAnother(one: Found, others: readonly Found[]): boolean {
  const { hit, span } = one;
  const first = firstAt(others.length, (at) => byStart(others[at], one) >= 0);
  for (let at = first; at < others.length && others[at].span.start.offset <= span.end.offset; at++)
    if (others[at].hit.node !== hit.node && others[at].span.end.offset <= span.end.offset) return true;
  return false;
}

/** A rule that says it more exactly silences the others on the lines of its finding. */
function withoutSuperseded(found: readonly Found[], path: string): Found[] {
  const rules = new Map(found.map(({ rule }) => [rule.id, rule]));
  const said = ({ rule, span }: Found) => ({ ruleId: rule.id, location: { path, span } });
  const isSaidBetter = saidBetter(found.map(said), rules);
  return found.filter((one) => !isSaidBetter(said(one)));
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
  const base = namesOf(identity, 0).fingerprint;
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
    ...namesOf(identity, ordinal),
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
