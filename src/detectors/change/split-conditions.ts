import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { unwrap } from "../shared/literal.ts";
import { bodyOf } from "./guards.ts";
import { isRefusing } from "./refusing-block.ts";
import { ASKS_AGE } from "./refusing-questions.ts";
import { ANSWERS_WHO_MAY } from "./who-may.ts";

/** What a condition asks of who is there, or of an answer whether something is allowed. */
const ASKS_WHO =
  /\b(?:is_(?:authenticated|active|staff|superuser|admin|owner|allowed|permitted|authori[sz]ed|verified|anonymous)|has_(?:\w+_)?perm\w*|has_access|can_\w+|may_\w+|current_user|request\.user|session\.user|is_(?:public|global)(?:_\w+)?|is_(?:private|loopback|link_local|reserved|unspecified|multicast)|safe_for_redirect|is_safe_\w+|url_has_allowed_host_and_scheme)\b/;

/** What a part asks of an account, a token or a password: whose something is, how somebody stands, whether a secret is right. */
const ASKS_MORE =
  /\.(?:owner|user|author|tenant|account|customer|organi[sz]ation|team|workspace)(?:_id|_pk|\.id|\.pk)?(?:==|!=)|(?:==|!=)[\w.]+\.(?:owner|user|tenant)(?:_id|_pk|\.id|\.pk)?$|\b(?:user|account|member|token|session|key)\w*\.(?:is_)?(?:disabled|locked|banned|blocked|suspended|revoked|expired|enabled|verified)\b|\.(?:failures|failed_\w+|\w*attempts)>|\b(?:verify|verify_\w+|check_password\w*|checkpw|compare_digest)\(|(?:api_?key|secret|token|passw(?:or)?d|signature)\w*(?:==|!=)(?!None\b|""|'')|(?:==|!=)[\w.]*(?:api_?key|secret|passw(?:or)?d|signature)\w*$/;

/** `name in ALLOWED_NAMES`, `host not in trusted_hosts`. */
const MEMBERSHIP = /^[\w.[\]"'()]+ (?:not )?in ([\w.]+)$/;

/** What a branch asks, split at its `and` or its `or`. */
export interface SplitCondition {
  /** Without spaces. */
  readonly text: string;
  readonly operator: "and" | "or" | undefined;
  /** What `and` or `or` joins, without spaces. */
  readonly parts: readonly string[];
  readonly written: ReadonlyMap<string, string>;
  /** Whether its block refuses: by an exception, an answer, or by going on to the next. */
  readonly refuses: boolean;
  /** Of the condition, or of what is answered. */
  readonly node: number;
  /** What is done where it holds; NONE of an answer. */
  readonly block: number;
}

/** The one question that was not asked before; where there are more, the function was written anew. */
export function onlyNew(then: readonly SplitCondition[], now: readonly SplitCondition[]): SplitCondition | undefined {
  const known = new Set(then.map(({ text }) => text));
  const [changed, ...others] = now.filter(({ text }) => !known.has(text));
  return others.length > 0 ? undefined : changed;
}

/** Whether a part of a condition asks who is there, how somebody stands, or whether a value is on a list of the module. */
export function isProtecting(facts: ModuleFacts, part: string): boolean {
  const list = MEMBERSHIP.exec(part)?.[1]?.split(".")[0];
  return (
    ASKS_WHO.test(part) ||
    ASKS_MORE.test(withoutNot(part).replaceAll(" ", "")) ||
    ASKS_AGE.test(part) ||
    (list !== undefined && isOfModule(facts, list))
  );
}

/** A list that somebody wrote down, and not one that the function fills. */
function isOfModule(facts: ModuleFacts, name: string): boolean {
  const isMade = factIndex(facts).assignmentsTo("", name).length > 0;
  return isMade || facts.imports.some(({ alias }) => alias === name);
}

/** What the branches of a function ask; of one that answers who may, what it answers as well. */
export function splitConditionsIn(facts: ModuleFacts, definition: DefinitionFact): readonly SplitCondition[] {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  const found: SplitCondition[] = [];
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const kind = syntax.kind[at];
    if (facts.scopeOf(at) !== definition.qualifiedName) continue;
    if (kind === Kind.return_statement && ANSWERS_WHO_MAY.test(definition.name)) {
      const answer = answerOf(facts, at);
      if (answer !== NONE) found.push({ ...partsOf(facts, answer), refuses: false, node: answer, block: NONE });
    }
    if (kind !== Kind.if_statement && kind !== Kind.elif_clause) continue;
    const condition = childByField(syntax, at, Field.condition);
    const block = childByField(syntax, at, Field.consequence);
    if (condition !== NONE)
      found.push({
        ...partsOf(facts, condition),
        refuses: block !== NONE && isRefusing(facts, block),
        node: condition,
        block,
      });
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

function partsOf({ syntax }: ModuleFacts, node: number): Omit<SplitCondition, "refuses" | "node" | "block"> {
  const whole = unwrap(syntax, node);
  const operator = operatorOf({ syntax }, whole);
  const written = new Map<string, string>();
  const add = (at: number) => {
    const part = unwrap(syntax, at);
    if (operator !== undefined && operatorOf({ syntax }, part) === operator) {
      add(childByField(syntax, part, Field.left));
      add(childByField(syntax, part, Field.right));
    } else written.set(onOneLine(textOf(syntax, part)), textOf(syntax, part));
  };
  add(whole);
  return { text: onOneLine(textOf(syntax, whole)), operator, parts: [...written.keys()], written };
}

function operatorOf({ syntax }: Pick<ModuleFacts, "syntax">, node: number): "and" | "or" | undefined {
  if (syntax.kind[node] !== Kind.boolean_operator) return undefined;
  const operator = childByField(syntax, node, Field.operator);
  if (operator === NONE) return undefined;
  return textOf(syntax, operator) === "and" ? "and" : "or";
}

/** Without a leading `not`. */
export function withoutNot(part: string): string {
  return part.replace(/^not(?=\W)/, "");
}

/** Code on one line, without spaces that mean nothing. */
export function onOneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([()[\]{}.,=]) ?/g, "$1")
    .trim();
}
