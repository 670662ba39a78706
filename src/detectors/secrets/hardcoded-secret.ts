import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { wordFilter } from "../../text/name-words.ts";
import { oncePer } from "../../text/once-per.ts";
import { literalText, operands } from "../shared/literal.ts";
import { type NamedValue, namedValues } from "../shared/named-values.ts";
import { withOptions } from "../shared/with-options.ts";
import { collectedValues, comparedTables } from "./collected-secrets.ts";
import { shannonEntropy } from "./entropy.ts";
import { isInExample } from "./in-example.ts";
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
  /** Elements of a list or a set count as well, not the entries of a dict alone. */
  "in-lists": z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Literals beside a name that says password, key or token: assigned, passed, listed, compared or fallen back to. */
export const hardcodedSecret: ModuleDetector = {
  kind: "module",
  name: "hardcoded-secret",
  ...withOptions(Options, { triggers: (options) => ({ words: options.names.flatMap(firstWords) }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const { phrases, mayBeNamed } = namedBy(options);
  for (const { name, lastName, value } of candidates(facts.syntax, options)) {
    if (!mayBeNamed(lastName)) continue;
    // Without what a header says before it.
    const text = literalText(facts.syntax, value)?.replace(SCHEME, "");
    if (text === undefined || text.length < options["minimum-length"]) continue;
    if (!saysSecret(lastName, phrases) || !(options["any-value"] || isSecretValue(text, lastName))) continue;
    if (isShared(facts.syntax, value, text) || isInExample(facts.syntax, value)) continue;
    const entropy = shannonEntropy(text);
    if (entropy < options["minimum-entropy"] || (options["minimum-entropy"] > 0 && isPhrase(text))) continue;
    yield { node: value, fields: { name, entropy: entropy.toFixed(1) } };
  }
}

const namedBy = oncePer(({ names }: Options) => {
  const phrases = names.map((name) => name.split(" "));
  return { phrases, mayBeNamed: wordFilter(phrases.map(([first]) => first)) };
});

/** `{"mail_host": "mail", "mail_port": "mail", "mail_password": "mail"}`: a table says the same of several names. */
function isShared(syntax: SyntaxArrays, value: number, text: string): boolean {
  const pair = syntax.parent[value];
  if (syntax.kind[pair] !== Kind.pair) return false;
  return (countTexts(syntax, syntax.parent[pair]).get(text) ?? 0) > MOST_ALIKE;
}

const countedTexts = oncePer((_: SyntaxArrays) => new Map<number, ReadonlyMap<string, number>>());

/** How many entries of a dict have each text; counted once, for all entries may be asked about. */
function countTexts(syntax: SyntaxArrays, dictionary: number): ReadonlyMap<string, number> {
  const counted = countedTexts(syntax);
  const known = counted.get(dictionary);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const entry of operands(syntax, dictionary)) {
    const text =
      syntax.kind[entry] === Kind.pair ? literalText(syntax, childByField(syntax, entry, Field.value)) : undefined;
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  counted.set(dictionary, counts);
  return counts;
}

/** Entries of a table with one text: a name and a password may be alike. */
const MOST_ALIKE = 2;

/** The values beside a name; in collections of secrets, and in a table that one is looked up in and compared. */
function candidates(syntax: SyntaxArrays, options: Options): readonly Candidate[] {
  if (options["any-value"]) return namedValues(syntax);
  const collected = collectedValues(syntax).filter(({ how }) => how === "entry" || options["in-lists"]);
  return [...namedValues(syntax), ...collected, ...comparedEntries(syntax, options)];
}

type Candidate = Omit<NamedValue, "how">;

/** The entries of each table once, by the first secret that one of them is compared with. */
function comparedEntries(syntax: SyntaxArrays, options: Options): readonly Candidate[] {
  const { phrases } = namedBy(options);
  const known = new Set<readonly number[]>();
  return comparedTables(syntax).flatMap(({ name, lastName, texts }) => {
    if (known.has(texts) || !saysSecret(lastName, phrases)) return [];
    known.add(texts);
    return texts.map((value) => ({ name, lastName, value }));
  });
}

/** How a header says which kind of credential follows. */
const SCHEME = /^(?:Bearer|Basic|Token|Bot)\s+/;

/** `password`, and `passwords` for many of them. */
function firstWords(phrase: string): readonly string[] {
  const [first, ...others] = phrase.split(" ");
  return others.length === 0 ? [first, `${first}s`] : [first];
}

/** Words of letters joined by hyphens read as a name, however mixed their letters are; a short part may be a number: `e2e`, `v2`. */
function isPhrase(text: string): boolean {
  const parts = text.split(/[-_.]/);
  const words = parts.filter((part) => /^[a-z]+$/i.test(part));
  return words.length >= 3 && words[0] === parts[0] && parts.every((part) => words.includes(part) || SHORT.test(part));
}

const SHORT = /^[a-z\d]{1,3}$/i;
