import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { secretUse } from "../secrets/secret-use.ts";
import { containsPhrase, nameWords } from "../shared/name-words.ts";

const GENERATORS: ReadonlySet<string> = new Set([
  "secrets.token_hex",
  "secrets.token_urlsafe",
  "secrets.token_bytes",
  "os.urandom",
]);

/** In bytes: 64 bits are the least that is said to withstand guessing over a network. */
const LEAST = 8;

/** What lets somebody in by itself; a code that is typed and allowed three times may be short. */
const BEARER_PHRASES = [
  "token",
  "session id",
  "sessionid",
  "session key",
  "api key",
  "apikey",
  "access key",
  "secret",
  "secret key",
].map((phrase) => phrase.split(" "));

/** What lets somebody in by itself for years, and is typed once. */
const CODE_PHRASES = ["recovery code", "recovery codes", "backup code", "backup codes"].map((phrase) =>
  phrase.split(" "),
);

/** In bytes: ten digits, as they are handed out. */
const LEAST_OF_CODES = 4;

/** Random bytes that are too few for the name they are given. */
export const shortToken: ModuleDetector = {
  kind: "module",
  name: "short-token",
  triggers: { calls: [...GENERATORS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => GENERATORS.has(path))) continue;
    const [size] = call.args;
    const [bytes, ...others] = size?.value.constants ?? [];
    if (size === undefined || typeof bytes !== "number" || others.length > 0 || bytes < 1 || bytes >= LEAST) continue;
    const use = secretUse(facts, call);
    if (use === undefined || !isTooShort(use.name, bytes)) continue;
    const fields = { callee: call.name, name: use.name, bits: String(bytes * 8) };
    yield { node: call.node, value: size.node, fields };
  }
}

function isTooShort(name: string, bytes: number): boolean {
  const isNamed = (phrases: readonly (readonly string[])[]) =>
    phrases.some((phrase) => containsPhrase(nameWords(name), phrase));
  return isNamed(BEARER_PHRASES) || (isNamed(CODE_PHRASES) && bytes < LEAST_OF_CODES);
}
