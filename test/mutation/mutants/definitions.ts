import { type Mutant, mutant } from "../mutant.ts";

export const DEFINITIONS: readonly Mutant[] = [
  mutant(
    "registered variants never run",
    "calls/call-function.ts",
    "if (variants !== undefined) return",
    "if (variants !== undefined && node < 0) return",
  ),
  mutant(
    "what calls another one of its name calls itself",
    "calls/recursion.ts",
    "if (isRecursive ? isLabelled : !isExact) return",
    "if (isRecursive && isLabelled) return",
  ),
  mutant(
    "a class is not shown to its parents",
    "statements/announce-class.ts",
    "for (const parent of info.parents)",
    "for (const parent of [] as ClassInfo[])",
  ),
  mutant(
    "a metaclass makes nothing",
    "statements/announce-class.ts",
    "return making === undefined ? undefined :",
    "return making !== undefined ? undefined : making === undefined ? undefined :",
  ),
  mutant(
    "an object that is handed over offers nothing",
    "calls/call-back.ts",
    "if (methods.length === 0) return [];",
    "if (methods.length >= 0) return [];",
  ),
  mutant(
    "a schema in a dict lets everything through",
    "library/document-schemas.ts",
    "withCleared(value, maskOf(rule))",
    "withCleared(value, maskOf(rule) & 0)",
  ),
  mutant(
    "a schema in a dict lets nothing through",
    "library/document-schemas.ts",
    "withCleared(value, maskOf(rule))",
    "withCleared(value, maskOf(rule) | -1)",
  ),
  mutant(
    "the site's own address has no end",
    "values/fixed-host.ts",
    "isFromOutside(machine, parts[0]) && endsOwnHost(parts[0])",
    "isFromOutside(machine, parts[0]) && parts.length < 0",
  ),
  mutant(
    "arguments of Graphene have no type",
    "guards/graphql-arguments.ts",
    "return isTyped ?",
    "return isTyped && name === undefined ?",
  ),
  mutant(
    "patterns say nothing of how a text begins",
    "guards/guard-text.ts",
    "const beginning = beginningOf(pattern, method);",
    'const beginning = beginningOf("", method);',
  ),
  mutant(
    "a pattern that lets two slashes through forbids them",
    "guards/pattern-beginnings.ts",
    '? "own" : "/"',
    '? "own" : "own"',
  ),
  mutant(
    "what a pattern calls a number is a text",
    "statements/match-patterns.ts",
    "const numbers = isNumber ?",
    "const numbers = isNumber && subject === undefined ?",
  ),
];
