import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  calls: z
    .array(
      z.strictObject({
        callee: z.array(z.string()).min(1),
        argument: z.strictObject({ position: z.int().nonnegative().optional(), keyword: z.string().optional() }),
      }),
    )
    .min(1),
});
type Options = z.infer<typeof Options>;

/** A name or address of an account as it is, or in another form: `user.email.lower().encode()`, `bytes(username, "utf-8")`. */
const OF_ACCOUNT =
  /^(?:bytes\()?\s*(?:\w+\.)*(?:user_?name|login(?:_name)?|e_?mail(?:_address)?|user\.name|account_name)(?:\.(?:lower|upper|casefold|strip)\(\))*(?:\.encode\([^()]{0,20}\)|,\s*["'][\w-]+["']\s*\))$/i;

/** Functions for passwords that are salted by a name, which everybody knows and other services have as well. */
export const namedSalt: ModuleDetector = {
  kind: "module",
  name: "named-salt",
  ...withOptions(Options, { triggers: ({ calls }) => ({ calls: calls.flatMap(({ callee }) => callee) }), detect }),
};

function* detect(facts: ModuleFacts, { calls }: Options): Generator<Detection> {
  for (const { callee, argument } of calls) {
    for (const call of factIndex(facts).calledAs(callee)) {
      const { position, keyword } = argument;
      const salt = findArgument(call, {
        ...(position === undefined ? {} : { position }),
        ...(keyword === undefined ? {} : { keyword }),
      });
      if (salt === undefined || !OF_ACCOUNT.test(textOf(facts.syntax, salt.node))) continue;
      yield { node: call.node, call, fields: { callee: call.name, name: call.name } };
    }
  }
}
