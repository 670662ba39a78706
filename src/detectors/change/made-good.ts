import { Kind } from "../../python/kinds.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { countsOf } from "../../text/counts-of.ts";
import { withoutSpace } from "../../text/without-space.ts";
import { factIndex } from "../shared/fact-index.ts";
import { branchConditionsIn, variablesIn } from "./conditions.ts";
import { bodyOf, guardsOf, parametersText } from "./guards.ts";
import { countOfOwned } from "./lost-owner.ts";
import { originsOf } from "./origins.ts";
import { isPlainHelper } from "./plain-helpers.ts";
import type { Protection } from "./protection.ts";
import { isProtecting, type KnownProtections, subjectsOf } from "./protections.ts";
import { ASKS_STATE } from "./refusing-questions.ts";
import { isReplaced } from "./replaced-guard.ts";

/** Whether nothing is left that the protection was for, or something else may do what it did. */
export function isMadeGood(
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
  // What was made for the question alone is gone with it: a digest, a part of an address, a sum. What it was made of is not.
  const isMade = condition !== undefined && !isUsed(own);
  const subjects = isMade ? stillUsed(base, before, own, isUsed) : own;
  const isProof = isMade && IS_MADE.test(condition) && isMadeOfRequest(base, before, own);
  // What `state` says is about all of the answer that it came with.
  const isOfAnswer = condition !== undefined && ASKS_STATE.test(condition);
  const isAboutWho = isOfWho || isOfAnswer || (isProof && OF_REQUEST.test(textAt(head, body)));
  // Who asks is looked at without a variable (`self.request.user`), or with one that nothing else uses: there, any new call may look instead.
  const isAbout = (others: ReadonlySet<string>) => isAboutWho || [...others].some((name) => subjects.has(name));
  const isMadeByHelper = callsIn(head, after).some(
    (one) => isPlainHelper(one, helpers) && makes(sides, before, one, own),
  );
  if (body === NONE || !(isAboutWho || isMadeByHelper || isUsed(subjects))) return true;
  if (parametersText(base, before) !== parametersText(head, after)) return true;
  // Where no shell reads the command any more, nothing in it needs quoting.
  if (isForShell && SHELLS.test(textAt(base, bodyOf(base, before))) && !SHELLS.test(textOf(head.syntax, body)))
    return true;
  // What does not begin an option any more was told apart from one by its place.
  if (
    condition !== undefined &&
    /startswith\(["']-/.test(condition) &&
    separates(head, body) &&
    !separates(base, bodyOf(base, before))
  )
    return true;
  if (cleans !== undefined && !withoutSpace(textOf(head.syntax, body)).includes(cleans)) return true;
  if (countOfOwned(head, after.qualifiedName) > countOfOwned(base, before.qualifiedName)) return true;
  const callsNow = new Set(callsIn(head, after).map(({ name }) => name));
  if (behind.length > 0 && !isMadeByHelper && !behind.some((name) => callsNow.has(name))) return true;
  const conditionsBefore = new Set(branchConditionsIn(base, bodyOf(base, before)).map((one) => one.condition));
  if ([...subjects].some((name) => isRemade(sides, before, after, name))) return true;
  const isOfForm = condition !== undefined && /match\(|\.is[a-z]+\(\)/.test(condition);
  const isAsked = branchConditionsIn(head, body).some((one) =>
    conditionsBefore.has(one.condition)
      ? one.condition === condition && one.turnsAway
      : isAbout(one.subjects) && !(isForOnce && isPartOfOne(one.condition, conditionsBefore)),
  );
  if (isAsked) return true;
  const saidBefore = countsOf(callsIn(base, before).flatMap(saidBy));
  const saidNow = countsOf(callsIn(head, after).flatMap(saidBy));
  const newCalls = callsIn(head, after).filter(
    (call) =>
      saidBy(call).some((one) => (saidNow.get(one) ?? 0) > (saidBefore.get(one) ?? 0)) &&
      (!READS.test(call.name) || opensWithMode(call)) &&
      cleans !== `${call.name}(` &&
      !(isOfForm && SHAPES_TEXT.test(call.name)) &&
      !isPlainHelper(call, helpers) &&
      !(isAboutWho && (isOfLibrary(call) || USES_SESSION.test(call.name))),
  );
  const fills = (call: CallFact) => isAbout(targetsOf(head, after, call));
  if (countOfCleaning(head, after, known) > countOfCleaning(base, before, known)) return true;
  if (newCalls.some((call) => isProtecting(call, known) || isAbout(subjectsOf(head, call)) || fills(call))) return true;
  return guardsOf(head, after).length > guardsOf(base, before).length || isReplaced(sides, before, after);
}

/** Whether a list tells a program where its options end: `"--"`. */
function separates(facts: ModuleFacts, body: number): boolean {
  return /["']--(?:end-of-options)?["']/.test(textAt(facts, body));
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

/** What makes a new value of parts that it chooses. */
const CHOOSES: ReadonlySet<number> = new Set([
  Kind.dictionary_comprehension,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.conditional_expression,
]);

/** Whether a variable is put together anew at the head: `headers = {name: sent[name] for name in KEPT}`. */
function isRemade({ base, head }: ChangeSides, before: DefinitionFact, after: DefinitionFact, name: string): boolean {
  const given = (facts: ModuleFacts, { qualifiedName }: DefinitionFact) =>
    factIndex(facts).assignmentsTo(qualifiedName, name);
  const known = new Set(given(base, before).map(({ value }) => textAt(base, value)));
  return given(head, after).some(
    ({ value }) => CHOOSES.has(head.syntax.kind[value]) && !known.has(textAt(head, value)),
  );
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

/** Of what a function makes its variables of some names: the first that is still used. */
function stillUsed(
  facts: ModuleFacts,
  { qualifiedName }: DefinitionFact,
  names: ReadonlySet<string>,
  isUsed: (names: ReadonlySet<string>) => boolean,
): ReadonlySet<string> {
  return originsOf(facts, qualifiedName, names).find(isUsed) ?? new Set();
}

/** A call's name, and it with each keyword: what is told more than before may do more. */
function saidBy({ name, args }: CallFact): readonly string[] {
  return [name, ...args.flatMap(({ keyword }) => (keyword === undefined ? [] : [`${name} ${keyword}`]))];
}

/** What reads or writes down data as it is, or goes where it says, and so does nobody's work. */
const READS =
  /(?:^|\.)(?:loads?|dumps?|decode|encode|str|len|list|dict|print|debug|info|warning|error|open|Path|joinpath)$|\bpath\.join$/;

/** What gives a text another shape, and takes out at most what it is told: no question which characters there are. */
const SHAPES_TEXT = /\.(?:strip|lstrip|rstrip|lower|upper|title|replace|split|join|format)$/;

/** `os.open(path, flags, 0o600)`, `open(path, "w", opener=private)`: the file is made with a mode that is asked for. */
function opensWithMode({ name, args }: CallFact): boolean {
  return /(?:^|\.)open$/.test(name) && args.some(({ keyword, position }) => keyword === "opener" || position === 2);
}

/** Modules of the standard library that ask nobody who they are. */
const ASKS_NOBODY =
  /^(?:asyncio|collections|concurrent|contextlib|copy|dataclasses|datetime|functools|io|itertools|json|logging|math|os\.path|queue|random|structlog|sys|tempfile|threading|time|uuid)\./;

/** What reads or writes one entry of a session, and leaves the session itself as it is. */
const USES_SESSION = /(?:^|\.)session\.(?:get|pop|setdefault|update|save)$/;

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

/** How many calls clean something in the class around a method: what its constructor keeps may be cleaned where it is used. */
function countOfCleaning(
  facts: ModuleFacts,
  { qualifiedName }: DefinitionFact,
  { sanitizers }: KnownProtections,
): number {
  const owner = qualifiedName.slice(0, Math.max(qualifiedName.lastIndexOf("."), 0));
  if (owner === "") return 0;
  return factIndex(facts)
    .methodsOf(owner)
    .flatMap((method) => callsIn(facts, method))
    .filter(({ callee }) => callee.some((path) => sanitizers.has(path))).length;
}

/** The calls of a function's own body. */
function callsIn(facts: ModuleFacts, { qualifiedName }: DefinitionFact): readonly CallFact[] {
  return factIndex(facts).callsIn(qualifiedName);
}
