import { z } from "zod";
import { lastPart } from "../../python/last-part.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { asSubjects, branchConditionsIn, variablesIn } from "./conditions.ts";
import { bodyOf, guardsOf, parametersText } from "./guards.ts";
import { ignoredAnswers } from "./ignored-answer.ts";
import { countOfOwned } from "./lost-owner.ts";
import { isPlainHelper, plainHelpers } from "./plain-helpers.ts";
import type { Protection } from "./protection.ts";
import { isProtecting, type KnownProtections, protectionsIn, subjectsOf } from "./protections.ts";
import { pureChecks } from "./pure-check.ts";
import { isReplaced } from "./replaced-guard.ts";
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
const STATEMENT = /^\s*(?:await\s+)?[\w.]+\(|\bhashlib\.|^\s*[\w.]+\.\w+\s*=[^=]/m;

/** A call of what may be a function of the project that gives back a path or address: `_path(name)`, `resolve_url(target)`. */
const NAMES_PLACE = /(?:path|url|uri|host|addr|resolve|safe|inside|within|folder|dir|file|locat|target)\w*\(/i;

function* detect(sides: ChangeSides, { sanitizers }: KnownProtections): Generator<Detection> {
  yield* ignored(sides);
  const { base, head } = sides;
  const known = { sanitizers, checks: pureChecks(sides) };
  const was = protectionsIn(base, known);
  const is = protectionsIn(head, known);
  const countsBefore = countsOf(was);
  const counts = countsOf(is);
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
    const lost = was.get(qualifiedName)?.find((one) => isLost(one) && !isMadeGood(sides, only, after, one, asked));
    if (lost === undefined) continue;
    const { said, subjects } = lost;
    yield {
      node: nameNode(head, after),
      fields: { check: said, function: after.name },
      tookOut: { scope: qualifiedName, said, subjects },
    };
  }
}

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

function countsOf(protections: ReadonlyMap<string, readonly Protection[]>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of [...protections.values()].flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Whether nothing is left that the protection was for, or something else may do what it did. */
function isMadeGood(
  sides: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  {
    subjects: own,
    condition,
    isAboutWho: isOfWho = false,
    isForOnce = false,
    isForShell = false,
    cleans,
    behind = [],
  }: Protection,
  { helpers, ...known }: KnownProtections & { readonly helpers: ReadonlySet<string> },
): boolean {
  const { base, head } = sides;
  const body = bodyOf(head, after);
  const isUsed = (names: ReadonlySet<string>) =>
    body !== NONE && variablesIn(head, body).some((name) => names.has(name));
  // A digest that was made for the comparison alone is gone with it; what it was made of is not.
  const isMade = condition !== undefined && IS_MADE.test(condition) && !isUsed(own);
  const subjects = isMade ? madeOf(base, before, own) : own;
  const isAboutWho = isOfWho || (isMade && isMadeOfRequest(base, before, own) && OF_REQUEST.test(textAt(head, body)));
  // Who asks is looked at without a variable (`self.request.user`), or with one that nothing else uses: there, any new call may look instead.
  const isAbout = (others: ReadonlySet<string>) => isAboutWho || [...others].some((name) => subjects.has(name));
  const isMadeByHelper = callsIn(head, after).some(
    (one) => isPlainHelper(one, helpers) && makes(sides, before, one, subjects),
  );
  if (body === NONE || !(isAboutWho || isMadeByHelper || isUsed(subjects))) return true;
  if (parametersText(base, before) !== parametersText(head, after)) return true;
  // Where no shell reads the command any more, nothing in it needs quoting.
  if (isForShell && SHELLS.test(textAt(base, bodyOf(base, before))) && !SHELLS.test(textOf(head.syntax, body)))
    return true;
  if (cleans !== undefined && !textOf(head.syntax, body).replace(/\s+/g, "").includes(cleans)) return true;
  if (countOfOwned(head, after.qualifiedName) > countOfOwned(base, before.qualifiedName)) return true;
  const callsNow = new Set(callsIn(head, after).map(({ name }) => name));
  if (behind.length > 0 && !behind.some((name) => callsNow.has(name))) return true;
  const conditionsBefore = new Set(branchConditionsIn(base, bodyOf(base, before)).map((one) => one.condition));
  const isAsked = branchConditionsIn(head, body).some((one) =>
    conditionsBefore.has(one.condition)
      ? one.condition === condition && one.turnsAway
      : isAbout(one.subjects) && !(isForOnce && isPartOfOne(one.condition, conditionsBefore)),
  );
  if (isAsked) return true;
  const saidBefore = new Set(callsIn(base, before).flatMap(saidBy));
  const newCalls = callsIn(head, after).filter(
    (call) =>
      saidBy(call).some((one) => !saidBefore.has(one)) &&
      (!READS.test(call.name) || opensWithMode(call)) &&
      cleans !== `${call.name}(` &&
      !isPlainHelper(call, helpers) &&
      !(isAboutWho && isOfLibrary(call)),
  );
  const fills = (call: CallFact) => isAbout(targetsOf(head, after, call));
  if (newCalls.some((call) => isProtecting(call, known) || isAbout(subjectsOf(head, call)) || fills(call))) return true;
  return guardsOf(head, after).length > guardsOf(base, before).length || isReplaced(sides, before, after);
}

const SHELLS =
  /\bshell\s*=\s*True\b|\b(?:system|popen|getoutput|getstatusoutput|create_subprocess_shell|exec_command|sudo|run_command)\s*\(/;

/** Of one with more conditions, what is left of one is not looked for. */
const MAX_CONDITIONS = 50;

/** Whether a question is what is left of a longer one: it asks for nothing new. */
function isPartOfOne(condition: string, before: ReadonlySet<string>): boolean {
  if (before.size > MAX_CONDITIONS) return false;
  return [...before].some((one) => one.length > condition.length && one.includes(condition));
}

/** Whether a call at the head is given what one of the subjects was made of at the base: `_path(name)` in the place of `path = (ROOT / name).resolve()`. */
function makes(
  { base, head }: ChangeSides,
  { qualifiedName }: DefinitionFact,
  call: CallFact,
  subjects: ReadonlySet<string>,
): boolean {
  const given = new Set(call.args.map(({ node }) => textOf(head.syntax, node)));
  return factIndex(base)
    .assignmentsIn(qualifiedName)
    .some(({ name, value }) => subjects.has(name) && variablesIn(base, value).some((one) => given.has(one)));
}

/** Conditions without spaces whose variables are made to be compared: digests and times. */
const IS_MADE = /\bcompare_digest\(|digest\(\)|\bnow\(|\btime\(\)/;

const OF_REQUEST = /\brequest\b/;

/** Whether what was compared came with the request, such as its signature: the rest of the request is what that was about. */
function isMadeOfRequest(facts: ModuleFacts, { qualifiedName }: DefinitionFact, names: ReadonlySet<string>): boolean {
  const made = [...names].flatMap((name) => factIndex(facts).assignmentsTo(qualifiedName, name));
  return made.some(({ value }) => OF_REQUEST.test(textAt(facts, value)));
}

function textAt({ syntax }: ModuleFacts, node: number): string {
  return node === NONE ? "" : textOf(syntax, node);
}

/** The variables of what a function gives its variables of some names. */
function madeOf(
  facts: ModuleFacts,
  { qualifiedName }: DefinitionFact,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const made = [...names].flatMap((name) => factIndex(facts).assignmentsTo(qualifiedName, name));
  return asSubjects(made.flatMap(({ value }) => variablesIn(facts, value)));
}

/** A call's name, and it with each keyword: what is told more than before may do more. */
function saidBy({ name, args }: CallFact): readonly string[] {
  return [name, ...args.flatMap(({ keyword }) => (keyword === undefined ? [] : [`${name} ${keyword}`]))];
}

/** What reads or writes down data as it is, or goes where it says, and so does nobody's work. */
const READS =
  /(?:^|\.)(?:loads?|dumps?|decode|encode|str|len|list|dict|print|debug|info|warning|error|open|Path|joinpath)$|\bpath\.join$/;

/** `os.open(path, flags, 0o600)`, `open(path, "w", opener=private)`: the file is made with a mode that is asked for. */
function opensWithMode({ name, args }: CallFact): boolean {
  return /(?:^|\.)open$/.test(name) && args.some(({ keyword, position }) => keyword === "opener" || position === 2);
}

/** Modules of the standard library that ask nobody who they are. */
const ASKS_NOBODY =
  /^(?:asyncio|collections|concurrent|contextlib|copy|dataclasses|datetime|functools|io|itertools|json|logging|math|os\.path|queue|random|structlog|sys|tempfile|threading|time|uuid)\./;

function isOfLibrary({ callee }: CallFact): boolean {
  return callee.length > 0 && callee.every((path) => ASKS_NOBODY.test(path));
}

/** The variables that a call's result goes to. */
function targetsOf(facts: ModuleFacts, { qualifiedName }: DefinitionFact, { node }: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const made = factIndex(facts)
    .assignmentsIn(qualifiedName)
    .filter(({ value }) => value <= node && node < syntax.next[value]);
  return new Set(made.map(({ name }) => name));
}

/** The calls of a function's own body. */
function callsIn(facts: ModuleFacts, { qualifiedName }: DefinitionFact): readonly CallFact[] {
  return factIndex(facts).callsIn(qualifiedName);
}
