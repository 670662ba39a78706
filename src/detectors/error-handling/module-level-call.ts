import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

const Options = z.strictObject({ calls: z.array(z.string()).min(1) });

/** Calls that run when the module is imported: outside every function, and not below `if __name__ == "__main__":`. */
export const moduleLevelCall: ModuleDetector = {
  kind: "module",
  name: "module-level-call",
  triggers: (raw) => ({ calls: Options.parse(raw).calls }),
  prepare: (raw) => {
    const { calls } = Options.parse(raw);
    return (facts) => detect(facts, calls);
  },
};

function* detect(facts: ModuleFacts, calls: readonly string[]): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => calls.includes(path)) || facts.scopeOf(call.node) !== "") continue;
    if (!isForMain(facts.syntax, call.node)) yield { node: call.node, call, fields: { callee: call.name } };
  }
}

function isForMain(syntax: SyntaxArrays, node: number): boolean {
  for (let at = node; at !== NONE; ) {
    at = ancestorOfKind(syntax, at, Kind.if_statement);
    if (at !== NONE && textOf(syntax, childByField(syntax, at, Field.condition)).includes("__main__")) return true;
  }
  return false;
}
