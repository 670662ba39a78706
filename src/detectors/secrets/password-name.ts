import { nameWords } from "../shared/name-words.ts";

/** Words that a name of a password holds one of. */
export const PASSWORD_WORDS: readonly string[] = ["password", "passwd", "pwd", "passphrase", "passcode"];
const PASSWORD: ReadonlySet<string> = new Set(PASSWORD_WORDS);

/** Words after it that leave its meaning: `password_bytes`, `password1`. */
const KEEP_MEANING = new Set([
  "bytes",
  "b",
  "raw",
  "plain",
  "plaintext",
  "text",
  "str",
  "string",
  "value",
  "utf8",
  "data",
  "encoded",
  "input",
  "confirm",
]);

/** Words before it with which a name means something that was made of a password: `hashed_password`. */
const MADE = new Set([
  "hash",
  "hashed",
  "encrypted",
  "crypted",
  "salted",
  "digest",
  "stored",
  "no",
  "invalid",
  "wrong",
  "hide",
  "show",
]);

/** Whether a name means a password itself: `password`, `user_password`, `newPasswd`; not `password_hash`, `password_reset_key`. */
export function isPasswordName(name: string): boolean {
  if (!/pass|pwd/i.test(name)) return false;
  const words = nameWords(name).map((word) => word.replace(/(?<=[a-z]{3})\d+$/, ""));
  const at = words.findLastIndex((word) => PASSWORD.has(word));
  if (at < 0) return false;
  return (
    words.slice(at + 1).every((word) => KEEP_MEANING.has(word)) && !words.slice(0, at).some((word) => MADE.has(word))
  );
}
