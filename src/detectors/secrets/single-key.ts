import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";

const FERNET = "cryptography.fernet.Fernet";
const MULTI = "cryptography.fernet.MultiFernet";
const DECODERS: ReadonlySet<string> = new Set(["jwt.decode", "jose.jwt.decode"]);
/** What chooses among several keys. */
const CHOOSERS: ReadonlySet<string> = new Set([
  "jwt.get_unverified_header",
  "jose.jwt.get_unverified_header",
  "jwt.PyJWKClient",
  "jwt.PyJWKClient().get_signing_key_from_jwt",
  "jwt.PyJWKSet.from_dict",
]);

/** Keys from the environment with which everything is read, and no second one beside them: one report a module. */
export const singleKey: ModuleDetector = {
  kind: "module",
  name: "single-key",
  triggers: { calls: [FERNET, ...DECODERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const has = (path: string) => facts.calls.some(({ callee }) => callee.includes(path));
  const fernet = has(MULTI)
    ? undefined
    : facts.calls.find((call) => call.callee.includes(FERNET) && isFromEnvironment(call, 0));
  const isChosen = [...CHOOSERS].some(has);
  const decoder = isChosen
    ? undefined
    : facts.calls.find(
        (call) => call.callee.some((path) => DECODERS.has(path)) && isSymmetric(call) && isFromEnvironment(call, 1),
      );
  for (const call of [fernet, decoder])
    if (call !== undefined) yield { node: call.node, fields: { callee: call.name } };
}

function isFromEnvironment(call: CallFact, position: number): boolean {
  const key = call.args.find((argument) => argument.position === position || argument.keyword === "key");
  return key?.value.labels.includes("env") ?? false;
}

function isSymmetric(call: CallFact): boolean {
  const algorithms = call.args.find(({ keyword }) => keyword === "algorithms")?.value.elements ?? [];
  const names = algorithms.flatMap(({ constants }) => constants);
  return names.length > 0 && names.every((name) => typeof name === "string" && name.startsWith("HS"));
}
