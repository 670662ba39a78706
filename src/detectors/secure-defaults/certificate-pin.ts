import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";

const ADAPTERS: ReadonlySet<string> = new Set([
  "requests_toolbelt.adapters.fingerprint.FingerprintAdapter",
  "requests_toolbelt.FingerprintAdapter",
]);

/** Digits of a hash in hexadecimal. */
const ALGORITHMS: ReadonlyMap<number, string> = new Map([
  [32, "MD5"],
  [40, "SHA-1"],
]);

/** Certificates that are pinned by a hash too short to stand for one alone. */
export const certificatePin: ModuleDetector = {
  kind: "module",
  name: "certificate-pin",
  triggers: { keywords: ["assert_fingerprint"], calls: [...ADAPTERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [constant, ...others] = pinOf(call)?.value.constants ?? [];
    if (typeof constant !== "string" || others.length > 0) continue;
    const digits = constant.replaceAll(":", "");
    const algorithm = /^[0-9a-f]+$/i.test(digits) ? ALGORITHMS.get(digits.length) : undefined;
    if (algorithm !== undefined) yield { node: call.node, fields: { callee: call.name, algorithm } };
  }
}

function pinOf(call: CallFact): ArgumentFact | undefined {
  const isAdapter = call.callee.some((path) => ADAPTERS.has(path));
  return call.args.find(
    ({ position, keyword }) =>
      keyword === "assert_fingerprint" || (isAdapter && (position === 0 || keyword === "fingerprint")),
  );
}
