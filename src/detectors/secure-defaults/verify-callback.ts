import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { operands, unwrap } from "../shared/literal.ts";

const SETTERS: ReadonlySet<string> = new Set([
  "OpenSSL.SSL.Context().set_verify",
  "OpenSSL.SSL.Connection().set_verify",
]);

/** Callbacks that are asked about a certificate and say yes on every way. */
export const verifyCallback: ModuleDetector = {
  kind: "module",
  name: "verify-callback",
  triggers: { calls: [...SETTERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => SETTERS.has(path))) continue;
    const callback = call.args.find(({ position, keyword }) => position === 1 || keyword === "callback");
    if (callback === undefined || !alwaysAgrees(facts, call, callback.node)) continue;
    yield { node: call.node, fields: { callback: brief(textOf(facts.syntax, callback.node)) } };
  }
}

function alwaysAgrees(facts: ModuleFacts, call: CallFact, callback: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[callback] === Kind.lambda) return isTrue(facts, childByField(syntax, callback, Field.body));
  const name = textOf(syntax, callback);
  const scope = facts.scopeOf(call.node);
  const qualified = name.startsWith("self.") ? `${scope.split(".").slice(0, -1).join(".")}.${name.slice(5)}` : name;
  const definition = facts.definitions.find(
    (one) => one.kind === "function" && (one.qualifiedName === qualified || one.qualifiedName === `${scope}.${name}`),
  );
  if (definition === undefined) return false;
  const results = returns(facts, definition.node);
  return results.length > 0 && results.every((value) => isTrue(facts, value));
}

/** The values of the function's own `return` statements. */
function returns({ syntax }: ModuleFacts, definition: number): readonly number[] {
  const found: number[] = [];
  for (let node = definition + 1; node < syntax.next[definition]; node++) {
    if (syntax.kind[node] === Kind.return_statement) found.push(operands(syntax, node)[0] ?? NONE);
  }
  return found;
}

function isTrue({ syntax }: ModuleFacts, node: number): boolean {
  if (node === NONE) return false;
  const value = unwrap(syntax, node);
  return syntax.kind[value] === Kind.true || (syntax.kind[value] === Kind.integer && textOf(syntax, value) !== "0");
}
