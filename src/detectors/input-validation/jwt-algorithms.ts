import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { TOKEN_DECODERS } from "../shared/token-decoders.ts";

/** Those, and what reads signed texts of any kind. */
const READERS: ReadonlySet<string> = new Set([...TOKEN_DECODERS, "jose.jws.verify"]);
const Options = z.strictObject({
  /** Whether it is PyJWT's own calls that accept whatever the token names when no list is given: the old versions do. */
  library: z.enum(["pyjwt"]).optional(),
});
const HEADERS = /(?:^|\.)(?:get_unverified_headers?|get_unverified_header)$/;

/** Signatures whose algorithm the token chooses, or that a public key can make. */
export const jwtAlgorithms: ModuleDetector = {
  kind: "module",
  name: "jwt-algorithms",
  triggers: { calls: [...READERS, "jwt.get_unverified_header", "jose.jwt.get_unverified_header"] },
  prepare: (raw) => {
    const { library } = Options.parse(raw);
    return library === undefined ? detectAll : (facts) => detect(facts, mistakeOfOldVersions);
  },
};

function* detectAll(facts: ModuleFacts): Generator<Detection> {
  yield* detect(facts, mistakeOf);
  yield* ownKeys(facts);
}

/** What takes a key, or the address of one, as it is given. */
const KEYS = /^(?:jwt\.(?:jwks_client\.)?PyJWKClient|(?:requests|httpx)\.get|urllib\.request\.urlopen)$|\.from_jwk$/;

/** Where a token names or brings along its own key (RFC 7515, 4.1.2 to 4.1.5). */
const OWN_KEY = /["'](?:jku|x5u|jwk|x5c)["']/;

/** Keys that are looked up where the token says: whoever writes one names a key of their own. */
function* ownKeys(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [given] = call.args;
    if (given === undefined || !call.callee.some((path) => KEYS.test(path))) continue;
    const pieces = textPieces(facts, given.node, () => false).map((piece) => textOf(facts.syntax, piece));
    if (pieces.some((piece) => OWN_KEY.test(piece)) && comesFromToken(facts, given))
      yield {
        node: call.node,
        fields: { callee: call.name, mistake: "takes the key that the token names for itself" },
      };
  }
}

type Judge = (facts: ModuleFacts, call: CallFact, algorithms: ArgumentFact | undefined) => string | undefined;

function* detect(facts: ModuleFacts, judge: Judge): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => READERS.has(path)) || call.splat || call.doubleSplat) continue;
    if (skipsSignature(call)) continue;
    const algorithms = call.args.find(({ keyword, position }) => keyword === "algorithms" || position === 2);
    const mistake = judge(facts, call, algorithms);
    if (mistake !== undefined) yield { node: call.node, fields: { callee: call.name, mistake } };
  }
}

/** Another rule speaks of tokens that nobody verifies. */
function skipsSignature({ args }: CallFact): boolean {
  const options = args.find(({ keyword }) => keyword === "options")?.value.entries;
  const verify = args.find(({ keyword }) => keyword === "verify")?.value;
  return [options?.get("verify_signature"), verify].some((value) => value?.constants.includes(false) === true);
}

const UNLISTED = "takes whatever algorithm the token names";

/** PyJWT refuses a call without a list from version 2 on, python-jose never. */
function mistakeOfOldVersions(_: ModuleFacts, { callee }: CallFact, algorithms?: ArgumentFact): string | undefined {
  return isUnlisted(algorithms) && callee.some((path) => path.startsWith("jwt.")) ? UNLISTED : undefined;
}

function isUnlisted(algorithms: ArgumentFact | undefined): algorithms is undefined {
  return algorithms === undefined || algorithms.value.constants.includes(null);
}

function mistakeOf(facts: ModuleFacts, call: CallFact, algorithms: ArgumentFact | undefined): string | undefined {
  if (isUnlisted(algorithms)) return call.callee.some((path) => path.startsWith("jose.")) ? UNLISTED : undefined;
  if (comesFromToken(facts, algorithms)) return "lets the token choose the algorithm of its own signature";
  const names = (algorithms.value.elements ?? [algorithms.value]).flatMap(({ constants }) => constants);
  const isShared = names.some((name) => typeof name === "string" && /^HS\d/.test(name));
  const isPublic = names.some((name) => typeof name === "string" && /^(?:RS|ES|PS|EdDSA)/.test(name));
  return isShared && isPublic ? "accepts a signature that anyone can make of the public key" : undefined;
}

/** `[header["alg"]]`, where the header was read from the token. */
function comesFromToken(facts: ModuleFacts, algorithms: ArgumentFact): boolean {
  const { syntax } = facts;
  const { callAt, assignmentsTo } = factIndex(facts);
  return textPieces(facts, algorithms.node, () => false).some((piece) => {
    const isItem = syntax.kind[piece] === Kind.subscript || syntax.kind[piece] === Kind.call;
    if (!isItem) return false;
    const target = syntax.kind[piece] === Kind.call ? childByField(syntax, piece, Field.function) : piece;
    const object = childByField(syntax, target, syntax.kind[target] === Kind.attribute ? Field.object : Field.value);
    const read =
      syntax.kind[object] === Kind.identifier ? assignmentsTo(facts.scopeOf(object), textOf(syntax, object)) : [];
    const sources = [object, ...read.map(({ value }) => value)];
    return sources.some((source) => callAt.get(source)?.callee.some((path) => HEADERS.test(path)) === true);
  });
}
