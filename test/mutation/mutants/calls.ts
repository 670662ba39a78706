import { type Mutant, mutant } from "../mutant.ts";

export const CALLS: readonly Mutant[] = [
  mutant(
    "arguments are not bound to parameters",
    "calls/call-function.ts",
    "callee, name, given ?? anywhere",
    "callee, name, anywhere",
  ),
  mutant(
    "what super().__init__ makes is unknown",
    "calls/constructors.ts",
    'name === "__init__" ?',
    'name === "__none__" ?',
  ),
  mutant("defaults are not known", "calls/call-function.ts", "?? callee.defaults.get(name) ?? UNKNOWN", "?? UNKNOWN"),
  mutant(
    "results of one call are those of every call",
    "calls/memo.ts",
    "for (const value of parameters.values()) key +=",
    "for (const value of [] as Value[]) key +=",
  ),
  mutant(
    "the origin of an argument is not part of the memo's key",
    "calls/replay.ts",
    "return now.get(name)?.origin ?? origin;",
    "return origin;",
  ),
  mutant(
    "what a repeated call stores is lost",
    "calls/replay.ts",
    "for (const [name, shape] of result.stored) {",
    "for (const [name, shape] of [] as [string, Shape][]) {",
  ),
  mutant(
    "calls of the project's functions are unknown calls",
    "expressions/evaluate-call.ts",
    "if (callables.length > 0) result =",
    "if (callables.length > 99) result =",
  ),
  mutant(
    "unknown calls pass nothing on",
    "expressions/evaluate-call.ts",
    "return carry(isFound ? FOUND_VALUE : DYNAMIC, from);",
    "return from.length < 0 ? carry(isFound ? FOUND_VALUE : DYNAMIC, from) : UNKNOWN;",
  ),
  mutant(
    "what is found by a key holds the key",
    "calls/found.ts",
    "return { ...withoutLabels(value), paths };",
    "return { ...(paths.length > 99 ? withoutLabels(value) : value), paths };",
  ),
  mutant(
    "each of what is found is not found",
    "statements/execute-loop.ts",
    "isFound(iterated) ? iterated.paths",
    "isFound(iterated) ? []",
  ),
  mutant(
    "what is found is no text",
    "library/text-methods.ts",
    "receiver.paths.length === 0 || isFound(receiver)",
    "receiver.paths.length === 0",
  ),
  mutant(
    "names that ask pass on what they ask about",
    "expressions/evaluate-call.ts",
    "if (isQuestion(name)) return DYNAMIC;",
    "",
  ),
  mutant(
    "a generator yields nothing",
    "calls/call-function.ts",
    "const element = joinAll(frame.yields);",
    "const element = joinAll(frame.yields.slice(99));",
  ),
  mutant(
    "recursion is endless before it is given up",
    "calls/call-function.ts",
    "machine.callDepth >= MAX_CALL_DEPTH",
    "machine.callDepth >= 0",
  ),
  mutant(
    "callbacks are not run",
    "calls/call-back.ts",
    "if (callee === undefined ||",
    "if (positional.length >= 0 || callee === undefined ||",
  ),
];
