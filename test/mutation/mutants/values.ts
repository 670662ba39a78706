import { type Mutant, mutant } from "../mutant.ts";

export const VALUES: readonly Mutant[] = [
  mutant(
    "all kinds are cleared where one side is",
    "values/value.ts",
    "return a.cleared & b.cleared;",
    "return a.cleared | b.cleared;",
  ),
  mutant(
    "a sanitizer clears every kind",
    "calls/call-library.ts",
    "{ ...value, cleared: value.cleared | mask };",
    "{ ...value, cleared: -1 };",
  ),
  mutant(
    "labels inside containers are not seen from outside",
    "values/carry.ts",
    "if (value.refs.length === 0 || nesting === 0) return value;",
    "return value;",
  ),
  mutant(
    "constants are forgotten at a join",
    "values/value.ts",
    "return joined.length > MAX_CONSTANTS ? undefined : joined;",
    "return joined.length > 1 ? undefined : joined;",
  ),
  mutant(
    "comparisons of constants are not known",
    "expressions/operators.ts",
    "if (left.constants === undefined || right.constants === undefined) return undefined;\n  let",
    "return undefined;\n  let",
  ),
  mutant(
    "arithmetic is not folded",
    "expressions/operators.ts",
    "if (folded !== undefined) return carry(folded, [left, right]);",
    "",
  ),
  mutant("the beginning of a text is not kept", "values/text.ts", "prefix: commonPrefix(parts),", "prefix: undefined,"),
  mutant(
    "and does not stop at what is false",
    "expressions/evaluate.ts",
    "if (known !== undefined && known !== isAnd) return left;",
    "",
  ),
  mutant(
    "a conditional expression evaluates both sides",
    "expressions/evaluate.ts",
    "if (known !== undefined) return evaluate(machine, known ? consequence : alternative);",
    "",
  ),
  mutant(
    "percent puts every value in",
    "expressions/format.ts",
    "return shape.entries.get(key) ?? shape.rest ?? UNKNOWN;",
    "return deep(machine, values);",
  ),
  mutant(
    "format puts every value in",
    "expressions/format.ts",
    "if (pieces === undefined || (others.length > 0 && hasFields)) {",
    "{",
  ),
  mutant(
    "of many containers that are returned the first ones count",
    "calls/united-returns.ts",
    "const value = anyOf(machine, values, (ref) => shapes.get(ref));",
    "const value = joinAll(values);",
  ),
  mutant(
    "no object is read like a file",
    "machine/sink-forms.ts",
    'return has("read") && !has("__fspath__");',
    "return false;",
  ),
  mutant(
    "library functions give no text",
    "calls/call-library.ts",
    "paths.some((path) => models.givesText(path))",
    "paths.some((path) => !path)",
  ),
  mutant(
    "no part of a text is known",
    "expressions/evaluate-subscript.ts",
    "if (!receiver.text || step !== 1 || start < 0) return undefined;",
    "if (step !== 0) return undefined;",
  ),
];
