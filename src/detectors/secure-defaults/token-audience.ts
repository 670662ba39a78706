import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { TOKEN_DECODERS } from "../shared/token-decoders.ts";

const DECODERS: ReadonlySet<string> = new Set(TOKEN_DECODERS);

/** Algorithms with a key pair: whoever verifies such a token did not issue it, and others are issued tokens by the same key. */
const OF_KEY_PAIR = /^(?:[REP]S\d{3}K?|EdDSA)$/;

/** Claims that say for whom a token was issued, read of it afterwards: `claims["azp"]`, `claims.get("client_id")`. */
const READS_CLAIM =
  /(?:\[|\bget\(|\bpop\(|\bin\s)\s*["'](?:aud|azp|client_id|clientId|cid|appid)["']|["'](?:aud|azp|client_id|cid|appid)["']\s+(?:not\s+)?in\b/;

/** Tokens of an issuer that are believed for whomever they were issued: `options={"verify_aud": False}`. */
export const tokenAudience: ModuleDetector = {
  kind: "module",
  name: "token-audience",
  triggers: { calls: TOKEN_DECODERS },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => DECODERS.has(path)) || !isOfAnybody(call) || !isIssuedElsewhere(call)) continue;
    if (READS_CLAIM.test(facts.text)) continue;
    yield { node: call.node, fields: { callee: call.name } };
  }
}

function isOfAnybody(call: CallFact): boolean {
  const options = keyword(call, "options")?.value.entries;
  return isFalse(options?.get("verify_aud")?.constants) && !isFalse(options?.get("verify_signature")?.constants);
}

function isFalse(constants: readonly unknown[] | undefined): boolean {
  return constants !== undefined && constants.length === 1 && constants[0] === false;
}

function isIssuedElsewhere(call: CallFact): boolean {
  const { elements = [] } = keyword(call, "algorithms")?.value ?? {};
  const algorithms = elements.flatMap(({ constants }) => constants);
  return algorithms.some((one) => typeof one === "string" && OF_KEY_PAIR.test(one));
}

function keyword(call: CallFact, name: string): ArgumentFact | undefined {
  return call.args.find((argument) => argument.keyword === name);
}
