import { Field, Kind } from "../python/kinds.ts";
import { childByField } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../taint/facts.ts";
import { saysSecret } from "./secrets/secret-name.ts";
import { ENVIRONMENT_READERS } from "./shared/environment-readers.ts";
import { factIndex } from "./shared/fact-index.ts";
import { literalText, operands } from "./shared/literal.ts";
import { isDevelopmentPath } from "./shared/settings-module.ts";

const PHRASES = [
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "secret",
  "secret key",
  "jwt key",
  "signing key",
  "encryption key",
  "api key",
  "apikey",
  "access key",
  "private key",
  "token",
  "salt",
].map((phrase) => phrase.split(" "));

/** Variables with a secret's name whose absence is covered up by a value from the source. */
export const secretFallback: ModuleDetector = {
  kind: "module",
  name: "secret-fallback",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const call of facts.calls) {
    if (!isReader(call)) continue;
    const variable = call.args[0]?.value.constants[0];
    if (typeof variable !== "string" || !saysSecret(variable, PHRASES)) continue;
    const fallback = call.args.find(({ position, keyword }) => position === 1 || keyword === "default");
    const [constant] = fallback?.value.constants ?? [];
    const written =
      typeof constant === "string" && fallback?.value.constancy === "constant" ? constant : alternative(facts, call);
    if (written === undefined || written === "" || /^\s*$/.test(written)) continue;
    yield { node: call.node, call, fields: { variable } };
  }
}

function isReader(call: CallFact): boolean {
  return call.callee.some((path) => ENVIRONMENT_READERS.has(path));
}

/** `os.getenv("NAME") or "literal"`. */
function alternative(facts: ModuleFacts, call: CallFact): string | undefined {
  const { syntax } = facts;
  const parent = syntax.parent[call.node];
  if (syntax.kind[parent] !== Kind.boolean_operator) return undefined;
  if (syntax.kind[childByField(syntax, parent, Field.operator)] !== Kind.token_or) return undefined;
  const [left, right] = operands(syntax, parent);
  if (left !== call.node || right === undefined || factIndex(facts).callAt.has(right)) return undefined;
  return literalText(syntax, right);
}
