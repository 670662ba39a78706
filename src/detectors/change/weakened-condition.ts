import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { unwrap } from "../shared/literal.ts";
import { bodyOf, identifiersIn } from "./guards.ts";
import { ANSWERS_WHO_MAY } from "./who-may.ts";

/** What a condition asks of who is there, or of an answer whether something is allowed. */
const ASKS_WHO =
  /\b(?:is_(?:authenticated|active|staff|superuser|admin|owner|allowed|permitted|authori[sz]ed|verified|anonymous)|has_(?:\w+_)?perm\w*|has_access|can_\w+|may_\w+|current_user|request\.user|session\.user|safe_for_redirect|is_safe_\w+|url_has_allowed_host_and_scheme)\b/;

/** What a part asks of an account, a token or a password: whose something is, how somebody stands, whether a secret is right. */
const ASKS_MORE =
  /\.(?:owner|user|author|tenant|account|customer|organi[sz]ation|team|workspace)(?:_id|_pk|\.id|\.pk)?(?:==|!=)|(?:==|!=)[\w.]+\.(?:owner|user|tenant)(?:_id|_pk|\.id|\.pk)?$|\b(?:user|account|member|token|session|key)\w*\.(?:is_)?(?:disabled|locked|banned|blocked|suspended|revoked|expired|enabled|verified)\b|\.(?:failures|failed_\w+|\w*attempts)>|\b(?:verify|verify_\w+|check_password\w*|checkpw|compare_digest)\(/;

/** `name in ALLOWED_NAMES`, `host not in trusted_hosts`. */
const MEMBERSHIP = /^[\w.[\]"'()]+ (?:not )?in ([\w.]+)$/;

/**
 * A part of a condition that asked who is there, or whether a value is listed, where the head asks the rest of it alone; as it is written.
 * Undefined where nothing is lost, or the function asks something that it did not ask before.
 */
export function lostPart(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): string | undefined {
  const then = splitConditionsIn(base, before);
  const now = splitConditionsIn(head, after);
  const changed = onlyNew(then, now);
  if (changed === undefined) return undefined;
  const kept = new Set(now.map(({ text }) => text));
  const body = bodyOf(head, after);
  const written = body === NONE ? "" : withoutSpace(textOf(head.syntax, body));
  for (const condition of then) {
    if (kept.has(condition.text) || condition.parts.length < 2) continue;
    const lost = condition.parts.filter((part) => !changed.parts.includes(part));
    const isRest = changed.parts.length > 0 && changed.parts.every((part) => condition.parts.includes(part));
    if (!isRest || lost.length === 0 || !isWeaker(condition, changed)) continue;
    const found = lost.find((part) => isProtecting(base, part) && !written.includes(withoutNot(part)));
    if (found !== undefined) return condition.written.get(found);
  }
  return undefined;
}

/**
 * A refusal that the head gives only where something is there at all, as it is written: `not compare_digest(sent, expected)` of `if sent and
 * not compare_digest(sent, expected)`: who sends nothing gets through. Undefined where none became so.
 */
export function madeOptional(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): string | undefined {
  const then = splitConditionsIn(base, before);
  const changed = onlyNew(then, splitConditionsIn(head, after));
  if (changed?.operator !== "and" || !changed.refuses) return undefined;
  const found = then.find(({ refuses, operator, text, parts }) => {
    const added = changed.parts.filter((part) => !parts.includes(part));
    const isAll = operator !== "or" && parts.every((part) => changed.parts.includes(part));
    const isOptional = added.every((part) => isPresence(part, text));
    return refuses && isAll && added.length > 0 && isOptional && parts.some((part) => isProtecting(base, part));
  });
  return found && [...found.written.values()].join(" and ");
}

/** `sent`, `sent is not None`, of something that the condition is about. */
function isPresence(part: string, condition: string): boolean {
  const name = /^([\w.]+)(?: is not None)?$/.exec(part)?.[1];
  return name !== undefined && new RegExp(`\\b${name.replaceAll(".", "\\.")}\\b`).test(condition);
}

/** What a branch asks, split at its `and` or its `or`. */
interface SplitCondition {
  /** Without spaces. */
  readonly text: string;
  readonly operator: "and" | "or" | undefined;
  /** What `and` or `or` joins, without spaces. */
  readonly parts: readonly string[];
  readonly written: ReadonlyMap<string, string>;
  /** Whether its block refuses: by an exception, an answer, or by going on to the next. */
  readonly refuses: boolean;
}

/** The one question that was not asked before; where there are more, the function was written anew. */
function onlyNew(then: readonly SplitCondition[], now: readonly SplitCondition[]): SplitCondition | undefined {
  const known = new Set(then.map(({ text }) => text));
  const [changed, ...others] = now.filter(({ text }) => !known.has(text));
  return others.length > 0 ? undefined : changed;
}

/** Fewer reasons to refuse, or fewer demands before something is done. */
function isWeaker({ operator, refuses }: SplitCondition, now: SplitCondition): boolean {
  if (now.operator !== undefined && now.operator !== operator) return false;
  return refuses === now.refuses && (refuses ? operator === "or" : operator === "and");
}

function isProtecting(facts: ModuleFacts, part: string): boolean {
  const list = MEMBERSHIP.exec(part)?.[1]?.split(".")[0];
  return (
    ASKS_WHO.test(part) || ASKS_MORE.test(part.replaceAll(" ", "")) || (list !== undefined && isOfModule(facts, list))
  );
}

/** A list that somebody wrote down, and not one that the function fills. */
function isOfModule(facts: ModuleFacts, name: string): boolean {
  const isMade = facts.assignments.some((one) => one.name === name && facts.scopeOf(one.node) === "");
  return isMade || facts.imports.some(({ alias }) => alias === name);
}

function splitConditionsIn(facts: ModuleFacts, definition: DefinitionFact): readonly SplitCondition[] {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  const found: SplitCondition[] = [];
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const kind = syntax.kind[at];
    if (facts.scopeOf(at) !== definition.qualifiedName) continue;
    if (kind === Kind.return_statement && ANSWERS_WHO_MAY.test(definition.name)) {
      const answer = answerOf(facts, at);
      if (answer !== NONE) found.push({ ...partsOf(facts, answer), refuses: false });
    }
    if (kind !== Kind.if_statement && kind !== Kind.elif_clause) continue;
    const condition = childByField(syntax, at, Field.condition);
    const block = childByField(syntax, at, Field.consequence);
    if (condition !== NONE)
      found.push({ ...partsOf(facts, condition), refuses: block !== NONE && refuses(facts, block) });
  }
  return found;
}

/** What is answered, without `bool(…)` around it. */
function answerOf({ syntax }: ModuleFacts, statement: number): number {
  const answer = firstNamedChild(syntax, statement);
  if (answer === NONE || syntax.kind[answer] !== Kind.call) return answer;
  const isBool = textOf(syntax, childByField(syntax, answer, Field.function)) === "bool";
  return isBool ? firstNamedChild(syntax, childByField(syntax, answer, Field.arguments)) : answer;
}

function partsOf({ syntax }: ModuleFacts, node: number): Omit<SplitCondition, "refuses"> {
  const whole = unwrap(syntax, node);
  const operator = operatorOf({ syntax }, whole);
  const written = new Map<string, string>();
  const add = (at: number) => {
    const part = unwrap(syntax, at);
    if (operator !== undefined && operatorOf({ syntax }, part) === operator) {
      add(childByField(syntax, part, Field.left));
      add(childByField(syntax, part, Field.right));
    } else written.set(withoutSpace(textOf(syntax, part)), textOf(syntax, part));
  };
  add(whole);
  return { text: withoutSpace(textOf(syntax, whole)), operator, parts: [...written.keys()], written };
}

function operatorOf({ syntax }: Pick<ModuleFacts, "syntax">, node: number): "and" | "or" | undefined {
  if (syntax.kind[node] !== Kind.boolean_operator) return undefined;
  const operator = childByField(syntax, node, Field.operator);
  if (operator === NONE) return undefined;
  return textOf(syntax, operator) === "and" ? "and" : "or";
}

const REFUSING = /^(?:abort|HttpResponseForbidden|HTTPException|HTTPForbidden|Forbidden)$/;

/** The block ends at once: with an exception, with nothing, with a refusal. A bare `return` may as well let somebody through. */
function refuses(facts: ModuleFacts, block: number): boolean {
  const { syntax } = facts;
  for (let at = block; at < syntax.next[block]; at++) {
    const kind = syntax.kind[at];
    if (kind === Kind.raise_statement || kind === Kind.continue_statement) return true;
    if (kind === Kind.return_statement) {
      const answer = textOf(syntax, at).replace(/^return\s*/, "");
      return (
        /^(?:None|False|\[\]|\{\})$/.test(answer) ||
        identifiersIn(facts, at).some((name) => REFUSING.test(name) || /redirect|login|denied|error/i.test(name))
      );
    }
    if (kind === Kind.call && identifiersIn(facts, at).some((name) => REFUSING.test(name))) return true;
  }
  return false;
}

function withoutNot(part: string): string {
  return part.replace(/^not(?=\W)/, "");
}

function withoutSpace(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([()[\]{}.,=]) ?/g, "$1")
    .trim();
}
