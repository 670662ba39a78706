import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, NONE } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";
import { findUrlCredentials } from "./find-url-credentials.ts";

/** Addresses with a password in them, of hosts that can be reached from elsewhere. */
export const urlCredentials: ModuleDetector = {
  kind: "module",
  name: "url-credentials",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { user, host, isWords, start, end } of findUrlCredentials(facts.text)) {
    const node = nodeAt(facts.syntax, start);
    if (isWords && isDocumentation(facts.syntax, node)) continue;
    yield { node, span: spanBetween(facts.syntax, start, end), fields: { user, host } };
  }
}

/** A string that is a statement by itself: what a module, class or function says of itself, with addresses as examples. */
function isDocumentation(syntax: SyntaxArrays, node: number): boolean {
  const text = syntax.kind[node] === Kind.string ? node : ancestorOfKind(syntax, node, Kind.string);
  return text !== NONE && syntax.kind[syntax.parent[text]] === Kind.expression_statement;
}
