import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { NONE } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { withoutSpace } from "../../text/without-space.ts";
import { factIndex } from "../shared/fact-index.ts";
import { conditionOf } from "./conditions.ts";
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

/** Calls that read, write or make what they are told to, and ask nothing of it. */
const ASKS_NOTHING =
  /^(?:open|read|write|read_text|read_bytes|write_text|write_bytes|Path|joinpath|mkdir|makedirs|exists|join|str|format|strip|encode|decode)$/;

/**
 * Names of functions and methods that the change adds to the file and that ask nothing new: all that they ask or refuse stood in the file before,
 * and they call nothing that the file did not call. Whoever calls one has not handed over to it a check that is gone.
 */
export function plainHelpers({ base, head }: ChangeSides): ReadonlySet<string> {
  const added = head.definitions.filter(
    ({ kind, qualifiedName, decorators }) =>
      kind === "function" && decorators.length === 0 && factIndex(base).definedAs(qualifiedName).length === 0,
  );
  if (added.length === 0) return new Set();
  const known: Known = {
    calls: new Set(base.calls.map(({ name }) => lastPart(name))),
    asked: new Set(askingNodes(base, 0).map((node) => beginningOf(base, node))),
  };
  const found = added.filter((one) => {
    const body = bodyOf(head, one);
    return body !== NONE && !asks(head, body, known);
  });
  return new Set(found.map(({ name }) => name));
}

/** What a file calls, and what it asks and refuses, each without spaces. */
interface Known {
  readonly calls: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
}

function asks(facts: ModuleFacts, body: number, known: Known): boolean {
  const { syntax, calls } = facts;
  if (askingNodes(facts, body).some((node) => !known.asked.has(beginningOf(facts, node)))) return true;
  return calls.some(({ node, name }) => {
    const called = lastPart(name);
    return body <= node && node < syntax.next[body] && !known.calls.has(called) && !ASKS_NOTHING.test(called);
  });
}

/** The statements and expressions below a node that ask or refuse; of an `if` and a `while` what they ask. */
function askingNodes(facts: ModuleFacts, within: number): readonly number[] {
  const { syntax } = facts;
  const found: number[] = [];
  for (let at = within; at < syntax.next[within]; at++) {
    if (!ASKS.has(syntax.kind[at])) continue;
    const condition = conditionOf(facts, at);
    found.push(condition === NONE ? at : condition);
  }
  return found;
}

/** UTF-16 code units that are compared: what begins alike for as long is the same. */
const LONGEST = 500;

function beginningOf({ syntax }: ModuleFacts, node: number): string {
  return withoutSpace(syntax.text.slice(syntax.start[node], Math.min(syntax.end[node], syntax.start[node] + LONGEST)));
}

/** Whether a call is one of such a function: `_path(name)`, `self._path(name)`, `Templates().path(name)`. */
export function isPlainHelper({ name }: CallFact, helpers: ReadonlySet<string>): boolean {
  return helpers.has(name.replace(/^(?:self|cls|\w+\([^()]*\))\./, ""));
}
