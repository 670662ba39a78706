import { z } from "zod";
import { lastPart } from "../../python/last-part.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import { countsOf } from "../../text/counts-of.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { onlyTakesOut } from "./guard-clauses.ts";
import { ignoredAnswers } from "./ignored-answer.ts";
import { isMadeGood } from "./made-good.ts";
import { plainHelpers } from "./plain-helpers.ts";
import type { Protection } from "./protection.ts";
import { type KnownProtections, protectionsIn } from "./protections.ts";
import { pureChecks } from "./pure-check.ts";
import { lostStreamLimits } from "./stream-limits.ts";
import { nameNode } from "./surroundings.ts";

const Options = z.strictObject({ sanitizers: z.array(z.string()).min(1) });

/** Checks, sanitizers and refusals that a function had and has no more, though it still uses the data that they were about. */
export const removedCheck: ChangeDetector = {
  kind: "change",
  name: "removed-check",
  prepare: (raw) => {
    const { sanitizers } = Options.parse(raw);
    const known = { sanitizers: new Set(sanitizers) };
    const names = [...new Set(sanitizers.map(lastPart))].join("|");
    const words = new RegExp(
      `valid|clean|verif|\\+=|neutrali|return|construct_event|checkpw|session|escape|limit|throttl|notfound|http404|429|sanitis|sanitiz|redact|scrub|authori|check|require|ensure|allowed|os\\.(?:set|init|chroot|umask)|raise|abort|forbidden|40[13]|413|can_|may_|has_|is_(?:allowed|permitted)|relative_to|commonpath|chmod|\\b(?:${names})\\b`,
      "i",
    );
    return {
      concerns: ({ removed }) => words.test(removed) || STATEMENT.test(removed) || NAMES_PLACE.test(removed),
      detect: (sides) => detect(sides, known),
    };
  },
};

/** A call on a line of its own, an attribute that is set, a digest. */
const STATEMENT = /^\s*(?:if\b|(?:await\s+)?[\w.]+\()|\bhashlib\.|^\s*[\w.]+\.\w+\s*=[^=]/m;

/** A call of what may be a function of the project that gives back a path or address: `_path(name)`, `resolve_url(target)`. */
const NAMES_PLACE = /(?:path|url|uri|host|addr|resolve|safe|inside|within|folder|dir|file|locat|target)\w*\(/i;

function* detect(sides: ChangeSides, { sanitizers }: KnownProtections): Generator<Detection> {
  yield* ignored(sides);
  const { base, head } = sides;
  const known = { sanitizers, checks: pureChecks(sides) };
  const was = protectionsIn(base, known);
  const is = protectionsIn(head, known);
  const countsBefore = countsOf(keysOf(was));
  const counts = countsOf(keysOf(is));
  const askedAnew = namesAskedAnew(was, is);
  const asked = { ...known, helpers: plainHelpers(sides) };
  for (const after of head.definitions) {
    const { kind, qualifiedName } = after;
    const before = factIndex(base).definedAs(qualifiedName);
    const [only] = before;
    if (kind !== "function" || only === undefined || before.length > 1) continue;
    const now = Map.groupBy(is.get(qualifiedName) ?? [], keyOf);
    // What is in the file as often as before was moved.
    const isLost = (one: Protection) =>
      !isKept(one, now) && (counts.get(one.key) ?? 0) < (countsBefore.get(one.key) ?? 0);
    const gone = (was.get(qualifiedName) ?? []).filter(isLost);
    const isMissed = (one: Protection) => !isMadeGood(sides, only, after, one, asked);
    const clauses = gone.filter(
      ({ isPlain, condition = "" }) => isPlain === true && !namesIn(condition).some((name) => askedAnew.has(name)),
    );
    const lost =
      gone.find((one) => one.isPlain !== true && isMissed(one)) ??
      (clauses.length > 0 && onlyTakesOut(sides, only, after) ? clauses.find(isMissed) : undefined);
    // How much is taken in at once now is what another rule says.
    if (lost === undefined || (lost.condition !== undefined && nowWhole(sides).has(after.name))) continue;
    const { said, subjects, isPlain } = lost;
    yield {
      node: nameNode(head, after),
      ...(isPlain === true && { atMost: "note" }),
      fields: { check: said, function: after.name },
      tookOut: { scope: qualifiedName, said, subjects },
    };
  }
}

/** The names in what the head asks and the base did not, wherever in the file: `self.max_size` may be looked at where a frame begins. */
function namesAskedAnew(was: Protections, is: Protections): ReadonlySet<string> {
  const known = new Set([...was.values()].flat().map(({ condition }) => condition));
  const added = [...is.values()].flat().filter(({ condition }) => !known.has(condition));
  return new Set(added.flatMap(({ condition = "" }) => namesIn(condition)));
}

type Protections = ReadonlyMap<string, readonly Protection[]>;

/** The names of a condition that say what it is about. */
function namesIn(condition: string): readonly string[] {
  return (condition.match(/[A-Za-z_]\w{3,}/g) ?? []).filter((name) => name !== "self");
}

/** Names of the functions that take a stream in as a whole which they took in piece by piece up to a bound. */
const nowWhole = oncePer(
  (sides: ChangeSides): ReadonlySet<string> => new Set([...lostStreamLimits(sides)].map(({ fields }) => fields.call)),
);

/** What was asked and is asked for nothing now; said where it is asked. */
function* ignored(sides: ChangeSides): Generator<Detection> {
  const { head } = sides;
  for (const { node, name } of ignoredAnswers(sides)) {
    const scope = head.scopeOf(node);
    yield { node, fields: { check: `if ${name}(…)`, function: lastPart(scope) }, tookOut: { scope, said: name } };
  }
}

/**
 * One of several refusals of a kind is told by its condition, and one of several calls by what it is about. Where the condition around
 * it is enough now, more is refused than before.
 */
function isKept(was: Protection, now: ReadonlyMap<string, readonly Protection[]>): boolean {
  const { key, condition, subjects, around = [] } = was;
  const outer = around.flatMap((one) => now.get(keyOf({ key, condition: one })) ?? []);
  if (outer.some(({ whenHeld }) => whenHeld === true)) return true;
  const same = now.get(keyOf(was)) ?? [];
  if (condition !== undefined || subjects.size === 0) return same.length > 0;
  return same.some((one) => [...subjects].some((name) => one.subjects.has(name)));
}

function keyOf({ key, condition }: Pick<Protection, "key" | "condition">): string {
  return condition === undefined ? key : `${key}\n${condition}`;
}

function keysOf(protections: Protections): readonly string[] {
  return [...protections.values()].flat().map(({ key }) => key);
}
