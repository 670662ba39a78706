import { nameWords } from "../shared/name-words.ts";
import { isPlaceholder } from "./placeholder.ts";

/** Kinds, modes and states that stand beside a secret's name in forms, schemas and settings. */
const OTHER_VALUES = new Set([
  "string",
  "str",
  "text",
  "char",
  "varchar",
  "bytes",
  "password",
  "passwd",
  "secret",
  "token",
  "hidden",
  "required",
  "optional",
  "write_only",
  "true",
  "false",
  "yes",
  "null",
  "none",
  "auto",
  "basic",
  "bearer",
  "plain",
  "hash",
  "hashed",
  "prompt",
  "vault",
  "keyring",
  "argon2",
  "bcrypt",
  "invalid",
  "missing",
  "expired",
  "unknown",
  // How somebody signs in who has no password here.
  "ldap",
  "oidc",
  "oauth",
  "oauth2",
  "saml",
  "sso",
  "external",
  "unusable",
  // What stands where a token alone is asked for.
  "x-oauth-basic",
  "x-access-token",
  "x-token-auth",
  // A part of a page.
  "input",
]);

/** Whether a literal can be a secret itself, and is no label, reference, pattern, hash or placeholder. */
export function isSecretValue(value: string, name: string): boolean {
  const lower = value.toLowerCase();
  return (
    !OTHER_VALUES.has(lower) &&
    !isPlaceholder(value) &&
    !isReference(value) &&
    !isProse(value) &&
    !isPattern(value) &&
    !isPasswordHash(value) &&
    !repeatsName(value, name)
  );
}

/** Addresses, paths, files, dotted names, objects of modules (`shop.tests:Token`), names of variables, of options and of other settings. */
function isReference(value: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/|~|[A-Za-z]:\\|urn:|arn:|env:|file:|vault:|op:\/\/)/i.test(value) ||
    /^[\w.-]+(?:\/[\w.@:{}-]+)+$/.test(value) ||
    /^[\w-]+\.(?:txt|pem|key|crt|json|ya?ml|ini|cfg|conf|html?|py|env|toml|xml|js|css|png)$/i.test(value) ||
    /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::[A-Za-z_][\w.]*)?$/.test(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^[a-z][a-z-]*(?::[\w{}*-]+)+$/.test(value) ||
    /^--[a-z]+(?:-[a-z]+)*$/.test(value)
  );
}

/** Sentences and labels: several words, one with a mark after it, or one with a capital: `Kennwort:`, `Contraseña`. */
function isProse(value: string): boolean {
  const trimmed = value.trim();
  if (APP_PASSWORD.test(trimmed)) return false;
  return /\s/.test(trimmed) || /^(?:\p{L}+[:?.…]|\p{Lu}\p{Ll}+)$/u.test(trimmed);
}

/** As mail services hand them out for programs: four groups of four letters. */
const APP_PASSWORD = /^[a-z]{4}(?: [a-z]{4}){3}$/;

function isPattern(value: string): boolean {
  return /\\[dwsDWSb]|\(\?|\[[^\]]*-[^\]]*\]|^\^|\.[*+]/.test(value);
}

/** What a hashing function makes of a password is not the password. */
function isPasswordHash(value: string): boolean {
  return /^(?:\$\w+\$|\{[A-Z0-9]+\}|pbkdf2[_:]|scrypt:|sha256\$|md5\$)/.test(value);
}

const NAMES_OF_SECRETS: ReadonlySet<string> = new Set(["password", "passwd", "token", "secret"]);

/** `PASSWORD = "password"`, `CONF_API_KEY = "api_key"`, `"oauth_token": "my_oauthtoken"`: a name for the thing, not the thing. */
function repeatsName(value: string, name: string): boolean {
  if (!/^[A-Za-z][A-Za-z_ -]*$/.test(value)) return false;
  const words = nameWords(name);
  const named = new Set(words);
  const isWithin = words.length > 1 && value.toLowerCase().replaceAll(/[_ -]/g, "").includes(words.join(""));
  if (isWithin) return true;
  return nameWords(value).some((word) => named.has(word) || NAMES_OF_SECRETS.has(word));
}
