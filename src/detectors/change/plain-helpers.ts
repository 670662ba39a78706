import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { NONE } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { bodyOf } from "./guards.ts";

/** What a function that asks or refuses something is made of. */
const ASKS: ReadonlySet<number> = new Set([
  Kind.if_statement,
  Kind.conditional_expression,
  Kind.boolean_operator,
  Kind.comparison_operator,
  Kind.assert_statement,
  Kind.raise_statement,
  Kind.try_statement,
  Kind.while_statement,
  Kind.match_statement,
]);

/**
 * Names of functions and methods that the change adds to the file and that ask nothing: they hold no condition and call nothing that the
 * file did not call before. Whoever calls one has not handed a check over to it.
 */
export function plainHelpers({ base, head }: ChangeSides): ReadonlySet<string> {
  const known = new Set(base.calls.map(({ name }) => lastPart(name)));
  const found = head.definitions.filter((one) => {
    if (one.kind !== "function" || factIndex(base).definedAs(one.qualifiedName).length > 0) return false;
    const body = bodyOf(head, one);
    return one.decorators.length === 0 && body !== NONE && !asks(head, body, known);
  });
  return new Set(found.map(({ name }) => name));
}

function asks({ syntax, calls }: ModuleFacts, body: number, known: ReadonlySet<string>): boolean {
  for (let at = body; at < syntax.next[body]; at++) if (ASKS.has(syntax.kind[at])) return true;
  return calls.some(({ node, name }) => body <= node && node < syntax.next[body] && !known.has(lastPart(name)));
}

/** Whether a call is one of such a function: `_path(name)`, `self._path(name)`. */
export function isPlainHelper({ name }: CallFact, helpers: ReadonlySet<string>): boolean {
  return helpers.has(name.replace(/^(?:self|cls)\./, ""));
}
