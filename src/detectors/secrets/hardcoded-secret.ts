import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { namedValues } from "../shared/named-values.ts";
import { withOptions } from "../shared/with-options.ts";
import { shannonEntropy } from "./entropy.ts";
import { saysSecret } from "./secret-name.ts";
import { isSecretValue } from "./secret-value.ts";

const Options = z.strictObject({
  /** Phrases of a name that say that the value is secret, in words of lower case: `api key`. */
  names: z.array(z.string().min(1)).min(1),
  /** In characters. */
  "minimum-length": z.number().int().positive(),
  /** Shannon, in bits per character. */
  "minimum-entropy": z.number().nonnegative(),
  /** The name alone decides, and a label or a placeholder is reported too. */
  "any-value": z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Literals beside a name that says password, key or token: assigned, passed, listed, compared or fallen back to. */
export const hardcodedSecret: ModuleDetector = {
  kind: "module",
  name: "hardcoded-secret",
  ...withOptions(Options, { triggers: (options) => ({ words: options.names.map(firstWord) }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const phrases = options.names.map((name) => name.split(" "));
  for (const { name, lastName, value } of namedValues(facts.syntax)) {
    const text = literalText(facts.syntax, value)?.replace(SCHEME, "");
    if (text === undefined || text.length < options["minimum-length"]) continue;
    if (!saysSecret(lastName, phrases) || !(options["any-value"] || isSecretValue(text, lastName))) continue;
    const entropy = shannonEntropy(text);
    if (entropy < options["minimum-entropy"] || (options["minimum-entropy"] > 0 && isPhrase(text))) continue;
    yield { node: value, fields: { name, entropy: entropy.toFixed(1) } };
  }
}

/** How a header says which kind of credential follows. */
const SCHEME = /^(?:Bearer|Basic|Token|Bot)\s+/;

function firstWord(phrase: string): string {
  return phrase.split(" ", 1)[0];
}

/** Words of letters joined by hyphens read as a name, however mixed their letters are; a short part may be a number: `e2e`, `v2`. */
function isPhrase(text: string): boolean {
  const parts = text.split(/[-_.]/);
  const words = parts.filter((part) => /^[a-z]+$/i.test(part));
  return words.length >= 3 && words[0] === parts[0] && parts.every((part) => words.includes(part) || SHORT.test(part));
}

const SHORT = /^[a-z\d]{1,3}$/i;
