import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { withoutSpace } from "../../text/without-space.ts";

/** What is answered with a status, instead of what was asked for. */
export const ANSWERING: ReadonlySet<string> = new Set(["abort", "HTTPException", "HTTPError"]);

/** A question that the code asks before it goes on. */
export interface BranchCondition {
  /** Its text, without spaces. */
  readonly condition: string;
  readonly subjects: ReadonlySet<string>;
  /** Whether the way behind it ends: with an exception, an answer, the next round. */
  readonly turnsAway: boolean;
}

/** Each `if`, `elif`, `while`, `assert` and conditional expression of a body. */
export function branchConditionsIn(facts: ModuleFacts, body: number): readonly BranchCondition[] {
  const { syntax } = facts;
  const found: BranchCondition[] = [];
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const condition = conditionOf(facts, at);
    if (condition !== NONE)
      found.push({
        ...asCondition(facts, condition),
        subjects: asSubjects(variablesIn(facts, condition)),
        turnsAway: turnsAway(facts, at),
      });
  }
  return found;
}

/** Statements by which a way ends. */
export const ENDS: ReadonlySet<number> = new Set([
  Kind.raise_statement,
  Kind.return_statement,
  Kind.continue_statement,
  Kind.break_statement,
  Kind.assert_statement,
]);

function turnsAway({ syntax }: ModuleFacts, node: number): boolean {
  for (let at = node; at < syntax.next[node]; at++) {
    if (ENDS.has(syntax.kind[at]) || (syntax.kind[at] === Kind.call && ANSWERING.has(calledName(syntax, at))))
      return true;
  }
  return false;
}

/** The last part of the name that a call is written with. */
export function calledName(syntax: SyntaxArrays, call: number): string {
  return lastPart(textOf(syntax, childByField(syntax, call, Field.function)));
}

/** What an `if`, `elif` or `while` asks; an assertion or conditional expression as a whole; NONE of anything else. */
export function conditionOf({ syntax }: ModuleFacts, node: number): number {
  const kind = syntax.kind[node];
  if (kind === Kind.if_statement || kind === Kind.elif_clause || kind === Kind.while_statement) {
    return childByField(syntax, node, Field.condition);
  }
  return kind === Kind.assert_statement || kind === Kind.conditional_expression ? node : NONE;
}

/** The branch in whose condition or block a node stands, or the function around it. */
export function branchAround({ syntax }: ModuleFacts, node: number): number {
  return ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
}

export function asCondition(facts: ModuleFacts, node: number): Omit<BranchCondition, "turnsAway"> {
  return { condition: withoutSpace(textOf(facts.syntax, node)), subjects: asSubjects(rootsIn(facts, node)) };
}

/** The variables of an expression, and what it reads of the object itself: `self.order` of `self.order.total`. */
export function variablesIn(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const own: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || textOf(syntax, at) !== "self") continue;
    const above = syntax.parent[at];
    const isCalled = syntax.field[above] === Field.function;
    if (syntax.kind[above] === Kind.attribute && !isCalled) own.push(textOf(syntax, above));
  }
  return [...rootsIn(facts, node), ...own.filter((name) => name !== "self.request")];
}

/** The variables of an expression: no attributes, no names of keywords, nothing that is imported but the session of Flask. */
function rootsIn(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const imported = importedNames(facts);
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.field[at] === Field.attribute || syntax.field[at] === Field.name)
      continue;
    const name = textOf(syntax, at);
    if (syntax.field[at] !== Field.function && !imported.has(name)) found.push(name);
  }
  return found;
}

const importedNames: (facts: ModuleFacts) => ReadonlySet<string> = oncePer(
  ({ imports }) => new Set(imports.flatMap(({ alias, member }) => (member === "session" ? [] : [alias]))),
);

/** Without what every function has. */
export function asSubjects(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((one) => one !== "self" && one !== "cls" && one !== "request"));
}
