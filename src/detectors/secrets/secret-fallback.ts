import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { ENVIRONMENT_READERS } from "../shared/environment-readers.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands } from "../shared/literal.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { isPlaceholder } from "./placeholder.ts";
import { SECRET_PHRASES, saysSecret } from "./secret-name.ts";
import { SETTINGS_BASES, settingsClasses } from "./settings-classes.ts";

const Options = z.strictObject({
  /** Any secret that falls back to a value, or a key that falls back to nothing. */
  fallback: z.enum(["value", "empty"]),
});
type Options = z.infer<typeof Options>;

/** What is kept secret, and what is mixed into it. */
const PHRASES = [...SECRET_PHRASES, ["jwt", "key"], ["salt"]];

/** Statements and expressions that ask whether a value is there. */
const TESTS: ReadonlySet<number> = new Set([
  Kind.not_operator,
  Kind.if_statement,
  Kind.elif_clause,
  Kind.while_statement,
  Kind.assert_statement,
  Kind.boolean_operator,
  Kind.comparison_operator,
  Kind.conditional_expression,
]);

/** What signs and encrypts: with an empty one everybody can. An empty password or API key is refused by the other side. */
const KEY_PHRASES = [
  "secret key",
  "jwt secret",
  "jwt key",
  "session secret",
  "cookie secret",
  "webhook secret",
  "signing secret",
  "signing key",
  "hmac secret",
  "hmac key",
  "encryption key",
  "fernet key",
  "csrf secret",
  "token secret",
].map((phrase) => phrase.split(" "));

const NONE_SAID = /^(?:[01]|none|null|true|false|n\/a)$/i;

const API_KEYS = [["api", "key"], ["apikey"]];

/** Variables with a secret's name whose absence is covered up by a value from the source. */
export const secretFallback: ModuleDetector = {
  kind: "module",
  name: "secret-fallback",
  triggers: { calls: [...ENVIRONMENT_READERS], definitions: [...SETTINGS_BASES] },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { fallback: wanted }: Options): Generator<Detection> {
  const phrases = wanted === "empty" ? KEY_PHRASES : PHRASES;
  if (isDevelopmentPath(facts.path)) return;
  if (wanted === "value") yield* ofSettings(facts);
  for (const call of facts.calls) {
    if (!isReader(call)) continue;
    const variable = call.args[0]?.value.constants[0];
    if (typeof variable !== "string" || !saysSecret(variable, phrases)) continue;
    const fallback = given(call) ?? alternative(facts, call);
    if (fallback === undefined || (fallback.text.trim() === "") !== (wanted === "empty")) continue;
    if (wanted === "empty" && isLookedAt(facts, call)) continue;
    // `"0"` stands for none: with it nobody gets in, but where it signs.
    if (!saysSecret(variable, KEY_PHRASES) && NONE_SAID.test(fallback.text)) continue;
    // With a made-up key for somebody else's service nobody gets in here.
    if (saysSecret(variable, API_KEYS) && isPlaceholder(fallback.text)) continue;
    yield { node: fallback.node, call, fields: { variable } }; // the name beside it is no secret
  }
}

/** `secret_key: str = "change-me"` of a class that is filled from the environment: what is to be replaced, and works as it is. */
function* ofSettings(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const classes = settingsClasses(facts);
  for (const node of classes.size === 0 ? [] : nodesOfKinds(syntax, [Kind.assignment])) {
    const value = childByField(syntax, node, Field.right);
    const text = value === NONE || !classes.has(facts.scopeOf(node)) ? undefined : literalText(syntax, value);
    const variable = textOf(syntax, childByField(syntax, node, Field.left));
    if (text === undefined || !/\w/.test(text) || !saysSecret(variable, KEY_PHRASES) || !isPlaceholder(text)) continue;
    yield { node: value, fields: { variable } };
  }
}

function isReader(call: CallFact): boolean {
  return call.callee.some((path) => ENVIRONMENT_READERS.has(path));
}

/** The variable that takes the value is tested somewhere: `if not KEY:`, `assert KEY`, `KEY == ""`. */
function isLookedAt(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  const taken = factIndex(facts).assignedFrom(call.node) ?? factIndex(facts).assignedFrom(syntax.parent[call.node]);
  if (taken === undefined) return false;
  for (const node of nodesOfKinds(syntax, [Kind.identifier, Kind.attribute])) {
    if (node !== taken.target && TESTS.has(syntax.kind[syntax.parent[node]]) && textOf(syntax, node) === taken.name)
      return true;
  }
  return false;
}

interface Fallback {
  readonly node: number;
  readonly text: string;
}

/** `os.getenv("NAME", "literal")`. */
function given({ args }: CallFact): Fallback | undefined {
  const argument = args.find(({ position, keyword }) => position === 1 || keyword === "default");
  const [text] = argument?.value.constants ?? [];
  if (argument === undefined || typeof text !== "string" || argument.value.constancy !== "constant") return undefined;
  return { node: argument.node, text };
}

/** `os.getenv("NAME") or "literal"`. */
function alternative(facts: ModuleFacts, call: CallFact): Fallback | undefined {
  const { syntax } = facts;
  const parent = syntax.parent[call.node];
  if (syntax.kind[parent] !== Kind.boolean_operator) return undefined;
  if (syntax.kind[childByField(syntax, parent, Field.operator)] !== Kind.token_or) return undefined;
  const [left, right] = operands(syntax, parent);
  if (left !== call.node || right === undefined || factIndex(facts).callAt.get(right) !== undefined) return undefined;
  const text = literalText(syntax, right);
  return text === undefined ? undefined : { node: right, text };
}
