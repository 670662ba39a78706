import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { ancestorOfKind, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { conditionOf } from "./conditions.ts";

/** Calls that take in, or set aside, as many bytes as they are told. */
const READS_SO_MUCH = /^_?(?:recv|read|bytearray|(?:recv|read)_?(?:exact(?:ly)?|all|n|bytes))$/;

/** Whether a statement refuses a number above a bound by which the same function reads further on: `sock.recv(length)`. */
export function isBoundOfRead(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const branch = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
  const condition = branch === NONE ? NONE : conditionOf(facts, branch);
  const [, size] = condition === NONE ? [] : (/^(\w+)\s*>=?\s*[\w.]+$/.exec(textOf(syntax, condition)) ?? []);
  if (size === undefined) return false;
  return factIndex(facts)
    .callsIn(facts.scopeOf(node))
    .some(
      (call) =>
        call.node > branch &&
        READS_SO_MUCH.test(lastPart(call.name)) &&
        call.args.some((given) => textOf(syntax, given.node) === size),
    );
}
