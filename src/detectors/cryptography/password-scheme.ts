import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { settingTriggers, webSettings } from "../shared/web-settings.ts";

/** Django's hashers by the end of their names. */
const WEAK_HASHERS =
  /\.(?:MD5PasswordHasher|SHA1PasswordHasher|UnsaltedMD5PasswordHasher|UnsaltedSHA1PasswordHasher|CryptPasswordHasher)$/;

/** Schemes of passlib, and of Flask-Security, that keep a password readable or hash it once. */
const WEAK_SCHEMES =
  /^(?:plaintext|ldap_plaintext|md5_crypt|apr_md5_crypt|des_crypt|bsdi_crypt|bigcrypt|crypt16|hex_(?:md4|md5|sha1|sha256|sha512)|ldap_(?:hex_)?(?:md5|sha1)|ldap_salted_(?:md5|sha1|sha256|sha512)|mysql323|mysql41|nthash|lmhash|mssql2000|mssql2005|oracle10|oracle11|roundup_plaintext|sha1_crypt|django_(?:salted_)?(?:md5|sha1)|django_des_crypt)$/;

/** `generate_password_hash(password, "sha256")`: one round of a digest, or none. */
const WEAK_METHODS = /^(?:plain|(?:md5|sha1|sha224|sha256|sha384|sha512)(?:[:$].*)?)$/;

/** `pbkdf2:sha256:1000`: too few rounds are quick to try. */
const ROUNDS = /^pbkdf2:\w+:(\d+)$/;
const FEWEST_ROUNDS = 100_000;

const SETTINGS = settingTriggers(["PASSWORD_HASHERS", "SECURITY_PASSWORD_HASH"]);
const CONTEXT = "passlib.context.CryptContext";
const GENERATE = "werkzeug.security.generate_password_hash";
const MAKE = "django.contrib.auth.hashers.make_password";
const HASHING_CALLS = [CONTEXT, GENERATE, MAKE];

/** Hashers by the names that `make_password` takes. */
const WEAK_HASHER_NAMES = /^(?:unsalted_)?(?:md5|sha1)$|^crypt$/;

/** The scheme that new passwords are hashed with, where it is known to be weak. */
export const passwordScheme: ModuleDetector = {
  kind: "module",
  name: "password-scheme",
  triggers: { ...SETTINGS, calls: [...(SETTINGS.calls ?? []), ...HASHING_CALLS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const { name, node, value } of webSettings(facts, ["django", "flask", "quart"])) {
    const scheme =
      name === "PASSWORD_HASHERS"
        ? textOf(value.elements?.[0])
        : name === "SECURITY_PASSWORD_HASH"
          ? textOf(value)
          : undefined;
    if (scheme === undefined || !(WEAK_HASHERS.test(scheme) || WEAK_SCHEMES.test(scheme))) continue;
    yield { node, fields: { scheme: scheme.split(".").at(-1) ?? scheme } };
  }
  for (const call of facts.calls) {
    const scheme = schemeOf(call);
    if (scheme !== undefined) yield { node: call.node, call, fields: { scheme } };
  }
}

function schemeOf(call: CallFact): string | undefined {
  if (call.callee.includes(CONTEXT)) {
    const schemes = argument(call, 0, "schemes");
    const scheme = textOf(argument(call, undefined, "default")) ?? textOf(schemes?.elements?.[0]);
    return scheme !== undefined && WEAK_SCHEMES.test(scheme) ? scheme : undefined;
  }
  if (call.callee.includes(GENERATE)) {
    const method = textOf(argument(call, 1, "method"));
    return method !== undefined && (WEAK_METHODS.test(method) || isQuick(method)) ? method : undefined;
  }
  if (call.callee.includes(MAKE)) {
    const hasher = textOf(argument(call, 2, "hasher"));
    return hasher !== undefined && WEAK_HASHER_NAMES.test(hasher) ? hasher : undefined;
  }
  return undefined;
}

function isQuick(method: string): boolean {
  const rounds = ROUNDS.exec(method)?.[1];
  return rounds !== undefined && Number(rounds) < FEWEST_ROUNDS;
}

function argument(call: CallFact, at: number | undefined, name: string): ValueFact | undefined {
  return call.args.find(({ position, keyword }) => keyword === name || (at !== undefined && position === at))?.value;
}

function textOf(value: ValueFact | undefined): string | undefined {
  const [constant, ...others] = value?.constants ?? [];
  return typeof constant === "string" && others.length === 0 ? constant : undefined;
}
