import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { both, type Triggers } from "../../rules/triggers.ts";
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
  ...withOptions(Options, { triggers: ({ header }) => allWords(header), detect }),
};

/** The header's name holds each of its words. */
function allWords(header: string): Triggers {
  return (
    nameWords(header).reduce<Triggers | undefined>((others, word) => both({ words: [word] }, others), undefined) ?? {}
  );
}

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
