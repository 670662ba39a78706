import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { asksForBreaches } from "../shared/breach-lookup.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { namesAround } from "../shared/names-around.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { isSentInRequest } from "../shared/sent-in-request.ts";
import { textPieces } from "../shared/text-pieces.ts";

/** Constructors by the algorithm that they stand for. */
const CONSTRUCTORS: ReadonlyMap<string, string> = new Map([
  ["hashlib.md5", "MD5"],
  ["hashlib.sha1", "SHA-1"],
  ["_hashlib.openssl_md5", "MD5"],
  ["_hashlib.openssl_sha1", "SHA-1"],
  ["md5.new", "MD5"],
  ["sha.new", "SHA-1"],
  ...["Crypto.Hash", "Cryptodome.Hash"].flatMap((library): [string, string][] => [
    [`${library}.MD2.new`, "MD2"],
    [`${library}.MD4.new`, "MD4"],
    [`${library}.MD5.new`, "MD5"],
    [`${library}.SHA.new`, "SHA-1"],
    [`${library}.SHA1.new`, "SHA-1"],
  ]),
  ["cryptography.hazmat.primitives.hashes.MD5", "MD5"],
  ["cryptography.hazmat.primitives.hashes.SHA1", "SHA-1"],
]);

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ["md2", "MD2"],
  ["md4", "MD4"],
  ["md5", "MD5"],
  ["sha", "SHA-1"],
  ["sha1", "SHA-1"],
  ["sha-1", "SHA-1"],
]);

/** Calls that are given an algorithm by its name, and where. */
const NAMED_IN: ReadonlyMap<string, number> = new Map([
  ["hashlib.new", 0],
  ["hashlib.file_digest", 1],
  ["OpenSSL.crypto.X509().sign", 1],
  ["OpenSSL.crypto.X509Req().sign", 1],
  ["OpenSSL.crypto.CRL().sign", 2],
  ["OpenSSL.crypto.sign", 2],
  ["rsa.sign", 2],
  ["rsa.sign_hash", 2],
  ["rsa.compute_hash", 1],
  ["M2Crypto.EVP.MessageDigest", 0],
]);

const NAME_KEYWORDS: ReadonlySet<string> = new Set(["name", "digest", "hash_method", "method_name"]);

/**
 * Calls of `cryptography` in which SHA-1 is not hashed with as such: HMAC, OAEP and one-time codes do not need it collision-free, and an
 * OCSP request names a certificate by it, as most responders expect (RFC 5019, 2.1.1).
 */
const COLLISIONS_DO_NOT_MATTER =
  /(?:^|\.)(?:HMAC|HOTP|TOTP|OAEP|MGF1|PBKDF2HMAC|HKDF|ConcatKDFHash|hmac\.new|hmac\.digest|generate_fingerprint|fingerprint|add_certificate|add_certificate_by_hash|add_response)$/;

const SECURITY = new Set(
  "password passwd pwd secret token signature sign signed auth credential certificate cert key apikey session csrf salt license otp login user".split(
    " ",
  ),
);
/** Words of what somebody else may exchange, and of how keys are agreed on. */
const INTEGRITY = new Set(
  "integrity handshake kex kexdh kexgss gex verify verified verification trusted tampered license firmware mac hmac nonce".split(
    " ",
  ),
);
const OTHER_PURPOSES = new Set(
  "etag checksum checksums cache cached caching dedup dedupe duplicate bucket shard partition gravatar avatar uuid color colour seed filename thumbnail revision md5sum content changed blob git chunk fragment id identifier slug short namespace index".split(
    " ",
  ),
);

/** Words of a look into a list of what has leaked, which is kept by its SHA-1. */
const BREACHES = new Set(["pwned", "hibp", "breached", "leaked"]);

/** MD2, MD4, MD5 and SHA-1, unless the code says or shows that nothing depends on their strength. */
export const weakHash: ModuleDetector = {
  kind: "module",
  name: "weak-hash",
  triggers: { calls: [...NAMED_IN.keys(), ...CONSTRUCTORS.keys(), "functools.partial"], keywords: ["hashfunc"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const written of facts.calls) {
    const call = madeReady(written);
    const handed = handedOver(call);
    if (handed !== undefined) yield { node: call.node, fields: { algorithm: handed } };
    const algorithm = weakAlgorithm(call);
    if (algorithm === undefined || isDeclaredHarmless(call) || isNamedOnly(facts, call)) continue;
    if (isAskedForItsSize(facts, call) || isOfWebSocket(facts, call) || isOfRandomBytes(facts, call)) continue;
    if (isInsideHarmlessCall(facts, call)) continue;
    if (isForAnotherPurpose(facts, call) || isShortened(facts, call)) continue;
    const isOwnChoice = isForSecurity(facts, call) && !isSentInRequest(facts, call);
    const weight = isOwnChoice ? {} : { atMost: "note" as const };
    yield { node: call.node, fields: { algorithm }, ...(isReplaceable(written) && { call }), ...weight };
  }
}

/** `key.sign(message, hashfunc=hashlib.sha1)`: what signs is told by which function. */
function handedOver(call: CallFact): string | undefined {
  const given = call.args.find(({ keyword }) => keyword === "hashfunc");
  return given?.value.paths.map((path) => CONSTRUCTORS.get(path)).find((algorithm) => algorithm !== undefined);
}

/** `functools.partial(hashlib.new, "md5")`: the call that is made ready. */
function madeReady(call: CallFact): CallFact {
  const [target, ...others] = call.args;
  if (target?.position !== 0 || !call.callee.includes("functools.partial")) return call;
  const args = others.map(({ position, ...given }) =>
    position === undefined ? given : { ...given, position: position - 1 },
  );
  return { ...call, callee: target.value.paths, args };
}

function weakAlgorithm(call: CallFact): string | undefined {
  const position = call.callee.map((path) => NAMED_IN.get(path)).find((at) => at !== undefined);
  if (position !== undefined) {
    const name = call.args.find((arg) => arg.position === position || NAME_KEYWORDS.has(arg.keyword ?? ""));
    const [constant, ...others] = name?.value.constants ?? [];
    return typeof constant === "string" && others.length === 0 ? BY_NAME.get(constant.toLowerCase()) : undefined;
  }
  return call.callee.map((path) => CONSTRUCTORS.get(path)).find((algorithm) => algorithm !== undefined);
}

/** `hashlib.md5(…)`, where the same arguments fit another function of the module. */
function isReplaceable(call: CallFact): boolean {
  return call.callee.some((path) => path === "hashlib.md5" || path === "hashlib.sha1") && call.name.includes(".");
}

function isDeclaredHarmless(call: CallFact): boolean {
  const declared = call.args.find((argument) => argument.keyword === "usedforsecurity");
  if (declared === undefined) return call.doubleSplat;
  return declared.value.constants.length === 0 || declared.value.constants.includes(false);
}

/** `cryptography` names an algorithm by an object, which does nothing until a call is given it, by its name or not: not in a table of names. */
function isNamedOnly({ syntax }: ModuleFacts, call: CallFact): boolean {
  if (!call.callee.some((path) => path.startsWith("cryptography."))) return false;
  const parent = syntax.kind[syntax.parent[call.node]];
  const isGiven = parent === Kind.argument_list || parent === Kind.keyword_argument;
  return !isGiven && parent !== Kind.assignment && parent !== Kind.expression_statement;
}

/** Hexadecimal digits of a name that is told apart from others, as of a commit: nobody takes so few for a hash that cannot be met. */
const SHORT = 12;

/** `sha1(name).hexdigest()[:8]`: the beginning of a hash, where it is taken. */
function isShortened({ syntax }: ModuleFacts, call: CallFact): boolean {
  const attribute = syntax.parent[call.node];
  const digest = syntax.parent[attribute];
  const part = syntax.parent[digest];
  const isDigest =
    syntax.kind[attribute] === Kind.attribute &&
    textOf(syntax, childByField(syntax, attribute, Field.attribute)) === "hexdigest" &&
    syntax.kind[part] === Kind.subscript;
  const length = isDigest
    ? /^:(\d+)$/.exec(textOf(syntax, childByField(syntax, part, Field.subscript)))?.[1]
    : undefined;
  return length !== undefined && Number(length) <= SHORT;
}

/** `sha1(os.urandom(64))`, `sha1(name + os.urandom(8))`: what nobody can choose meets nothing. */
function isOfRandomBytes(facts: ModuleFacts, { args: [given] }: CallFact): boolean {
  if (given === undefined) return false;
  if (given.value.paths.some((path) => RANDOM.test(path))) return true;
  let left = MAX_PARTS;
  const parts = textPieces(facts, given.node, () => left-- <= 0);
  return parts.some((part) => facts.pathsOf(part).some((path) => RANDOM.test(path)));
}

/** Expressions of a text that are looked at. */
const MAX_PARTS = 64;

const RANDOM = /^(?:os\.urandom|secrets\.token_bytes|uuid\.uuid4|random\.SystemRandom)\(\)/;

/** `sha1().digest_size`: nothing is hashed. */
function isAskedForItsSize({ syntax }: ModuleFacts, call: CallFact): boolean {
  const parent = syntax.parent[call.node];
  if (syntax.kind[parent] !== Kind.attribute) return false;
  return /^(?:digest_size|block_size|name|oid)$/.test(textOf(syntax, childByField(syntax, parent, Field.attribute)));
}

/** What a key of a handshake is hashed with, by which the other side shows that it speaks WebSocket (RFC 6455, 1.3). */
const HANDSHAKE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Whether what is hashed, at once or later in the same function, ends with the text of that handshake. */
function isOfWebSocket(facts: ModuleFacts, { node, args }: CallFact): boolean {
  const scope = facts.scopeOf(node);
  const updates = factIndex(facts)
    .callsIn(scope)
    .filter(({ name }) => name.endsWith(".update"));
  return [...args, ...updates.flatMap((update) => update.args)].some((given) => holdsHandshake(facts, given.node));
}

function holdsHandshake({ syntax, value }: ModuleFacts, given: number): boolean {
  for (let node = given; node < syntax.next[given]; node++) {
    if (value(node)?.constants.some((one) => String(one).includes(HANDSHAKE)) === true) return true;
  }
  return textOf(syntax, given).includes(HANDSHAKE);
}

/** `padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), …)`. */
function isInsideHarmlessCall(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  for (let at = syntax.parent[call.node]; at !== 0; at = syntax.parent[at]) {
    if (syntax.kind[at] === Kind.expression_statement || syntax.kind[at] === Kind.block) return false;
    if (syntax.kind[at] !== Kind.call) continue;
    const callee = childByField(syntax, at, Field.function);
    if (callee !== NONE && COLLISIONS_DO_NOT_MATTER.test(textOf(syntax, callee))) return true;
  }
  return false;
}

/** The call signs, or a name around it speaks of security or of what somebody else may exchange. */
function isForSecurity(facts: ModuleFacts, call: CallFact): boolean {
  return !call.callee.some((path) => path.startsWith("hashlib.")) || wordsAround(facts, call).some(isOfSecurity);
}

function isOfSecurity(word: string): boolean {
  return SECURITY.has(word) || INTEGRITY.has(word);
}

function wordsAround(facts: ModuleFacts, call: CallFact): readonly string[] {
  const names = [
    ...namesAround(facts, call.node),
    ...call.args.map((arg) => textOf(facts.syntax, arg.node).slice(0, MAX_TEXT)),
    ...takersOf(facts, call),
  ];
  return names.flatMap(nameWords);
}

/** A name around it says what it is for, that is not security, and no name says security. */
function isForAnotherPurpose(facts: ModuleFacts, call: CallFact): boolean {
  const words = wordsAround(facts, call);
  if (words.some((word) => BREACHES.has(word)) || asksForBreaches(facts, call.node)) return true;
  const purposes = words.filter((word) => OTHER_PURPOSES.has(word));
  if (purposes.length === 0) return false;
  const security = words.filter(
    (word) => SECURITY.has(word) && !(word === "key" && purposes.some((other) => /^cach/.test(other))),
  );
  return security.length === 0;
}

/** What the name that takes the digest is used with in a cache: `cache.get(key)`, `cached[key]`, `CACHE / key`. */
function takersOf(facts: ModuleFacts, { node }: CallFact): readonly string[] {
  const { syntax } = facts;
  const scope = facts.scopeOf(node);
  const taken = facts.assignments.find(({ value }) => value <= node && node < syntax.next[value]);
  if (taken === undefined || scope === "") return [];
  const uses = nodesOfScope(facts, Kind.identifier, scope).filter((use) => textOf(syntax, use) === taken.name);
  return uses.map((use) => usedWith(syntax, use)).filter((text) => /cache/i.test(text));
}

/** What calls, indexes or joins a name, as it is written. */
function usedWith(syntax: SyntaxArrays, use: number): string {
  const above = syntax.parent[use] ?? NONE;
  switch (syntax.kind[above]) {
    case Kind.subscript:
    case Kind.binary_operator:
      return textOf(syntax, above).slice(0, MAX_TEXT);
    case Kind.argument_list:
      return textOf(syntax, childByField(syntax, syntax.parent[above] ?? NONE, Field.function)).slice(0, MAX_TEXT);
    default:
      return "";
  }
}

/** Characters of a text that is looked through for names. */
const MAX_TEXT = 80;
