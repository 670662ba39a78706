import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, firstNamedChild, NONE, nextSibling, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastPart, parametersOf } from "./guards.ts";
import { lostOwner } from "./lost-owner.ts";
import { type Refusal, refusalsOf } from "./refusals.ts";
import { isReplaced } from "./replaced-guard.ts";
import { countOfQuestions, nameNode } from "./surroundings.ts";

/** Functions that turned somebody away, looked up what is theirs alone or decided who may, and no longer do. */
export const removedRefusal: ChangeDetector = {
  kind: "change",
  name: "removed-refusal",
  prepare: () => ({
    concerns: ({ removed }) =>
      /40[13]|forbidden|unauthor|denied|permission|NotAuth|AuthenticationFailed|user|return/i.test(removed),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  for (const after of head.definitions) {
    if (after.kind !== "function") continue;
    const [before, ...others] = base.definitions.filter(({ qualifiedName }) => qualifiedName === after.qualifiedName);
    if (before === undefined || others.length > 0 || textOfOne(base, before) === textOfOne(head, after)) continue;
    const loss = lossOf(sides, before, after);
    if (loss !== undefined) yield { node: nameNode(head, after), fields: { function: after.name, ...loss } };
  }
}

interface Loss {
  /** In words, what the function does no more; `by` is code. */
  readonly loss: string;
  readonly by: string;
}

function lossOf(sides: ChangeSides, before: DefinitionFact, after: DefinitionFact): Loss | undefined {
  const { base, head } = sides;
  if (isAlwaysTrue(head, after) && !isAlwaysTrue(base, before))
    return { loss: "lets everyone in: all that it answers is", by: "True" };
  if (parametersText(base, before) !== parametersText(head, after) || isReplaced(sides, before, after))
    return undefined;
  const owned = lostOwner(sides, after.qualifiedName);
  if (owned !== undefined) return { loss: "finds what belongs to others, too:", by: owned };
  const asks = lostRefusal(sides, after)?.asks;
  return asks === undefined ? undefined : { loss: "turns nobody away any more by", by: asks };
}

function lostRefusal(sides: ChangeSides, { qualifiedName }: DefinitionFact): Refusal | undefined {
  const { base, head } = sides;
  const then = refusalsIn(base, qualifiedName);
  const now = refusalsIn(head, qualifiedName);
  // Elsewhere in the file as many as before: it was moved.
  if (now.length >= then.length || refusalsOf(head).length >= refusalsOf(base).length) return undefined;
  const left = new Set(now.map(({ condition }) => condition));
  const lost = then.filter(({ asks, condition }) => asks !== undefined && !left.has(condition));
  return lost.find((refusal) => isUnprotected(sides, qualifiedName, refusal));
}

/** Whether what came behind the refusal is still done, and nothing new may ask before it. */
function isUnprotected({ base, head }: ChangeSides, name: string, { branch }: Refusal): boolean {
  const { syntax } = base;
  const statement = statementOf(base, branch);
  const then = callsIn(base, name);
  const known = new Set(then.map((call) => call.name));
  const added = callsIn(head, name).filter((call) => !known.has(call.name));
  if (added.some((call) => mayAsk(head, call))) return false;
  const behind = then.filter(
    ({ node }) => node >= syntax.next[statement] && node < syntax.next[syntax.parent[statement]],
  );
  const kept = new Set(callsIn(head, name).map((call) => call.name));
  if (!behind.some((call) => kept.has(call.name))) return false;
  const asked = countOfQuestions(bodyText(base, name)) - countOfQuestions(textOf(syntax, statement));
  return countOfQuestions(bodyText(head, name)) <= asked;
}

/** The whole `if` of an `elif`, or of what it stands in alone. */
function statementOf({ syntax }: ModuleFacts, branch: number): number {
  let at = branch;
  while (syntax.kind[at] === Kind.elif_clause) at = syntax.parent[at];
  // The last in its block is followed by what follows the block.
  while (nextSibling(syntax, at) === NONE && syntax.parent[at] > 0) {
    const above = syntax.parent[syntax.parent[at]];
    if (above <= 0 || syntax.kind[above] === Kind.function_definition) break;
    at = above;
  }
  return at;
}

const ASKING = new Set(
  "check verify ensure require assert authorize authorise can may allowed permission permissions access guard policy validate deny reject".split(
    " ",
  ),
);

/** A call that the function did not make before: by its name, or because it is handed whoever asks. */
function mayAsk({ syntax }: ModuleFacts, { name, args }: CallFact): boolean {
  const last = lastPart(name);
  if (isGuardName(last) || nameWords(last).some((word) => ASKING.has(word))) return true;
  return args.some(({ node }) => /\b(?:request|\w*user|session|\w*auth\w*|principal)\b/i.test(textOf(syntax, node)));
}

/** `has_permission`, `test_func`, `can_edit`, `is_allowed`: what answers whether somebody may. */
const DECIDES =
  /^(?:has_(?:\w+_)?perm(?:ission)?s?|has_access|test_func|can_\w+|(?:is_|user_)\w*(?:allowed|authori[sz]ed|permitted)\w*)$/;

function isAlwaysTrue(facts: ModuleFacts, { name, qualifiedName }: DefinitionFact): boolean {
  const { syntax } = facts;
  if (!DECIDES.test(name)) return false;
  const returned = [...nodesOfKind(syntax, Kind.return_statement)].filter(
    (node) => facts.scopeOf(node) === qualifiedName,
  );
  return (
    returned.length > 0 &&
    returned.every((node) => {
      const value = firstNamedChild(syntax, node);
      return value !== NONE && syntax.kind[value] === Kind.true;
    })
  );
}

function refusalsIn(facts: ModuleFacts, name: string): readonly Refusal[] {
  return refusalsOf(facts).filter(({ scope }) => scope === name);
}

function callsIn(facts: ModuleFacts, name: string): readonly CallFact[] {
  return facts.calls.filter(({ node }) => facts.scopeOf(node) === name);
}

function bodyText(facts: ModuleFacts, name: string): string {
  const definition = facts.definitions.find(({ qualifiedName }) => qualifiedName === name);
  if (definition === undefined) return "";
  const inner = childByField(facts.syntax, definition.node, Field.definition);
  const body = childByField(facts.syntax, inner === NONE ? definition.node : inner, Field.body);
  return body === NONE ? "" : textOf(facts.syntax, body);
}

function textOfOne({ syntax }: ModuleFacts, { node }: DefinitionFact): string {
  return textOf(syntax, node);
}

function parametersText(facts: ModuleFacts, definition: DefinitionFact): string {
  const node = parametersOf(facts, definition);
  return node === NONE ? "" : textOf(facts.syntax, node).replaceAll(/\s+/g, "");
}
