import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { namedValues } from "../shared/named-values.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** The last part of the name, as it is written. */
  names: z.array(z.string()).min(1),
  /** Where the value stands; everywhere but in comparisons, unless said. */
  how: z
    .array(z.enum(["assigned", "keyword", "entry", "default"]))
    .default(["assigned", "keyword", "entry", "default"]),
  /** Constants that the value is known to be one of; any constant, unless said. */
  "one-of": z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
type Options = z.infer<typeof Options>;

/** A name that is given a certain constant, whatever it belongs to: `DEBUG = True`, `{"autoescape": False}`. */
export const namedConstant: ModuleDetector = {
  kind: "module",
  name: "named-constant",
  ...withOptions(Options, { triggers: (options) => ({ names: options.names }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const { how, name, lastName, value } of namedValues(facts.syntax)) {
    if (how === "compared" || !options.how.includes(how) || !options.names.includes(lastName)) continue;
    const constants = facts.value(value)?.constants ?? [];
    if (constants.length === 0) continue;
    const wanted = options["one-of"];
    if (wanted === undefined || constants.every((constant) => wanted.includes(constant)))
      yield { node: value, value, fields: { name, value: String(constants[0]) } };
  }
}
