import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { isPasswordName, PASSWORD_WORDS } from "../secrets/password-name.ts";
import { asksForBreaches } from "../shared/breach-lookup.ts";
import { brief } from "../shared/brief.ts";
import { DIGEST_ROOTS, digestInputs } from "../shared/digest-input.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { namesAround } from "../shared/names-around.ts";
import { reaches } from "../shared/reaches.ts";
import { isSentInRequest } from "../shared/sent-in-request.ts";
import { textPieces } from "../shared/text-pieces.ts";

const Options = z.strictObject({
  /** What becomes of the digest: it stands for the password, or it is the key of a cipher. */
  as: z.enum(["password", "key"]),
});
type Options = z.infer<typeof Options>;

/** Ciphers by where they take their key. */
const KEYED =
  /^(?:cryptography\.fernet\.Fernet|cryptography\.hazmat\.primitives\.ciphers\.(?:algorithms\.\w+|aead\.\w+)|(?:Crypto|Cryptodome)\.Cipher\.\w+\.new|nacl\.secret\.SecretBox)$/;

/** Functions that make the digest slow after all, or that send it to a protocol which asks for this very form. */
const SLOW = /bcrypt|scrypt|argon2|pbkdf2|hashpw|PBKDF2HMAC|generate_password_hash|make_password/i;
const PROTOCOL_WORDS = new Set(
  "realm nonce cnonce challenge timestamp qop digestauth ha1 ha2 scramble pwned hibp breach breached leaked sync ntlm handshake".split(
    " ",
  ),
);

/** Passwords that go through a hash function made to be fast. */
export const passwordDigest: ModuleDetector = {
  kind: "module",
  name: "password-digest",
  triggers: {
    roots: [...DIGEST_ROOTS, "nacl", "hmac", "zlib", "binascii", "hash"],
    words: ["hash", "digest"],
    and: { words: [...PASSWORD_WORDS, "getpass"] },
  },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    const input = digestInputs(facts).get(call) ?? (options.as === "password" ? otherInput(facts, call) : undefined);
    if (input === undefined) continue;
    const pieces = textPieces(facts, input.node, () => false);
    const password = pieces.find((piece) => isPassword(facts, piece));
    if (password === undefined || isForProtocol(facts, call, pieces) || isSentInRequest(facts, call)) continue;
    const key = cipherKeyedWith(facts, call);
    if ((options.as === "key") !== (key !== undefined) || isSlowedDown(facts, call) || isInRounds(facts, call))
      continue;
    const fields = { callee: call.name, password: brief(textOf(facts.syntax, password)), cipher: key?.name ?? "" };
    yield { node: call.node, fields };
  }
  if (options.as === "key") yield* passwordsAsKeys(facts);
}

/** What a function is given that makes no secret of it: a checksum, the hash of a dict's keys, one of the module's own making. */
function otherInput(facts: ModuleFacts, call: CallFact): ArgumentFact | undefined {
  const isMac = call.callee.some((path) => MACS.has(path));
  // What Python asks for to find an object in a table is kept nowhere.
  if (lastPart(facts.scopeOf(call.node)) === "__hash__") return undefined;
  const isOther = call.callee.some((path) => CHECKSUMS.has(path)) || isOwnHash(facts, call.name);
  if (!isMac && !isOther) return undefined;
  return call.args.find(({ position, keyword }) => position === (isMac ? 1 : 0) || (isMac && keyword === "msg"));
}

const MACS: ReadonlySet<string> = new Set(["hmac.new", "hmac.HMAC", "hmac.digest"]);
const CHECKSUMS: ReadonlySet<string> = new Set(["hash", "zlib.crc32", "zlib.adler32", "binascii.crc32"]);

/** A function of this module that is named as a hash and counts with the codes of characters itself. */
function isOwnHash(facts: ModuleFacts, name: string): boolean {
  return ownHashes(facts).has(lastPart(name)) && nameWords(name).some((word) => word === "hash" || word === "digest");
}

const ownHashes: (facts: ModuleFacts) => ReadonlySet<string> = oncePer(({ syntax, definitions }) => {
  const hashes = definitions.filter(({ kind, node }) => {
    const text = kind === "function" ? textOf(syntax, node) : "";
    return /\bord\(/.test(text) && /<<|\*|\^|%/.test(text) && !SLOW.test(text) && !/hashlib|\.hash\(/.test(text);
  });
  return new Set(hashes.map(({ name }) => name));
});

/** `Fernet(urlsafe_b64encode(password.ljust(32)))`: the password itself, filled up or cut, is the key. */
function* passwordsAsKeys(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [key] = call.args;
    if (key === undefined || key.value.constancy === "constant" || !isKeyed(call)) continue;
    const password = piecesOfKey(facts, key.node).find((piece) => isPassword(facts, piece));
    if (password === undefined) continue;
    yield { node: call.node, fields: { password: brief(textOf(facts.syntax, password)), cipher: call.name } };
  }
}

const MAX_FORMS = 4;
/** Functions that write the same bytes in another form, or fill them up. */
const FORMS = /(?:^|\.)(?:\w*b64encode|hexlify|b2a_hex|pad|bytearray)$/;

function piecesOfKey(facts: ModuleFacts, expression: number, left = MAX_FORMS): readonly number[] {
  const { syntax } = facts;
  return textPieces(facts, expression, () => false).flatMap((piece) => {
    const inner =
      syntax.kind[piece] === Kind.subscript
        ? childByField(syntax, piece, Field.value)
        : firstArgument(factIndex(facts).callAt.get(piece));
    return inner === undefined || left === 0 ? [piece] : piecesOfKey(facts, inner, left - 1);
  });
}

function firstArgument(call: CallFact | undefined): number | undefined {
  return call !== undefined && FORMS.test(call.name) ? call.args[0]?.node : undefined;
}

function isPassword(facts: ModuleFacts, piece: number): boolean {
  const { syntax } = facts;
  const call = factIndex(facts).callAt.get(piece);
  if (call === undefined) return isPasswordName(lastNameOf(syntax, piece) ?? "");
  if (call.callee.includes("getpass.getpass")) return true;
  const [key] = call.args;
  return /\.get$/.test(call.name) && key !== undefined && isPasswordName(literalText(syntax, key.node) ?? "");
}

/** A challenge, a realm, or a question to a list of leaked passwords. */
function isForProtocol(facts: ModuleFacts, call: CallFact, pieces: readonly number[]): boolean {
  const names = [
    ...pieces.map((piece) => lastNameOf(facts.syntax, piece) ?? ""),
    ...namesAround(facts, call.node),
    ...facts.scopeOf(call.node).split("."),
  ];
  const isNamed = names.flatMap(nameWords).some((word) => PROTOCOL_WORDS.has(word));
  return isNamed || isCutToPrefix(facts, call) || asksForBreaches(facts, call.node);
}

/** `.hexdigest()[:5]`: too short to be anything but a question. */
function isCutToPrefix({ syntax }: ModuleFacts, call: CallFact): boolean {
  for (let at = syntax.parent[call.node]; at !== 0; at = syntax.parent[at]) {
    if (syntax.kind[at] === Kind.expression_statement || syntax.kind[at] === Kind.block) return false;
    if (syntax.kind[at] === Kind.subscript)
      return syntax.kind[childByField(syntax, at, Field.subscript)] === Kind.slice;
  }
  return false;
}

function cipherKeyedWith(facts: ModuleFacts, digest: CallFact): CallFact | undefined {
  return facts.calls.find((call) => {
    const [key] = call.args;
    return key !== undefined && isKeyed(call) && reaches(facts, key.node, digest.node);
  });
}

function isKeyed({ callee }: CallFact): boolean {
  return callee.some((path) => KEYED.test(path));
}

/** A function of its own hashes the result again, slowly: in the same scope. */
function isSlowedDown(facts: ModuleFacts, digest: CallFact): boolean {
  const scope = facts.scopeOf(digest.node);
  return factIndex(facts)
    .callsIn(scope)
    .some((call) => SLOW.test(call.name) && takesPart(facts, call, digest));
}

/** Rounds that a scheme of its own makes at least: MD5-crypt has 1,000. */
const ROUNDS = 1000;

/** Whether the function around hashes again and again in a loop, as schemes before bcrypt do. */
function isInRounds(facts: ModuleFacts, digest: CallFact): boolean {
  const { syntax } = facts;
  const around = ancestorOfKind(syntax, digest.node, Kind.function_definition);
  return loopsOfRounds(facts).some((loop) => around !== NONE && around < loop && loop < syntax.next[around]);
}

/** Loops over `range(1000)` and more that hash something. */
const loopsOfRounds: (facts: ModuleFacts) => readonly number[] = oncePer((facts) => {
  const { syntax } = facts;
  const hashed = [...digestInputs(facts).keys()].map(({ node }) => node);
  return [...nodesOfKind(syntax, Kind.for_statement)].filter((loop) => {
    const range = factIndex(facts).callAt.get(childByField(syntax, loop, Field.right));
    const rounds = range?.callee.includes("range") ? range.args.at(-1)?.value.constants[0] : undefined;
    if (typeof rounds !== "number" || rounds < ROUNDS) return false;
    return hashed.some((node) => loop < node && node < syntax.next[loop]);
  });
});

function takesPart(facts: ModuleFacts, call: CallFact, digest: CallFact): boolean {
  const list = childByField(facts.syntax, call.node, Field.arguments);
  return list !== NONE && operands(facts.syntax, list).some((argument) => reaches(facts, argument, digest.node));
}
