import { Field, Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../python/walk.ts";
import type { ArgumentFact, CallFact, ValueFact } from "../taint/facts.ts";
import { isSettled } from "../taint/values/settled.ts";
import { oncePer } from "../text/once-per.ts";
import type { ArgumentRef, ArgumentTest, ValueTest } from "./rule.ts";

/** Whether an argument is known to pass a test. What cannot be known passes neither a test nor its opposite. */
export function argumentPasses(
  call: CallFact,
  { argument, entry, value: test }: ArgumentTest,
  canonical: (path: string) => string,
  syntax: SyntaxArrays,
): boolean {
  const found = findArgument(call, argument);
  if (entry !== undefined) {
    const value = found?.value.entries?.get(entry) ?? found?.value.elements?.[Number(entry)];
    return value !== undefined && valuePasses(value, test, canonical);
  }
  if (found !== undefined && test.kind === "literal") return isWrittenOut(syntax, found);
  if (found !== undefined && test.kind === "settled" && (isWrittenOut(syntax, found) || isNamedText(syntax, found)))
    return false;
  if (found !== undefined && test.kind === "truthy" && ALWAYS_TRUE.has(syntax.kind[found.node])) return true;
  if (found !== undefined) return test.kind === "present" || valuePasses(found.value, test, canonical);
  if (call.doubleSplat || (call.splat && argument.position !== undefined)) return false;
  return test.kind === "absent" || test.kind === "is-not" || test.kind === "is-not-path";
}

export function findArgument(call: CallFact, { position, keyword }: ArgumentRef): ArgumentFact | undefined {
  return call.args.find(
    (argument) =>
      (position !== undefined && argument.position === position) ||
      (keyword !== undefined && argument.keyword === keyword),
  );
}

export function valuePasses(value: ValueFact, test: ValueTest, canonical: (path: string) => string): boolean {
  const { constants } = value;
  const isKnown = constants.length > 0;
  switch (test.kind) {
    case "equals":
      return isKnown && constants.every((constant) => constant === test.constant);
    case "is-not":
      return isKnown && constants.every((constant) => constant !== test.constant);
    case "one-of":
      return isKnown && constants.every((constant) => test.constants.includes(constant));
    case "starts-with":
      return isKnown && constants.every((text) => isText(text) && test.texts.some((start) => text.startsWith(start)));
    case "ends-with":
      return isKnown && constants.every((text) => isText(text) && test.texts.some((end) => text.endsWith(end)));
    case "contains":
      return isKnown && constants.every((text) => isText(text) && test.texts.some((part) => text.includes(part)));
    case "literal":
      return false;
    case "truthy":
      return truthOf(value) === true;
    case "falsy":
      return truthOf(value) === false;
    case "less-than":
      return isKnown && constants.every((constant) => typeof constant === "number" && constant < test.bound);
    case "greater-than":
      return isKnown && constants.every((constant) => typeof constant === "number" && constant > test.bound);
    case "is-path":
      return isOneOf(value.paths, (path) => includes(test.paths, path, canonical));
    case "is-not-path":
      return (value.paths.length > 0 && !value.paths.some((path) => includes(test.paths, path, canonical))) || isKnown;
    case "absent":
      return false;
    case "present":
      return true;
    case "settled":
      return isSettled(value, test.sink);
    case "constant":
      return value.constancy === "constant";
    case "constant-string":
      return isKnown && constants.every((constant) => typeof constant === "string");
    case "not-constant":
      return value.constancy === "dynamic";
  }
}

/** Each thing that it may be is one of them; `config[]` is another spelling of `config[KEY]`. */
function isOneOf(paths: readonly string[], isWanted: (path: string) => boolean): boolean {
  return paths.some(isWanted) && paths.every((path) => isWanted(path) || path.endsWith("[]"));
}

function includes(paths: readonly string[], path: string, canonical: (path: string) => string): boolean {
  return paths.some((wanted) => wanted === path || canonical(wanted) === path);
}

const ALWAYS_TRUE: ReadonlySet<number> = new Set([Kind.lambda, Kind.generator_expression]);
const NAMED: ReadonlySet<number> = new Set([Kind.identifier, Kind.call]);

/** Constants that are named as such, `ROW`, count as written out. */
function isWrittenOut(syntax: SyntaxArrays, { node: expression, value }: ArgumentFact): boolean {
  for (let node = expression; node < syntax.next[expression]; node++) {
    if (!NAMED.has(syntax.kind[node])) continue;
    if (value.constancy !== "constant" || !/^[A-Z][A-Z0-9_]*$/.test(textOf(syntax, node))) return false;
  }
  return true;
}

/** A text that has a name of the module and no other part in what is made of it. */
function isNamedText(syntax: SyntaxArrays, { node, value }: ArgumentFact): boolean {
  const names = syntax.kind[node] === Kind.identifier ? [node] : namedChildren(syntax, node);
  if (value.constancy !== "constant") return false;
  return names.some((name) => syntax.kind[name] === Kind.identifier && textsByName(syntax).has(textOf(syntax, name)));
}

/** The names that a module gives to texts on its own level. */
const textsByName: (syntax: SyntaxArrays) => ReadonlySet<string> = oncePer((syntax) => {
  const names = new Set<string>();
  for (const statement of namedChildren(syntax, 0)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    if (assignment === NONE) continue;
    const left = childByField(syntax, assignment, Field.left);
    const right = childByField(syntax, assignment, Field.right);
    if (right !== NONE && syntax.kind[right] === Kind.string) names.add(textOf(syntax, left));
  }
  return names;
});

function isText(constant: ValueFact["constants"][number]): constant is string {
  return typeof constant === "string";
}

/** What `if` would make of it; undefined where that depends on more than is known. */
function truthOf({ constants, elements, entries, complete }: ValueFact): boolean | undefined {
  if (elements !== undefined) return elements.length > 0;
  if (entries !== undefined) return entries.size > 0 || (complete === true ? false : undefined);
  const [first, ...others] = constants.map(Boolean);
  return first !== undefined && others.every((truth) => truth === first) ? first : undefined;
}
