import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { withOptions } from "../shared/with-options.ts";
import { saysSecret } from "./secret-name.ts";

const Options = z.strictObject({
  calls: z.array(z.string()).min(1),
  /** Phrases of a key that say that its value is nobody's business, in words of lower case: `card number`. */
  names: z.array(z.string().min(1)).min(1),
});
type Options = z.infer<typeof Options>;

/** Tokens that are signed and readable, with an entry in them that should not be read. */
export const tokenPayload: ModuleDetector = {
  kind: "module",
  name: "token-payload",
  ...withOptions(Options, { triggers: (options) => ({ calls: options.calls }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const phrases = options.names.map((name) => name.split(" "));
  for (const call of facts.calls) {
    if (!call.callee.some((path) => options.calls.includes(path))) continue;
    const payload = call.args.find(
      ({ position, keyword }) => position === 0 || keyword === "payload" || keyword === "claims",
    );
    const keys = [...(payload?.value.entries?.keys() ?? [])];
    const entry = keys.find((key) => typeof key === "string" && saysSecret(key, phrases));
    if (entry !== undefined) yield { node: call.node, fields: { entry: String(entry) } };
  }
}
