import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";

/** Last words of names that answer a question of access: `is_admin`, `has_perm`, `user.is_authenticated`. */
const ACCESS = new Set([
  "admin",
  "administrator",
  "allowed",
  "authenticated",
  "authorised",
  "authorized",
  "entitled",
  "moderator",
  "owner",
  "perm",
  "permission",
  "permissions",
  "permitted",
  "perms",
  "privileged",
  "role",
  "signature",
  "staff",
  "superuser",
  "trusted",
]);
/** Functions that ask what kind of object something is. */
const NARROWING = new Set(["isinstance", "issubclass", "callable", "hasattr"]);
const ASKS = new Set(["is", "has", "can", "may", "check", "verify", "authorize", "validate"]);

/** Asserts that refuse somebody, or data from outside: `python -O` takes them out. */
export const assertCheck: ModuleDetector = {
  kind: "module",
  name: "assert-check",
  triggers: { nodes: [Kind.assert_statement] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.assert_statement)) {
    const [condition, message] = namedChildren(syntax, node);
    if (condition === undefined || isNarrowing(syntax, condition) || isOptional(facts, condition)) continue;
    const access = accessQuestion(syntax, condition);
    const checked = access ?? outsideValue(facts, condition);
    if (checked === undefined) continue;
    yield {
      node,
      value: node,
      fields: {
        checked: textOf(syntax, checked),
        ...replacement(facts, node, condition, message, access === undefined ? "ValueError" : "PermissionError"),
      },
    };
  }
}

/**
 * `assert x is not None`, `assert isinstance(x, str)` and either of several such: they tell the type checker something, and
 * no caller.
 */
function isNarrowing(syntax: SyntaxArrays, condition: number): boolean {
  switch (syntax.kind[condition]) {
    case Kind.parenthesized_expression:
    case Kind.boolean_operator:
      return namedChildren(syntax, condition).every((part) => isNarrowing(syntax, part));
    case Kind.not_operator:
      return isNarrowing(syntax, childByField(syntax, condition, Field.argument));
    case Kind.call:
      return NARROWING.has(textOf(syntax, childByField(syntax, condition, Field.function)));
    case Kind.comparison_operator:
      return /^[\w.]+\s+is\s+not\s+None$/.test(textOf(syntax, condition));
    default:
      return false;
  }
}

/** `assert name` of a parameter `name: str | None`, which tells the type checker that there is one. */
function isOptional(facts: ModuleFacts, condition: number): boolean {
  const { syntax } = facts;
  const name = syntax.kind[condition] === Kind.identifier ? textOf(syntax, condition) : undefined;
  const [owner] = name === undefined ? [] : factIndex(facts).definedAs(facts.scopeOf(condition));
  const inner = owner === undefined ? NONE : childByField(syntax, owner.node, Field.definition);
  const parameters =
    owner === undefined ? NONE : childByField(syntax, inner === NONE ? owner.node : inner, Field.parameters);
  if (parameters === NONE) return false;
  const typed = namedChildren(syntax, parameters).find((node) => nameOfTyped(syntax, node) === name);
  const type = typed === undefined ? NONE : childByField(syntax, typed, Field.type);
  return type !== NONE && /\bOptional\[|\|\s*None\b|\bNone\s*\|/.test(textOf(syntax, type));
}

/** `name` of `name: type` and `name: type = value`. */
function nameOfTyped(syntax: SyntaxArrays, parameter: number): string | undefined {
  const first = firstNamedChild(syntax, parameter);
  const isTyped =
    first !== NONE && syntax.kind[first] === Kind.identifier && childByField(syntax, parameter, Field.type) !== NONE;
  return isTyped ? textOf(syntax, first) : undefined;
}

/** The part of the condition that asks for a right: a name, an attribute or a call of either. */
function accessQuestion(syntax: SyntaxArrays, condition: number): number | undefined {
  for (let node = condition; node < syntax.next[condition]; node++) {
    const kind = syntax.kind[node];
    if (kind !== Kind.identifier && kind !== Kind.attribute && kind !== Kind.call) continue;
    const named = kind === Kind.call ? childByField(syntax, node, Field.function) : node;
    const name = named === NONE ? undefined : lastNameOf(syntax, named);
    if (name !== undefined && asksForAccess(nameWords(name))) return node;
  }
  return undefined;
}

function asksForAccess(words: readonly string[]): boolean {
  return words.length > 1 && ASKS.has(words[0]) && words.some((word) => ACCESS.has(word));
}

const OUTSIDE: ReadonlySet<string> = new Set(["remote", "upload"]);

/** The part of the condition that anyone outside chooses. `assert name` says no more of it than that there is one. */
function outsideValue(facts: ModuleFacts, condition: number): number | undefined {
  const { syntax } = facts;
  if (!facts.labels.some((label) => OUTSIDE.has(label))) return undefined;
  if (/^\(?\s*[\w.]+\s*\)?$/.test(textOf(syntax, condition))) return undefined;
  for (let node = condition; node < syntax.next[condition]; node++) {
    if (facts.value(node)?.labels.some((label) => OUTSIDE.has(label))) return node;
  }
  return undefined;
}

/** The same check as a statement that always runs, where the assert stands alone on its lines. */
function replacement(
  { syntax, text }: ModuleFacts,
  node: number,
  condition: number,
  message: number | undefined,
  exception: string,
): Record<string, string> {
  const lineStart = text.lastIndexOf("\n", syntax.start[node]) + 1;
  const indent = text.slice(lineStart, syntax.start[node]);
  if (!/^[ \t]*$/.test(indent)) return {};
  const raised = message === undefined ? `raise ${exception}` : `raise ${exception}(${textOf(syntax, message)})`;
  const unit = indent.startsWith("\t") ? "\t" : "    ";
  return { check: `if ${negated(syntax, condition)}:\n${indent}${unit}${raised}` };
}

function negated(syntax: SyntaxArrays, condition: number): string {
  const text = textOf(syntax, condition);
  switch (syntax.kind[condition]) {
    case Kind.not_operator:
      return textOf(syntax, childByField(syntax, condition, Field.argument));
    case Kind.identifier:
    case Kind.attribute:
    case Kind.call:
    case Kind.subscript:
    case Kind.parenthesized_expression:
      return `not ${text}`;
    default:
      return `not (${text})`;
  }
}
