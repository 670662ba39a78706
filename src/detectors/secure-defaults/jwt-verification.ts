import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { TOKEN_DECODERS } from "../shared/token-decoders.ts";

const Options = z.strictObject({
  /**
   * The signature is not looked at; the same by `verify=False`, which PyJWT knows before version 2 alone; or an algorithm
   * that signs nothing is permitted.
   */
  mistake: z.enum(["unverified", "verify-argument", "none-algorithm"]),
});
type Options = z.infer<typeof Options>;

const DECODERS: ReadonlySet<string> = new Set([...TOKEN_DECODERS, "jose.jws.verify", "authlib.jose.jwt.decode"]);

const ENCODERS: ReadonlySet<string> = new Set([
  "jwt.encode",
  "jwt.PyJWT().encode",
  "jwt.api_jwt.encode",
  "jose.jwt.encode",
  "jose.jws.sign",
]);

/** Calls whose header says by which algorithm they sign. */
const HEADER_ENCODERS: ReadonlySet<string> = new Set([
  "authlib.jose.jwt.encode",
  "authlib.jose.JsonWebToken().encode",
  "joserfc.jwt.encode",
  "joserfc.jws.serialize_compact",
  "jwcrypto.jwt.JWT",
]);

const ALGORITHM_LISTS: ReadonlySet<string> = new Set([
  "authlib.jose.JsonWebToken",
  "joserfc.jwt.decode",
  "joserfc.jwt.JWTRegistry",
]);

/** Always unchecked, by name. */
const UNVERIFIED: ReadonlySet<string> = new Set(["jose.jwt.get_unverified_claims", "jose.jws.get_unverified_claims"]);

/** Tokens that are read without a signature, or issued without one. */
export const jwtVerification: ModuleDetector = {
  kind: "module",
  name: "jwt-verification",
  triggers: { calls: [...UNVERIFIED, ...DECODERS, ...ALGORITHM_LISTS, ...ENCODERS, ...HEADER_ENCODERS] },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    const does = mistake(call);
    if (kindOf(call, does) !== options.mistake) continue;
    if (does === undefined || (does !== ISSUES && isVerifiedLater(facts, call))) continue;
    if (does === READS && isAskedForIssuer(facts, call)) continue;
    yield { node: call.node, fields: { callee: call.name, does } };
  }
}

const READS = "reads this token without checking who signed it";
const ACCEPTS = "accepts a token without a signature";
const ISSUES = "issues a token without a signature";

function kindOf(call: CallFact, does: string | undefined): Options["mistake"] {
  if (does !== READS) return "none-algorithm";
  const isOldArgument = call.callee.some((path) => path.startsWith("jwt.")) && !skipsByOption(call);
  return isOldArgument ? "verify-argument" : "unverified";
}

function mistake(call: CallFact): string | undefined {
  if (call.callee.some((path) => UNVERIFIED.has(path))) return READS;
  const decodes = call.callee.some((path) => DECODERS.has(path));
  if (decodes && skipsSignature(call)) return READS;
  if ((decodes || call.callee.some((path) => ALGORITHM_LISTS.has(path))) && allowsNone(call)) return ACCEPTS;
  if (call.callee.some((path) => ENCODERS.has(path)) && isNone(keyword(call, "algorithm") ?? positional(call, 2)))
    return ISSUES;
  if (call.callee.some((path) => HEADER_ENCODERS.has(path)) && hasNoneInHeader(call)) return ISSUES;
  return undefined;
}

function hasNoneInHeader(call: CallFact): boolean {
  const header = keyword(call, "header") ?? positional(call, 0);
  const algorithm = header?.value.entries?.get("alg")?.constants ?? [];
  return algorithm.length > 0 && algorithm.every(namesNone);
}

function skipsSignature(call: CallFact): boolean {
  return skipsByOption(call) || isFalse(keyword(call, "verify")?.value.constants);
}

function skipsByOption(call: CallFact): boolean {
  return isFalse(keyword(call, "options")?.value.entries?.get("verify_signature")?.constants);
}

function isFalse(constants: ArgumentFact["value"]["constants"] | undefined): boolean {
  return constants !== undefined && constants.length === 1 && constants[0] === false;
}

function allowsNone(call: CallFact): boolean {
  const list =
    keyword(call, "algorithms") ??
    (call.callee.includes("authlib.jose.JsonWebToken") ? positional(call, 0) : positional(call, 2));
  return list?.value.elements?.some((element) => element.constants.some(namesNone)) ?? isNone(list);
}

function isNone(argument: ArgumentFact | undefined): boolean {
  return argument !== undefined && argument.value.constants.length > 0 && argument.value.constants.every(namesNone);
}

function namesNone(constant: unknown): boolean {
  return typeof constant === "string" && constant.toLowerCase() === "none";
}

function keyword(call: CallFact, name: string): ArgumentFact | undefined {
  return call.args.find((argument) => argument.keyword === name);
}

function positional(call: CallFact, position: number): ArgumentFact | undefined {
  return call.args.find((argument) => argument.position === position);
}

/** All that is read of it is who says to have issued it, `claims["iss"]`: that tells which key to verify it with. */
function isAskedForIssuer(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  const scope = facts.scopeOf(call.node);
  const made = factIndex(facts).assignedFrom(call.node);
  if (made === undefined || scope === "" || syntax.kind[made.target] !== Kind.identifier) return false;
  const uses = [...nodesOfKind(syntax, Kind.identifier)].filter(
    (node) => node !== made.target && textOf(syntax, node) === made.name && facts.scopeOf(node) === scope,
  );
  return (
    uses.length > 0 &&
    uses.every((node) =>
      /^\w+(?:\[|\.get\()["']iss["'][\])]/.test(syntax.text.slice(syntax.start[node], syntax.start[node] + 80)),
    )
  );
}

/**
 * The issuer or the key's name is read first, without a key yet, and the same token is then verified in the same function.
 */
function isVerifiedLater(facts: ModuleFacts, call: CallFact): boolean {
  const token = call.args[0];
  if (token === undefined || hasKey(call)) return false;
  const scope = facts.scopeOf(call.node);
  const written = textOf(facts.syntax, token.node);
  return factIndex(facts)
    .callsIn(scope)
    .some(
      (other) =>
        other.node > call.node &&
        other.callee.some((path) => DECODERS.has(path)) &&
        mistake(other) === undefined &&
        other.args[0] !== undefined &&
        textOf(facts.syntax, other.args[0].node) === written,
    );
}

function hasKey(call: CallFact): boolean {
  const key = keyword(call, "key") ?? positional(call, 1);
  return key !== undefined && !(key.value.constants.length > 0 && key.value.constants.every((constant) => !constant));
}
