import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { callsByCallee } from "../../rules/indexed-facts.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { brief } from "../shared/brief.ts";
import { digestInputs } from "../shared/digest-input.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands } from "../shared/literal.ts";
import { containsPhrase, nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { expectedSecret } from "./expected-secret.ts";
import { secretDigested } from "./keyed-digest.ts";

/** Results that only the holder of a key can compute. */
const MACS: ReadonlySet<string> = new Set([
  "hmac.digest",
  "hmac.new().digest",
  "hmac.new().hexdigest",
  "hmac.HMAC().digest",
  "hmac.HMAC().hexdigest",
  "cryptography.hazmat.primitives.hmac.HMAC().finalize",
  "cryptography.hazmat.primitives.cmac.CMAC().finalize",
  "Crypto.Hash.HMAC.new().digest",
  "Crypto.Hash.HMAC.new().hexdigest",
  "Cryptodome.Hash.HMAC.new().digest",
  "Cryptodome.Hash.HMAC.new().hexdigest",
  "django.utils.crypto.salted_hmac().hexdigest",
]);

/** Encodings of a MAC. */
const ENCODERS: ReadonlySet<string> = new Set([
  "base64.b64encode",
  "base64.urlsafe_b64encode",
  "base64.standard_b64encode",
  "base64.encodebytes",
  "binascii.hexlify",
  "bytes.hex",
]);

const SECRET_PHRASES = [
  "token",
  "api key",
  "apikey",
  "secret",
  "signature",
  "hmac",
  "mac",
  "access key",
  "webhook secret",
  "otp",
].map((phrase) => phrase.split(" "));

/** `==` and `!=` between a secret and what a caller sent: a MAC that is computed here, or names that say secret. */
export const timingCompare: ModuleDetector = {
  kind: "module",
  name: "timing-compare",
  triggers: {
    calls: [...MACS],
    labels: ["remote"],
    words: ["token", "apikey", "key", "secret", "signature", "hmac", "otp", "code", "password", "passwd", "passphrase"],
    and: { nodes: [Kind.comparison_operator] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const operator = childByField(syntax, node, Field.operators);
    if (syntax.kind[operator] !== Kind.token_double_equals && syntax.kind[operator] !== Kind.token_not_equals) continue;
    const [first, second, more] = operands(syntax, node);
    if (first === undefined || second === undefined || more !== undefined || isMadeAlike(syntax, first, second))
      continue;
    const [left, right] = [bareText(syntax, first), bareText(syntax, second)];
    if (isWrittenOut(syntax, left) || isWrittenOut(syntax, right)) continue;
    if (isOfClass(syntax, left) || isOfClass(syntax, right)) continue;
    const secret =
      secretOf(facts, left, right) ?? secretOf(facts, right, left) ?? expectedSecret(facts, node, left, right);
    if (secret === undefined) continue;
    yield { node, fields: { operator: textOf(syntax, operator), secret: brief(textOf(syntax, secret)) } };
  }
}

/** `settings.api_key` of `settings.api_key.get_secret_value().encode()`. */
function bareText(syntax: SyntaxArrays, node: number): number {
  if (syntax.kind[node] !== Kind.call) return node;
  const method = childByField(syntax, node, Field.function);
  const isForm =
    syntax.kind[method] === Kind.attribute &&
    /^(?:get_secret_value|encode|decode|strip)$/.test(textOf(syntax, childByField(syntax, method, Field.attribute)));
  return isForm ? bareText(syntax, childByField(syntax, method, Field.object)) : node;
}

/** `Token.value == sent` is a condition for the database, and `Kind.OTP` one of the kinds: what a class says is no secret. */
function isOfClass(syntax: SyntaxArrays, node: number): boolean {
  return (
    syntax.kind[node] === Kind.attribute && /(?:^|\.)_*[A-Z]+[a-z]\w*\.\w+(?:\.value)?$/.test(textOf(syntax, node))
  );
}

/** A literal: whoever reads the code knows it. */
function isWrittenOut(syntax: SyntaxArrays, node: number): boolean {
  return LITERALS.has(syntax.kind[node]) || literalText(syntax, node) !== undefined;
}

const LITERALS: ReadonlySet<number> = new Set([Kind.integer, Kind.float, Kind.none, Kind.true, Kind.false]);

/** `signature(a) == signature(b)`: the same function made both here, and nobody sent either. */
function isMadeAlike(syntax: SyntaxArrays, left: number, right: number): boolean {
  if (syntax.kind[left] !== Kind.call || syntax.kind[right] !== Kind.call) return false;
  const [one = "", other] = [left, right].map((call) => textOf(syntax, childByField(syntax, call, Field.function)));
  return one === other;
}

/** The side that is the secret when `side` is one and `other` can be chosen by somebody else. */
function secretOf(facts: ModuleFacts, side: number, other: number): number | undefined {
  const isMade = makesMacs(facts) && isMac(facts, side);
  // Where nothing comes from outside, names decide nothing: most files are such.
  if (!isMade && !(facts.labels.includes("remote") && isNamedSecret(facts, side))) return undefined;
  if (isKnown(facts, other) || isKnown(facts, side)) return undefined;
  return isMade || (!isRemote(facts, side) && isRemote(facts, other)) ? side : undefined;
}

const makesMacs: (facts: ModuleFacts) => boolean = oncePer((facts) => {
  const calls = callsByCallee(facts);
  return (
    [...MACS].some((path) => calls.has(path)) ||
    [...digestInputs(facts).keys()].some((call) => secretDigested(facts, call) !== undefined)
  );
});

function isKnown(facts: ModuleFacts, node: number): boolean {
  return literalText(facts.syntax, node) !== undefined || facts.value(node)?.constancy === "constant";
}

function isRemote(facts: ModuleFacts, node: number): boolean {
  return facts.value(node)?.labels.includes("remote") ?? false;
}

function isMac(facts: ModuleFacts, node: number): boolean {
  const { callAt } = factIndex(facts);
  return textPieces(facts, node, () => false).some((piece) => {
    const call = callAt.get(piece);
    if (call === undefined) return false;
    if (call.callee.some((path) => MACS.has(path)) || isKeyedDigest(facts, call)) return true;
    const [argument] = call.args;
    return argument !== undefined && call.callee.some((path) => ENCODERS.has(path)) && isMac(facts, argument.node);
  });
}

/** `hashlib.sha256(secret + message).hexdigest()` stands for a MAC. */
function isKeyedDigest(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  if (!/\.(?:hex)?digest$/.test(call.name)) return false;
  const callee = childByField(syntax, call.node, Field.function);
  const digest = factIndex(facts).callAt.get(childByField(syntax, callee, Field.object));
  return digest !== undefined && secretDigested(facts, digest) !== undefined;
}

function isNamedSecret(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const named = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : node;
  const name = named === NONE ? undefined : lastNameOf(syntax, named);
  if (name === undefined) return false;
  const words = nameWords(name);
  return SECRET_PHRASES.some((phrase) => containsPhrase(words.slice(-phrase.length), phrase));
}
