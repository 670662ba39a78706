import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";

/** Calls that sign claims, by where the claims stand. */
const SIGNERS: ReadonlyMap<string, { readonly position: number; readonly keyword: string }> = new Map([
  ["jwt.encode", { position: 0, keyword: "payload" }],
  ["jwt.PyJWT().encode", { position: 0, keyword: "payload" }],
  ["jwt.api_jwt.encode", { position: 0, keyword: "payload" }],
  ["jose.jwt.encode", { position: 0, keyword: "claims" }],
  ["authlib.jose.jwt.encode", { position: 1, keyword: "payload" }],
  ["joserfc.jwt.encode", { position: 1, keyword: "claims" }],
]);

/** Calls that read a signature with a time in it, and check the time only when they are told how old it may be. */
const READERS: ReadonlySet<string> = new Set([
  "itsdangerous.URLSafeTimedSerializer().loads",
  "itsdangerous.TimedSerializer().loads",
  "itsdangerous.TimestampSigner().unsign",
  "itsdangerous.url_safe.URLSafeTimedSerializer().loads",
  "django.core.signing.loads",
  "django.core.signing.TimestampSigner().unsign",
  "django.core.signing.TimestampSigner().unsign_object",
]);

/** Calls that read a token and look at its end, unless they are told not to. */
const DECODERS: ReadonlySet<string> = new Set([
  "jwt.decode",
  "jwt.PyJWT().decode",
  "jwt.api_jwt.decode",
  "jose.jwt.decode",
]);

/** Calls that look at no claim by themselves: `claims.validate()` does, afterwards. */
const BARE_DECODERS: ReadonlySet<string> = new Set(["authlib.jose.jwt.decode"]);

/** Tokens that are issued without an end, or read without a look at their age. */
export const tokenLifetime: ModuleDetector = {
  kind: "module",
  name: "token-lifetime",
  triggers: { calls: [...SIGNERS.keys(), ...READERS, ...DECODERS, ...BARE_DECODERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const does = isIssuedForEver(call)
      ? "signs claims without an end (exp), so this token works for ever"
      : isReadAtAnyAge(call)
        ? "accepts this token however old it is, for it is given no age (max_age)"
        : isReadAfterItsEnd(call)
          ? "accepts this token after its end (exp), for the check is switched off (verify_exp)"
          : isNeverValidated(facts, call)
            ? "gives claims whose end (exp) nobody looks at: call `validate()` on them"
            : undefined;
    if (does !== undefined) yield { node: call.node, fields: { callee: call.name, does } };
  }
}

function isIssuedForEver(call: CallFact): boolean {
  const place = call.callee.map((path) => SIGNERS.get(path)).find((found) => found !== undefined);
  const claims =
    place && call.args.find((given) => given.position === place.position || given.keyword === place.keyword);
  return claims !== undefined && lacksEnd(claims.value);
}

/** All claims are known, there are some, and none is the end. */
function lacksEnd({ entries, complete }: ValueFact): boolean {
  return complete === true && entries !== undefined && entries.size > 0 && !entries.has("exp");
}

function isReadAtAnyAge(call: CallFact): boolean {
  if (!call.callee.some((path) => READERS.has(path)) || call.splat || call.doubleSplat) return false;
  const age = call.args.find(({ position, keyword }) => keyword === "max_age" || position === 1);
  return (
    age === undefined || (age.value.constants.length > 0 && age.value.constants.every((constant) => constant === null))
  );
}

function isReadAfterItsEnd(call: CallFact): boolean {
  if (!call.callee.some((path) => DECODERS.has(path))) return false;
  const entries = call.args.find(({ keyword }) => keyword === "options")?.value.entries;
  const [isChecked] = entries?.get("verify_exp")?.constants ?? [];
  const [isSigned] = entries?.get("verify_signature")?.constants ?? [];
  return isChecked === false && isSigned !== false;
}

function isNeverValidated(facts: ModuleFacts, call: CallFact): boolean {
  return (
    call.callee.some((path) => BARE_DECODERS.has(path)) &&
    !facts.calls.some(({ name }) => /\.validate(?:_exp)?$/.test(name))
  );
}
