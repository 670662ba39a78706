import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { nameWords } from "../shared/name-words.ts";
import { guardsOf, identifiersIn, lastPart, parametersOf } from "./guards.ts";
import { isReplaced } from "./replaced-guard.ts";
import { nameNode } from "./surroundings.ts";

const WHOLE_NAMES = new Set(["is_valid", "full_clean", "validate_on_submit", "url_has_allowed_host_and_scheme"]);

/** `validate_name`, `verify_signature`, `sanitize_html`, `authorize`. */
const FIRST_WORDS = new Set(["validate", "verify", "sanitize", "sanitise", "authorize", "authorise"]);

/** Names that begin like a check and are none: of files, types, tests and networks. */
const NO_CHECK = /_mock|schema_version|^verify_ssl$|^validate_assignment$/;

/** Calls that look at data or at who asks, which a function made and makes no more though it still uses the data. */
export const removedCheck: ChangeDetector = {
  kind: "change",
  name: "removed-check",
  prepare: () => ({
    concerns: ({ removed }) => /valid|clean|verif|saniti|sanitis|authori|check|require|ensure|allowed/i.test(removed),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  const left = countsOf(head.calls);
  const were = countsOf(base.calls);
  for (const after of head.definitions) {
    if (after.kind !== "function") continue;
    const before = base.definitions.filter(({ qualifiedName }) => qualifiedName === after.qualifiedName);
    const [only] = before;
    if (only === undefined || before.length > 1) continue;
    const then = callsIn(base, after.qualifiedName);
    const now = callsIn(head, after.qualifiedName);
    const lost = then.find(
      (call) =>
        isCheck(lastPart(call.name)) &&
        !now.some(({ name }) => lastPart(name) === lastPart(call.name)) &&
        // Elsewhere in the file as often as before: it was moved.
        (left.get(lastPart(call.name)) ?? 0) < (were.get(lastPart(call.name)) ?? 0),
    );
    if (lost === undefined || isMadeGood(sides, { before: only, after, lost, then, now })) continue;
    yield { node: nameNode(head, after), fields: { check: lost.name, function: after.name } };
  }
}

interface Loss {
  readonly before: DefinitionFact;
  readonly after: DefinitionFact;
  readonly lost: CallFact;
  readonly then: readonly CallFact[];
  readonly now: readonly CallFact[];
}

/** Whether nothing is left that the check was for, or something else may do what it did. */
function isMadeGood(sides: ChangeSides, { before, after, lost, then, now }: Loss): boolean {
  const { base, head } = sides;
  const subjects = subjectsOf(base, lost);
  if (subjects.size === 0 || !usesAny(head, after, subjects)) return true;
  if (
    refusalsIn(head, after) > refusalsIn(base, before) ||
    parametersText(base, before) !== parametersText(head, after)
  )
    return true;
  const known = new Set(then.map(({ name }) => name));
  const isNew = ({ name }: CallFact) => !known.has(name);
  const isAbout = (call: CallFact) => [...subjectsOf(head, call)].some((name) => subjects.has(name));
  if (now.some((call) => isNew(call) && (isCheck(lastPart(call.name)) || isAbout(call)))) return true;
  return guardsOf(head, after).length > guardsOf(base, before).length || isReplaced(sides, before, after);
}

function isCheck(name: string): boolean {
  if (WHOLE_NAMES.has(name)) return true;
  const [first = ""] = nameWords(name);
  return (FIRST_WORDS.has(first) || isGuardName(name)) && !NO_CHECK.test(name);
}

/** The calls of a function's own body. */
function callsIn(facts: ModuleFacts, name: string): readonly CallFact[] {
  return facts.calls.filter(({ node }) => facts.scopeOf(node) === name);
}

function countsOf(calls: readonly CallFact[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(lastPart(name), (counts.get(lastPart(name)) ?? 0) + 1);
  return counts;
}

/** The variables that a call is about: what it is called on, and what it is given. */
function subjectsOf(facts: ModuleFacts, { node, name, args }: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const callee = childByField(syntax, node, Field.function);
  const object =
    callee !== NONE && syntax.kind[callee] === Kind.attribute ? identifiersIn(facts, callee).slice(0, -1) : [];
  const given = args.flatMap((arg) => rootsIn(facts, arg.node));
  const found = [...(given.length > 0 && !WHOLE_NAMES.has(lastPart(name)) ? [] : object.slice(0, 1)), ...given];
  return new Set(found.filter((one) => one !== "self" && one !== "cls" && one !== "request"));
}

/** The variables of an expression: no attributes, no names of keywords. */
function rootsIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.field[at] === Field.attribute || syntax.field[at] === Field.name)
      continue;
    if (syntax.field[at] !== Field.function) found.push(textOf(syntax, at));
  }
  return found;
}

function usesAny(facts: ModuleFacts, definition: DefinitionFact, names: ReadonlySet<string>): boolean {
  const body = bodyOf(facts, definition);
  return body !== NONE && identifiersIn(facts, body).some((name) => names.has(name));
}

function refusalsIn(facts: ModuleFacts, definition: DefinitionFact): number {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  let count = 0;
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const kind = syntax.kind[at];
    if (kind === Kind.raise_statement || kind === Kind.if_statement || kind === Kind.assert_statement) count++;
  }
  return count;
}

function bodyOf({ syntax }: ModuleFacts, { node }: DefinitionFact): number {
  const inner = childByField(syntax, node, Field.definition);
  return childByField(syntax, inner === NONE ? node : inner, Field.body);
}

function parametersText(facts: ModuleFacts, definition: DefinitionFact): string {
  const node = parametersOf(facts, definition);
  return node === NONE ? "" : textOf(facts.syntax, node).replace(/\s+/g, "");
}
