import { nameWords } from "./name-words.ts";

/** A function that is named as a check, of whatever: an exception that says that it failed is its no. */
export function isVerifier(name: string): boolean {
  const words = nameWords(name);
  return VERIFIES.has(words[0] ?? "") && !words.some((word) => NEGATIONS.has(word));
}

const VERIFIES = new Set(["verify", "verified", "verifies", "check", "validate", "authenticate"]);
const NEGATIONS = new Set([
  "not",
  "no",
  "un",
  "invalid",
  "bad",
  "failed",
  "fails",
  "forged",
  "tampered",
  "broken",
  "wrong",
  "expired",
  "revoked",
  "blocked",
  "banned",
  "denied",
  "locked",
]);

/** Exceptions that libraries raise where a signature, a tag or a password does not fit. */
const MISMATCH =
  /(?:^|[(,\s.`])(?:InvalidSignature|InvalidSignatureError|BadSignature|BadSignatureError|SignatureExpired|InvalidTag|InvalidDigest|VerifyMismatchError|InvalidHash|InvalidToken|InvalidTokenError|JWTError|BadData)\b/;

/** Whether what a handler catches, as it is written, is such a no. */
export function isMismatch(caught: string): boolean {
  return MISMATCH.test(caught);
}
