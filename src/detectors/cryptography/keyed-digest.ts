import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { saysSecret } from "../secrets/secret-name.ts";
import { brief } from "../shared/brief.ts";
import { DIGEST_ROOTS, digestInputs, isKeyed } from "../shared/digest-input.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { namesAround } from "../shared/names-around.ts";
import { textPieces } from "../shared/text-pieces.ts";

const SECRET_PHRASES = [
  "secret",
  "secret key",
  "signing key",
  "signature key",
  "shared key",
  "private key",
  "hmac key",
  "mac key",
  "sign key",
  "api secret",
  "app secret",
  "client secret",
  "secret token",
].map((phrase) => phrase.split(" "));

/** Names that say that the digest vouches for something; then a bare `key` is a secret too. */
const VOUCHING = new Set(["signature", "sign", "signed", "sig", "mac", "hmac", "signer", "authenticate", "verify"]);

/** Digests of a secret together with a message, which stand for a MAC. */
export const keyedDigest: ModuleDetector = {
  kind: "module",
  name: "keyed-digest",
  triggers: { roots: DIGEST_ROOTS },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of digestInputs(facts).keys()) {
    const secret = secretDigested(facts, call);
    if (secret === undefined) continue;
    yield { node: call.node, fields: { callee: call.name, secret: brief(textOf(facts.syntax, secret)) } };
  }
}

/** The secret that a call digests together with a message. */
export function secretDigested(facts: ModuleFacts, call: CallFact): number | undefined {
  const { syntax } = facts;
  const input = digestInputs(facts).get(call);
  if (input === undefined || isKeyed(call)) return undefined;
  const pieces = textPieces(facts, input.node, () => false);
  const values = pieces.filter((piece) => syntax.kind[piece] !== Kind.integer && !isLiteral(facts, piece));
  if (values.length < 2 || values.some((piece) => isPasswordName(lastNameOf(syntax, piece) ?? ""))) return undefined;
  // The class around says it as well as the function does: `SignedCookies.dumps`.
  const vouches = [...namesAround(facts, call.node), ...facts.scopeOf(call.node).split(".")]
    .flatMap(nameWords)
    .some((word) => VOUCHING.has(word));
  return values.find((piece) => isSecret(lastNameOf(syntax, piece) ?? "", vouches));
}

function isLiteral(facts: ModuleFacts, piece: number): boolean {
  const kind = facts.syntax.kind[piece];
  return kind === Kind.string || kind === Kind.concatenated_string;
}

function isSecret(name: string, vouches: boolean): boolean {
  return saysSecret(name, SECRET_PHRASES) || (vouches && nameWords(name).at(-1) === "key");
}
