import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "./fact-index.ts";

const HASHLIB =
  /^hashlib\.(?:md5|sha1|sha224|sha256|sha384|sha512|sha3_224|sha3_256|sha3_384|sha3_512|blake2b|blake2s|Hash\(\)\.update)$/;

const OTHERS =
  /^(?:Crypto|Cryptodome)\.Hash\.(?:MD4|MD5|SHA|SHA1|SHA224|SHA256|SHA384|SHA512|SHA3_256|SHA3_512)\.new$|^Crypto\.Hash\.Digest\(\)\.update$|^cryptography\.hazmat\.primitives\.hashes\.Hash\(\)\.update$/;

const BY_NAME = /^hashlib\.new$/;

/** First names of the API paths of such functions. */
export const DIGEST_ROOTS: readonly string[] = ["hashlib", "Crypto", "Cryptodome", "cryptography"];

/** What hash functions that are made to be fast are given: `hashlib.sha256(data)`, `hashlib.new("sha256", data)`, `h.update(data)`. */
export const digestInputs: (facts: ModuleFacts) => ReadonlyMap<CallFact, ArgumentFact> = oncePer((facts) => {
  const digests = factIndex(facts).calledBy(HASHLIB, OTHERS, BY_NAME);
  return new Map(
    digests.flatMap((call) => {
      const input = argument(call, call.callee.some((path) => BY_NAME.test(path)) ? 1 : 0);
      return input === undefined ? [] : [[call, input] as const];
    }),
  );
});

/** A key as a parameter of the function makes a MAC of it. */
export function isKeyed(call: CallFact): boolean {
  return call.args.some(({ keyword }) => keyword === "key");
}

function argument(call: CallFact, position: number): ArgumentFact | undefined {
  return call.args.find((given) => given.position === position || given.keyword === "data");
}
