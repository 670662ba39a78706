import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { TOKEN_DECODERS } from "../shared/token-decoders.ts";

const DECODERS: ReadonlySet<string> = new Set(TOKEN_DECODERS);

/** Of google-auth: with the keys of Google, and for any audience where they are given none, their third argument. */
const GOOGLE = ["verify_oauth2_token", "verify_token", "verify_firebase_token"].map(
  (name) => `google.oauth2.id_token.${name}`,
);

/** Algorithms with a key pair: whoever verifies such a token did not issue it, and others are issued tokens by the same key. */
const OF_KEY_PAIR = /^(?:[REP]S\d{3}K?|EdDSA)$/;

/** Claims that say for whom a token was issued, read of it afterwards: `claims["azp"]`, `claims.get("client_id")`. */
const READS_CLAIM =
  /(?:\[|\bget\(|\bpop\(|\bin\s)\s*["'](?:aud|azp|client_id|clientId|cid|appid)["']|["'](?:aud|azp|client_id|cid|appid)["']\s+(?:not\s+)?in\b/;

/** Tokens of an issuer that are believed for whomever they were issued: `options={"verify_aud": False}`. */
export const tokenAudience: ModuleDetector = {
  kind: "module",
  name: "token-audience",
  triggers: { calls: [...TOKEN_DECODERS, ...GOOGLE] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const isDecoded = call.callee.some((path) => DECODERS.has(path)) && isOfAnybody(call) && isIssuedElsewhere(call);
    if (!isDecoded && !isOfGoogle(call)) continue;
    if (READS_CLAIM.test(facts.text)) continue;
    yield { node: call.node, fields: { callee: call.name } };
  }
}

function isOfGoogle({ callee, args, splat, doubleSplat }: CallFact): boolean {
  if (splat || doubleSplat || !callee.some((path) => GOOGLE.includes(path))) return false;
  const audience = args.find((one) => one.keyword === "audience" || one.position === 2);
  return audience === undefined || (audience.value.constants.length === 1 && audience.value.constants[0] === null);
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
