import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, childOfKind, NONE, namedChildren, nextSibling, textOf } from "../../python/walk.ts";
import { operands } from "./literal.ts";

/** What a condition is for: which of its answers turns the value away. */
export interface CheckOutcome {
  readonly whenTrue: Outcome;
  readonly whenFalse: Outcome;
}

/** `refuses`: raises, aborts or answers with an error. `says-no`: a predicate returns false. */
export type Outcome = "refuses" | "says-no" | "goes-on";

/**
 * Follows an expression up through `not`, `and`, `or`, `is None` and `bool()` to the statement that acts on it, or from the
 * name it is given to the `if` that comes next.
 */
export function checkOutcome(syntax: SyntaxArrays, expression: number): CheckOutcome {
  let node = expression;
  let isNegated = false;
  for (let parent = syntax.parent[node]; parent !== 0; node = parent, parent = syntax.parent[node]) {
    switch (syntax.kind[parent]) {
      case Kind.parenthesized_expression:
      case Kind.boolean_operator:
        continue;
      case Kind.not_operator:
        isNegated = !isNegated;
        continue;
      case Kind.comparison_operator: {
        const sign = comparisonSign(syntax, parent, node);
        if (sign === undefined) return NO_CHECK;
        isNegated = isNegated !== (sign === "negates");
        continue;
      }
      case Kind.argument_list: {
        const call = syntax.parent[parent];
        if (textOf(syntax, childByField(syntax, call, Field.function)) !== "bool") return NO_CHECK;
        node = call;
        parent = call;
        continue;
      }
      default:
        return turned(actedOn(syntax, parent, node), isNegated);
    }
  }
  return NO_CHECK;
}

const NO_CHECK: CheckOutcome = { whenTrue: "goes-on", whenFalse: "goes-on" };

function turned(outcome: CheckOutcome, isNegated: boolean): CheckOutcome {
  return isNegated ? { whenTrue: outcome.whenFalse, whenFalse: outcome.whenTrue } : outcome;
}

function comparisonSign(syntax: SyntaxArrays, comparison: number, node: number): "keeps" | "negates" | undefined {
  const [left, right, more] = operands(syntax, comparison);
  if (left !== node || right === undefined || more !== undefined) return undefined;
  const operator = textOf(syntax, childByField(syntax, comparison, Field.operators)).replace(/\s+/g, " ");
  const isEqual = operator === "is" || operator === "==";
  if (!isEqual && operator !== "is not" && operator !== "!=") return undefined;
  const kind = syntax.kind[right];
  if (kind === Kind.true) return isEqual ? "keeps" : "negates";
  if (kind === Kind.none || kind === Kind.false) return isEqual ? "negates" : "keeps";
  return undefined;
}

function actedOn(syntax: SyntaxArrays, statement: number, condition: number): CheckOutcome {
  switch (syntax.kind[statement]) {
    case Kind.if_statement:
    case Kind.elif_clause:
      return syntax.field[condition] === Field.condition ? ofBranch(syntax, statement) : NO_CHECK;
    case Kind.return_statement:
      return { whenTrue: "goes-on", whenFalse: "says-no" };
    case Kind.assert_statement:
      return { whenTrue: "goes-on", whenFalse: "refuses" };
    case Kind.assignment:
    case Kind.named_expression:
      return ofName(syntax, statement);
    default:
      return NO_CHECK;
  }
}

function ofBranch(syntax: SyntaxArrays, statement: number): CheckOutcome {
  const consequence = childByField(syntax, statement, Field.consequence);
  const whenTrue = consequence === NONE ? "goes-on" : blockOutcome(syntax, consequence);
  const elseClause = childOfKind(syntax, statement, Kind.else_clause);
  if (elseClause !== NONE) {
    const body = childByField(syntax, elseClause, Field.body);
    return { whenTrue, whenFalse: body === NONE ? "goes-on" : blockOutcome(syntax, body) };
  }
  const after = nextSibling(syntax, statement);
  const leaves = consequence !== NONE && endsFlow(syntax, consequence);
  return { whenTrue, whenFalse: leaves && after !== NONE ? statementOutcome(syntax, after) : "goes-on" };
}

/** `found = check(x)` and next `if not found: raise …`. */
function ofName(syntax: SyntaxArrays, assignment: number): CheckOutcome {
  const isWalrus = syntax.kind[assignment] === Kind.named_expression;
  if (isWalrus) return checkOutcome(syntax, assignment);
  const target = childByField(syntax, assignment, Field.left);
  const next = nextSibling(syntax, syntax.parent[assignment]);
  if (target === NONE || next === NONE) return NO_CHECK;
  const name = textOf(syntax, target);
  for (let node = next; node < syntax.next[next]; node++) {
    if (syntax.kind[node] === Kind.block) break;
    if (syntax.kind[node] === Kind.identifier && textOf(syntax, node) === name) return checkOutcome(syntax, node);
  }
  return NO_CHECK;
}

function blockOutcome(syntax: SyntaxArrays, block: number): Outcome {
  const last = namedChildren(syntax, block).at(-1);
  return last === undefined ? "goes-on" : statementOutcome(syntax, last);
}

function endsFlow(syntax: SyntaxArrays, block: number): boolean {
  const last = namedChildren(syntax, block).at(-1);
  const kind = last === undefined ? 0 : syntax.kind[last];
  return kind === Kind.return_statement || kind === Kind.raise_statement;
}

function statementOutcome(syntax: SyntaxArrays, statement: number): Outcome {
  switch (syntax.kind[statement]) {
    case Kind.raise_statement:
      return "refuses";
    case Kind.expression_statement:
      return /^(?:\w+\.)*(?:abort|exit|fail|error|send_error|add_error|deny|reject)\b/.test(textOf(syntax, statement))
        ? "refuses"
        : "goes-on";
    case Kind.return_statement: {
      const [value] = namedChildren(syntax, statement);
      if (value === undefined) return "goes-on";
      if (syntax.kind[value] === Kind.false || syntax.kind[value] === Kind.none) return "says-no";
      return answersError(textOf(syntax, value)) ? "refuses" : "goes-on";
    }
    default:
      return "goes-on";
  }
}

/** An answer of the web framework that says no: by its status or by its class. */
function answersError(answer: string): boolean {
  return /\b4\d\d\b|HTTP_4\d\d|(?:Forbidden|BadRequest|NotFound|Unauthorized|NotAllowed)\w*\(|["']error|\binvalid\b/i.test(
    answer,
  );
}
