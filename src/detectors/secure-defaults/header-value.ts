import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { headerValues } from "../shared/header-values.ts";
import { nameWords } from "../shared/name-words.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  header: z.string(),
  /** Values, in lower case; a value that begins with one of them and a blank counts as well. */
  "one-of": z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/** A header that is set to one of certain values. */
export const headerValue: ModuleDetector = {
  kind: "module",
  name: "header-value",
  ...withOptions(Options, { triggers: ({ header }) => ({ words: [nameWords(header)[0]] }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const { node, value } of headerValues(facts, options.header.toLowerCase())) {
    const isOne =
      value.constants.length > 0 && value.constants.every((constant) => isWanted(constant, options["one-of"]));
    if (isOne) yield { node, fields: { name: options.header } };
  }
}

function isWanted(constant: unknown, wanted: readonly string[]): boolean {
  const text = typeof constant === "string" ? constant.trim().toLowerCase() : undefined;
  return text !== undefined && wanted.some((one) => text === one || text.startsWith(`${one} `));
}
