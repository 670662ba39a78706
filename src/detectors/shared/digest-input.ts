import type { ArgumentFact, CallFact } from "../../taint/facts.ts";

const HASHLIB =
  /^hashlib\.(?:md5|sha1|sha224|sha256|sha384|sha512|sha3_224|sha3_256|sha3_384|sha3_512|blake2b|blake2s|Hash\(\)\.update)$/;

const OTHERS =
  /^(?:Crypto|Cryptodome)\.Hash\.(?:MD4|MD5|SHA|SHA1|SHA224|SHA256|SHA384|SHA512|SHA3_256|SHA3_512)\.new$|^Crypto\.Hash\.Digest\(\)\.update$|^cryptography\.hazmat\.primitives\.hashes\.Hash\(\)\.update$/;

/** First names of the API paths of such functions. */
export const DIGEST_ROOTS: readonly string[] = ["hashlib", "Crypto", "Cryptodome", "cryptography"];

/** What a hash function that is made to be fast is given: `hashlib.sha256(data)`, `hashlib.new("sha256", data)`, `h.update(data)`. */
export function digestInput(call: CallFact): ArgumentFact | undefined {
  if (call.callee.includes("hashlib.new")) return argument(call, 1);
  return call.callee.some((path) => HASHLIB.test(path) || OTHERS.test(path)) ? argument(call, 0) : undefined;
}

/** A key as a parameter of the function makes a MAC of it. */
export function isKeyed(call: CallFact): boolean {
  return call.args.some(({ keyword }) => keyword === "key");
}

function argument(call: CallFact, position: number): ArgumentFact | undefined {
  return call.args.find((given) => given.position === position || given.keyword === "data");
}
