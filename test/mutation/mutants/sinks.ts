import { type Mutant, mutant } from "../mutant.ts";

export const SINKS: readonly Mutant[] = [
  mutant("sinks do not ask what is cleared", "machine/sinks.ts", "(value.cleared & bit) !== 0 || ", ""),
  mutant(
    "a fixed host does not count",
    "machine/sink-forms.ts",
    "hasFixedHost(value, sink.feeds) ?",
    'hasFixedHost(value, "") && value.labels < 0 ?',
  ),
  mutant(
    "an annotation says nothing of what an object is",
    "calls/instances.ts",
    "return instance === undefined ? typed : { ...typed, refs: instance.refs };",
    "return typed;",
  ),
  mutant(
    "a method that only classes below give returns nothing",
    "calls/call-function.ts",
    "    info.isAbstract ||\n",
    "",
  ),
  mutant(
    "what is injected by an annotation comes from the request",
    "machine/entry.ts",
    "isInjected(fallback) || isInjectedBy(machine, parameter.annotation)",
    "isInjected(fallback)",
  ),
  mutant(
    "a text or list may be as long as it likes",
    "expressions/operators.ts",
    "  checkRepeated(machine, node, left, right);\n  checkRepeated(machine, node, right, left);\n",
    "",
  ),
  mutant(
    "what a function found is what it was given",
    "calls/unknown-answer.ts",
    'const mask = TEXTUAL.test(name) ? 0 : machine.models.kindMask(["session"]);',
    "const mask = 0;",
  ),
  mutant(
    "a function that cleans a text has found something",
    "calls/unknown-answer.ts",
    "TEXTUAL.test(name) ? 0 : machine",
    "machine",
  ),
  mutant(
    "an answer does not know as what it was made",
    "machine/answer-types.ts",
    "if (made.length > 0)",
    "if (false)",
  ),
  mutant(
    "names that are written out are the sender's choice",
    "machine/sink-forms.ts",
    'if (shape?.kind !== "dict") return deep(machine, value);\n  const unnamed',
    "if (shape !== undefined || shape === undefined) return deep(machine, value);\n  const unnamed",
  ),
  mutant(
    "an environment escapes what it is not told to",
    "library/literal-templates.ts",
    "|| !isBareEnvironment(machine)",
    "|| isBareEnvironment(machine)",
  ),
  mutant("a cell behind a quote is a formula", "values/path-parts.ts", "return isNoFormula ?", "return false ?"),
  mutant(
    "a statement is one of known drivers only",
    "machine/sinks.ts",
    "if (!value.text) return;",
    "if (value.text) return;",
  ),
  mutant(
    "one of several lists is a line",
    "machine/sink-forms.ts",
    "if (value.refs.length < 2 || value.labels !== 0)",
    "if (value.refs.length > 0)",
  ),
  mutant(
    "several lists grow into something else",
    "expressions/operators.ts",
    "if (left.refs.length > 1 && left",
    "if (left.refs.length > 9 && left",
  ),
  mutant("a file was written by whoever chose it", "library/library.ts", ' && !path.startsWith("pathlib.")', ""),
  mutant("what a server prints is a page", "machine/answer-types.ts", "if (printed) continue;", ""),
  mutant(
    "the headers of an answer in one value are not read",
    "machine/sinks.ts",
    'parts?.kind === "tuple" ?',
    'parts?.kind === "list" ?',
  ),
];
