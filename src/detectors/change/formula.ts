import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { unwrap } from "../shared/literal.ts";
import { asPositive } from "./question.ts";
import { onOneLine } from "./split-conditions.ts";

/** A condition in a file. */
export interface Placed {
  readonly facts: ModuleFacts;
  readonly node: number;
}

/** Given the answer to each question, whether a condition holds. */
type Formula = (isSo: (question: string) => boolean) => boolean;

/** Above, there are more ways to answer than are worth going through (256). */
const MOST_QUESTIONS = 8;

/**
 * Whether the second condition holds only where the first one does, and not always there, however its questions are answered: both ask the
 * same ones, at most eight, joined in different ways.
 */
export function holdsLess(first: Placed, second: Placed): boolean {
  const [questions, others] = [new Set<string>(), new Set<string>()];
  const [wide, narrow] = [formulaOf(first, questions), formulaOf(second, others)];
  const all = [...questions];
  if (all.length !== others.size || all.length > MOST_QUESTIONS || !all.every((one) => others.has(one))) return false;
  let isLess = false;
  for (let answers = 0; answers < 2 ** all.length; answers++) {
    const isSo = (question: string) => ((answers >> all.indexOf(question)) & 1) === 1;
    if (narrow(isSo) && !wide(isSo)) return false;
    isLess ||= wide(isSo) && !narrow(isSo);
  }
  return isLess;
}

function formulaOf({ facts, node }: Placed, questions: Set<string>): Formula {
  const { syntax } = facts;
  const whole = unwrap(syntax, node);
  if (syntax.kind[whole] === Kind.not_operator) {
    const inner = formulaOf({ facts, node: firstNamedChild(syntax, whole) }, questions);
    return (isSo) => !inner(isSo);
  }
  if (syntax.kind[whole] === Kind.boolean_operator) {
    const left = formulaOf({ facts, node: childByField(syntax, whole, Field.left) }, questions);
    const right = formulaOf({ facts, node: childByField(syntax, whole, Field.right) }, questions);
    const operator = childByField(syntax, whole, Field.operator);
    const isAnd = operator !== NONE && textOf(syntax, operator) === "and";
    return isAnd ? (isSo) => left(isSo) && right(isSo) : (isSo) => left(isSo) || right(isSo);
  }
  const { text, isNegated } = asPositive(onOneLine(textOf(syntax, whole)));
  questions.add(text);
  return (isSo) => isSo(text) !== isNegated;
}
