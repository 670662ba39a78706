import { type Mutant, mutant } from "../mutant.ts";

export const NAMES: readonly Mutant[] = [
  mutant("global names are local", "values/names.ts", "if (scope.globals.has(name)) return machine.unit.frame;", ""),
  mutant(
    "functions see the names of their class body",
    "values/names.ts",
    "!frame.isClassBody || frame === machine.frame",
    "true",
  ),
  mutant("closures see no outer names", "calls/call-function.ts", "    enclosing: callee.frame,\n", ""),
  mutant(
    "a comprehension's names are those around it",
    "expressions/evaluate-comprehension.ts",
    "for (const clause of clauses) addTargets(syntax, targetOf(machine, clause), locals);",
    "",
  ),
  mutant(
    "what is proved of an item outlives its container",
    "values/names.ts",
    "for (const key of keys) machine.state.set(key, UNKNOWN);",
    "for (const _ of keys);",
  ),
  mutant(
    "methods are not found by how their names begin",
    "expressions/named-attributes.ts",
    "if (prefix === undefined ||",
    "if (prefix !== undefined || prefix === undefined ||",
  ),
  mutant(
    "a class that says what it holds is an item",
    "expressions/evaluate-subscript.ts",
    "if (isGeneric(machine, receiver)) return receiver;",
    "",
  ),
];
