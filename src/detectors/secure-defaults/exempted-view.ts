import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";

const Options = z.strictObject({
  /** API paths of the decorators that exempt a view. */
  decorators: z.array(z.string()).min(1),
});

/** Calls and decorators by which a view knows who asks without a cookie: a signature, a token, a key. */
const KNOWS_CALLER =
  /(?:^|\.)(?:construct_event|compare_digest|constant_time_compare|\w*verif(?:y|ies)\w*|unsign|(?:is_)?valid(?:ate)?_(?:signature|request|token|webhook|key|hmac)\w*|check_(?:signature|token|api_?key|hmac)\w*|(?:require|requires|check|with)_(?:api_?key|token|bearer|signature)\w*|(?:api_?key|token|signature|bearer|basic_?auth)_required|api_view)$/i;

/** Views that are exempt from a check against forged requests, and look at nothing that another site could not make a browser send. */
export const exemptedView: ModuleDetector = {
  kind: "module",
  name: "exempted-view",
  triggers: (raw) => ({ definitions: Options.parse(raw).decorators }),
  prepare: (raw) => {
    const decorators = new Set(Options.parse(raw).decorators);
    return (facts) => detect(facts, decorators);
  },
};

function* detect(facts: ModuleFacts, exempting: ReadonlySet<string>): Generator<Detection> {
  for (const definition of facts.definitions) {
    if (definition.kind !== "function" || knowsCaller(facts, definition)) continue;
    const decorator = definition.decorators.find(({ paths }) => paths.some((path) => exempting.has(path)));
    if (decorator !== undefined) yield { node: decorator.node, fields: { name: decorator.name } };
  }
}

function knowsCaller({ calls, scopeOf }: ModuleFacts, { qualifiedName, decorators }: DefinitionFact): boolean {
  return (
    decorators.some(({ name }) => KNOWS_CALLER.test(name.replace(/^@/, "").replace(/\(.*$/s, ""))) ||
    calls.some(({ name, node }) => KNOWS_CALLER.test(name) && scopeOf(node) === qualifiedName)
  );
}
