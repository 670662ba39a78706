import { oncePerText } from "../../text/once-per-text.ts";
import { indexOfPhrase, nameWords } from "../shared/name-words.ts";

/** Ends of names that say secret. */
export const SECRET_PHRASES: readonly (readonly string[])[] = [
  "password",
  "passwd",
  "pgpassword",
  "pwd",
  "passphrase",
  "secret",
  "secret key",
  "api key",
  "apikey",
  "access key",
  "private key",
  "signing key",
  "encryption key",
  "token",
].map((phrase) => phrase.split(" "));

/** Words after the phrase that leave its meaning: `password_prod`, `token2`, `API_KEY_VALUE`. */
const KEEP_MEANING = new Set([
  "dev",
  "prod",
  "production",
  "staging",
  "test",
  "live",
  "default",
  "value",
  "string",
  "str",
  "bytes",
  "hex",
  "plain",
  "plaintext",
  "old",
  "new",
  "current",
  "primary",
  "secondary",
  "key",
  "db",
  "user",
  "admin",
  "root",
]);

/** Words before the phrase that turn it into a message, a page or something public: `invalid_password`, `PUBLIC_KEY`. */
const CHANGE_MEANING = new Set([
  "invalid",
  "wrong",
  "bad",
  "incorrect",
  "missing",
  "no",
  "empty",
  "weak",
  "forgot",
  "forgotten",
  "reset",
  "change",
  "changed",
  "confirm",
  "require",
  "required",
  "show",
  "hide",
  "enable",
  "enabled",
  "disable",
  "disabled",
  "allow",
  "has",
  "enter",
  "update",
  "public",
  "pub",
  "publishable",
  "primary",
  "foreign",
  "cache",
  "sort",
  "partition",
  "next",
  "page",
  "pagination",
  "continuation",
  "sync",
  "unk",
  "pad",
  "bos",
  "eos",
  "cls",
  "sep",
  "mask",
  "special",
]);

const wordsWithoutNumbers = oncePerText((name) => nameWords(name).map((word) => word.replace(/(?<=[a-z]{3})\d+$/, "")));

/** Whether a name says that its value is a secret: one of the phrases, and nothing around it that gives it another sense. */
export function saysSecret(name: string, phrases: readonly (readonly string[])[]): boolean {
  const words = wordsWithoutNumbers(name);
  return phrases.some((phrase) => {
    const at = indexOfPhrase(words, phrase);
    if (at < 0) return false;
    const after = words.slice(at + phrase.length);
    return (
      after.every((word) => KEEP_MEANING.has(word) || /^v?\d+$/.test(word)) &&
      !words.slice(0, at).some((word) => CHANGE_MEANING.has(word))
    );
  });
}
