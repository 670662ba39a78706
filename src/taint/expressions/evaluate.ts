import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { contentText, floatValue, integerValue, stringPrefix } from "../../python/literals.ts";
import { childByField, children, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { assume } from "../guards/guards.ts";
import { MAX_DEPTH } from "../machine/budgets.ts";
import type { Machine } from "../machine/machine.ts";
import { assignTo } from "../statements/execute-assignment.ts";
import { defineLambda } from "../statements/execute-definition.ts";
import { carry } from "../values/carry.ts";
import { readName } from "../values/names.ts";
import { assembleText } from "../values/path-parts.ts";
import { truth } from "../values/truth.ts";
import {
  constantValue,
  DYNAMIC,
  join,
  NONE_VALUE,
  TRUTH,
  UNKNOWN,
  type Value,
  withCleared,
  withoutLabels,
} from "../values/value.ts";
import { evaluateAttribute } from "./evaluate-attribute.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { evaluateComprehension } from "./evaluate-comprehension.ts";
import { evaluateDictionary, evaluateDisplay } from "./evaluate-display.ts";
import { evaluateSubscript } from "./evaluate-subscript.ts";
import { evaluateYield } from "./evaluate-yield.ts";
import { quotedKinds } from "./format.ts";
import { applyBinary, applyUnary, compare } from "./operators.ts";
import { callSpecial, textOfObject } from "./special-methods.ts";
import { applyUnarySpecial, comparedBySpecial } from "./special-operators.ts";

/** The abstract value of an expression, in the state as it is now; effects change the state. */
export function evaluate(machine: Machine, node: number): Value {
  if (node === NONE || !machine.step(node)) return UNKNOWN;
  if (machine.depth >= MAX_DEPTH) {
    machine.recorder.spend("depth", node);
    return UNKNOWN;
  }
  machine.depth++;
  const value = evaluateKind(machine, node);
  machine.depth--;
  machine.recorder.value(node, value);
  if (machine.syntax.kind[node] === Kind.call) machine.recorder.answer(node, value);
  return value;
}

/** An annotation: what it names is known by its path, and no module is read for it. */
export function nameType(machine: Machine, annotation: number): Value {
  const { isNaming } = machine;
  machine.isNaming = true;
  const value = evaluate(machine, annotation);
  machine.isNaming = isNaming;
  return value;
}

function evaluateKind(machine: Machine, node: number): Value {
  const { syntax } = machine;
  switch (syntax.kind[node]) {
    case Kind.identifier:
      return readName(machine, textOf(syntax, node));
    case Kind.string: {
      // Without values in it, it is what it was before.
      const isPlain = syntax.next[node] <= node + NODES_OF_PLAIN_STRING;
      return (isPlain ? machine.recorder.valueOf(node) : undefined) ?? evaluateString(machine, node);
    }
    case Kind.concatenated_string:
      return assembleText(
        machine,
        namedChildren(syntax, node).map((part) => evaluate(machine, part)),
      );
    case Kind.integer: {
      const number = integerValue(textOf(syntax, node));
      return number === undefined ? { ...DYNAMIC, constancy: "constant" } : constantValue(number);
    }
    case Kind.float: {
      const number = floatValue(textOf(syntax, node));
      return number === undefined ? { ...DYNAMIC, constancy: "constant" } : constantValue(number);
    }
    case Kind.true:
      return constantValue(true);
    case Kind.false:
      return constantValue(false);
    case Kind.none:
      return NONE_VALUE;
    case Kind.ellipsis:
      return { ...DYNAMIC, constancy: "constant" };
    case Kind.attribute:
      return evaluateAttribute(machine, node);
    case Kind.subscript:
      return evaluateSubscript(machine, node);
    case Kind.call:
      return evaluateCall(machine, node);
    case Kind.binary_operator:
      return evaluateBinary(machine, node);
    case Kind.boolean_operator:
      return evaluateBoolean(machine, node);
    case Kind.not_operator: {
      const known = truth(machine, evaluate(machine, childByField(syntax, node, Field.argument)));
      return known === undefined ? TRUTH : constantValue(!known);
    }
    case Kind.unary_operator: {
      const operator = textOf(syntax, childByField(syntax, node, Field.operator));
      const value = evaluate(machine, childByField(syntax, node, Field.argument));
      return applyUnarySpecial(machine, node, operator, value) ?? applyUnary(operator, value);
    }
    case Kind.comparison_operator:
      return evaluateComparison(machine, node);
    case Kind.conditional_expression:
      return evaluateConditional(machine, node);
    case Kind.lambda:
      return defineLambda(machine, node);
    case Kind.list:
    case Kind.list_pattern:
      return evaluateDisplay(machine, node, "list");
    case Kind.tuple:
    case Kind.tuple_pattern:
    case Kind.expression_list:
    case Kind.pattern_list:
      return evaluateDisplay(machine, node, "tuple");
    case Kind.set:
      return evaluateDisplay(machine, node, "set");
    case Kind.dictionary:
      return evaluateDictionary(machine, node);
    case Kind.list_comprehension:
    case Kind.set_comprehension:
    case Kind.generator_expression:
    case Kind.dictionary_comprehension:
      return evaluateComprehension(machine, node);
    case Kind.named_expression: {
      const value = evaluate(machine, childByField(syntax, node, Field.value));
      assignTo(machine, childByField(syntax, node, Field.name), value, node, childByField(syntax, node, Field.value));
      return value;
    }
    case Kind.yield:
      return evaluateYield(machine, node);
    case Kind.keyword_argument:
      return evaluate(machine, childByField(syntax, node, Field.value));
    case Kind.assignment:
      return evaluate(machine, childByField(syntax, node, Field.right));
    default:
      // Parentheses, `await`, splats, types and what else only wraps one expression.
      return evaluateWrapped(machine, node);
  }
}

/** The string, its quotes and its content. */
const NODES_OF_PLAIN_STRING = 4;

function evaluateWrapped(machine: Machine, node: number): Value {
  const parts = namedChildren(machine.syntax, node);
  if (parts.length === 0) return UNKNOWN;
  const values = parts.map((part) => evaluate(machine, part));
  return values.length === 1 ? values[0] : carry(DYNAMIC, values);
}

function evaluateString(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const prefix = stringPrefix(syntax, node);
  const parts: Value[] = [];
  for (const child of children(syntax, node)) {
    if (syntax.kind[child] === Kind.string_content) {
      parts.push(constantValue(contentText(syntax, child, prefix.includes("r"))));
    } else if (syntax.kind[child] === Kind.interpolation) parts.push(evaluateInterpolation(machine, child));
  }
  return parts.length === 1 && parts[0].constants !== undefined ? parts[0] : assembleText(machine, parts);
}

function evaluateInterpolation(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const expression = childByField(syntax, node, Field.expression);
  const format = childByField(syntax, node, Field.format_specifier);
  const conversion = childByField(syntax, node, Field.type_conversion);
  const given = textOfBytes(machine, expression) ?? evaluate(machine, expression);
  const asked = constantValue(format === NONE ? "" : textOf(syntax, format).slice(1));
  const formatted = conversion === NONE ? callSpecial(machine, expression, given, "__format__", [asked]) : undefined;
  if (formatted !== undefined) return { ...formatted, text: true };
  const value = textOfObject(machine, expression, given);
  if (format !== NONE) for (const part of namedChildren(syntax, format)) evaluate(machine, part);
  if (format === NONE && conversion === NONE) return value;
  const isNumeric = format !== NONE && /[bcdeEfFgGnoxX%]$/.test(textOf(syntax, format));
  const text: Value = { ...value, constants: undefined, prefix: undefined, refs: [], text: true };
  if (conversion !== NONE && !textOf(syntax, conversion).endsWith("s")) return withCleared(text, quotedKinds(machine));
  return isNumeric ? { ...text, cleared: text.cleared | machine.models.kindMask(["injection"]) } : text;
}

/** `f"{b''}"` is `b''`, never empty. */
function textOfBytes({ syntax }: Machine, node: number): Value | undefined {
  const isBytes = syntax.kind[node] === Kind.string && stringPrefix(syntax, node).includes("b");
  return isBytes ? constantValue(textOf(syntax, node)) : undefined;
}

/** The left spine of `a + b + c …` is walked, not descended: sums of thousands of parts exist. */
function evaluateBinary(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const spine: number[] = [];
  let at = node;
  while (syntax.kind[at] === Kind.binary_operator) {
    spine.push(at);
    at = childByField(syntax, at, Field.left);
  }
  let value = evaluate(machine, at);
  for (const operation of spine.reverse()) {
    const operator = textOf(syntax, childByField(syntax, operation, Field.operator));
    const rightNode = childByField(syntax, operation, Field.right);
    const right = evaluate(machine, rightNode);
    value = applyBinary(machine, operation, operator, value, right);
    if (operation !== node) machine.recorder.value(operation, value);
  }
  return value;
}

/** The right side runs only where the left does not decide, and knows what the left proved. */
function evaluateBoolean(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const isAnd = textOf(syntax, childByField(syntax, node, Field.operator)) === "and";
  const leftNode = childByField(syntax, node, Field.left);
  const left = evaluate(machine, leftNode);
  const known = truth(machine, left);
  if (known !== undefined && known !== isAnd) return left;
  const before = machine.state;
  machine.state = before.fork();
  assume(machine, leftNode, isAnd);
  const right = evaluate(machine, childByField(syntax, node, Field.right));
  const branch = machine.state;
  machine.state = before;
  if (known === undefined) {
    // Names bound on the right survive; what the left proved does not.
    before.merge([before.fork(), branch]);
    // Where `and` gives its left side, that is empty, zero or None.
    const rest = isAnd ? { ...withoutLabels(left), constants: undefined } : left;
    return join(rest, right);
  }
  before.merge([branch]);
  return right;
}

function evaluateComparison(machine: Machine, node: number): Value {
  const { operands, operators } = comparisonParts(machine.syntax, node);
  const values = operands.map((operand) => evaluate(machine, operand));
  let result: boolean | undefined = true;
  for (let index = 0; index < operators.length; index++) {
    const [left, right] = [values[index], values[index + 1]];
    const known =
      comparedBySpecial(machine, node, operators[index], left, right) ??
      compare(machine, operators[index], left, right);
    if (known === false) return constantValue(false);
    if (known === undefined) result = undefined;
  }
  return result === undefined ? TRUTH : constantValue(result);
}

function evaluateConditional(machine: Machine, node: number): Value {
  const [consequence, condition, alternative] = namedChildren(machine.syntax, node);
  const known = truth(machine, evaluate(machine, condition));
  if (known !== undefined) return evaluate(machine, known ? consequence : alternative);
  const before = machine.state;
  const whenTrue = before.fork();
  machine.state = whenTrue;
  assume(machine, condition, true);
  const first = evaluate(machine, consequence);
  const whenFalse = before.fork();
  machine.state = whenFalse;
  assume(machine, condition, false);
  const second = evaluate(machine, alternative);
  machine.state = before;
  before.merge([whenTrue, whenFalse]);
  return join(first, second);
}
