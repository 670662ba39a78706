import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const SETTERS = ["ssl.*().set_ciphers", "OpenSSL.SSL.Context().set_cipher_list", "*.set_ciphers", "*.set_cipher_list"];
const KEYWORDS = ["ssl.wrap_socket", "urllib3.util.ssl_.create_urllib3_context", "urllib3.util.create_urllib3_context"];

/** Ciphers that are broken, that encrypt nothing or that ask nobody who they are. */
const WEAK =
  /(?:^|[-+])(?:e?NULL|aNULL|A?ECDH-anon|ADH|AECDH|EXP(?:ORT)?(?:40|56)?|LOW|DES|3DES|RC2|RC4|MD5|IDEA|SEED)(?:$|[-+])/;
/** Levels below the one at which OpenSSL refuses keys and hashes that are too short. */
const LEVEL = /@SECLEVEL=0\b/;

/** Lists of ciphers, in OpenSSL's notation, that permit one which protects nothing. */
export const cipherList: ModuleDetector = {
  kind: "module",
  name: "cipher-list",
  triggers: { calls: [...SETTERS, ...KEYWORDS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  const places = [
    ...[...calledAs(SETTERS)].map((call) => ({ call, list: findArgument(call, { position: 0 }) })),
    ...[...calledAs(KEYWORDS)].map((call) => ({ call, list: findArgument(call, { keyword: "ciphers" }) })),
  ];
  for (const { call, list } of places) {
    const [text, ...others] = list?.value.constants ?? [];
    const weak = typeof text === "string" && others.length === 0 ? weakPart(text) : undefined;
    if (weak !== undefined) yield { node: call.node, fields: { callee: call.name, cipher: weak } };
  }
}

/** `!RC4` and `-RC4` take a cipher out of the list. */
function weakPart(list: string): string | undefined {
  const parts = list.split(/[:, ]+/).filter((part) => !/^[!-]/.test(part));
  const removed = new Set(list.split(/[:, ]+/).flatMap((part) => (/^!(.+)/.exec(part) ?? []).slice(1)));
  return (
    LEVEL.exec(list)?.[0] ??
    parts.find((part) => WEAK.test(part) && !part.split(/[-+]/).some((one) => removed.has(one)))
  );
}
