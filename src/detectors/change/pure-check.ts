import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { refiningFunctions } from "./refining-functions.ts";

/**
 * Names of functions of the project that do nothing but refuse: each ends with an exception or gives nothing back, and the base calls
 * them for that alone, or for the path or address that they let through. They are defined in the file itself or in a module that it
 * imports.
 */
export function pureChecks({ base, moduleAtBase }: ChangeSides): ReadonlySet<string> {
  const found = new Set<string>();
  const refining = refiningFunctions(base);
  const asked = new Map<string, boolean>();
  for (const call of base.calls) {
    const { name } = call;
    if (call.args.length === 0) continue;
    if (!isStatement(base.syntax, call) && refining.get(name)?.tellsPlace !== true) continue;
    let isPure = refining.has(name) || asked.get(name);
    if (isPure === undefined) {
      isPure = isPureCheck(definitionOf({ base, moduleAtBase }, name));
      asked.set(name, isPure);
    }
    if (isPure) found.add(lastPart(name));
  }
  return found;
}

/** Nobody asks what it gives back. */
function isStatement(syntax: SyntaxArrays, { node }: CallFact): boolean {
  const above = syntax.parent[node];
  const outer = syntax.kind[above] === Kind.await ? syntax.parent[above] : above;
  return syntax.kind[outer] === Kind.expression_statement;
}

interface Definition {
  readonly syntax: SyntaxArrays;
  /** Its `function_definition`. */
  readonly node: number;
}

/** The function that a call of `name` runs: `ensure_ours`, `checks.ensure_ours`; methods are not looked up. */
function definitionOf(
  { base, moduleAtBase }: Pick<ChangeSides, "base" | "moduleAtBase">,
  name: string,
): Definition | undefined {
  const parts = name.split(".");
  const [root = ""] = parts;
  if (parts.length === 1) {
    const own = factIndex(base).functionNamed(name);
    if (own !== undefined) return { syntax: base.syntax, node: functionAt(base.syntax, own.node) };
  }
  for (const { module, member, alias } of base.imports) {
    if (alias !== root && alias !== parts.slice(0, -1).join(".")) continue;
    const isMember = parts.length === 1 && member !== undefined;
    const dotted = isMember || member === undefined ? module : `${module}.${member}`;
    const syntax = isMember || parts.length > 1 ? moduleAtBase?.(dotted) : undefined;
    const found = syntax && functionNamed(syntax, isMember ? member : lastPart(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function functionNamed(syntax: SyntaxArrays, name: string): Definition | undefined {
  for (const statement of namedChildren(syntax, 0)) {
    const node = functionAt(syntax, statement);
    if (node !== NONE && textOf(syntax, childByField(syntax, node, Field.name)) === name) return { syntax, node };
  }
  return undefined;
}

/** What stands below decorators. */
function functionAt(syntax: SyntaxArrays, node: number): number {
  if (syntax.kind[node] === Kind.function_definition) return node;
  if (syntax.kind[node] !== Kind.decorated_definition) return NONE;
  const inner = childByField(syntax, node, Field.definition);
  return inner !== NONE && syntax.kind[inner] === Kind.function_definition ? inner : NONE;
}

const DOES_SOMETHING: ReadonlySet<number> = new Set([
  Kind.yield,
  Kind.delete_statement,
  Kind.global_statement,
  Kind.with_statement,
  Kind.augmented_assignment,
]);

/** It raises under a condition, gives nothing back, and changes nothing but variables of its own. */
function isPureCheck(definition: Definition | undefined): boolean {
  if (definition === undefined || definition.node === NONE) return false;
  const { syntax, node } = definition;
  const body = childByField(syntax, node, Field.body);
  let refuses = false;
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const kind = syntax.kind[at];
    if (DOES_SOMETHING.has(kind)) return false;
    if (kind === Kind.return_statement && firstNamedChild(syntax, at) !== NONE) return false;
    if (kind === Kind.assignment && syntax.kind[childByField(syntax, at, Field.left)] !== Kind.identifier) return false;
    if (kind === Kind.expression_statement && !isHarmless(syntax, at)) return false;
    if (kind === Kind.raise_statement)
      refuses ||= ancestorOfKind(syntax, at, Kind.if_statement, Kind.function_definition) > node;
  }
  return refuses;
}

/** A docstring, a line of a log, an assignment. */
function isHarmless(syntax: SyntaxArrays, statement: number): boolean {
  const inner = firstNamedChild(syntax, statement);
  if (inner === NONE || syntax.kind[inner] === Kind.assignment || literalText(syntax, inner) !== undefined) return true;
  if (syntax.kind[inner] !== Kind.call) return false;
  return /^(?:\w+\.)*log(?:ger|ging)?\.\w+$/i.test(textOf(syntax, childByField(syntax, inner, Field.function)));
}
