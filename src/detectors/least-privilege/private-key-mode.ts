import { Field } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { fileModeOf } from "../permissions/known-bits.ts";
import { factIndex } from "../shared/fact-index.ts";
import { makingCall } from "../shared/making-call.ts";

const OTHERS_READ = 0o004;

/** What gives the text of a private key, in `cryptography`, PyCryptodome, rsa and pyOpenSSL. */
const EXPORTS = ["private_bytes", "export_key", "exportKey", "save_pkcs1", "dump_privatekey"];

/** A password protects it wherever it lies; of a public key everybody may know. */
const HARMLESS = /BestAvailableEncryption|passphrase\s*=|public/i;

/** Of more in one module, the others are not looked at. */
const MOST_WRITES = 50;

/** Private keys that are written into a file whose mode lets others read it. */
export const privateKeyMode: ModuleDetector = {
  kind: "module",
  name: "private-key-mode",
  triggers: { names: EXPORTS, and: { calls: ["os.open", "os.chmod", "*.chmod"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { callsIn } = factIndex(facts);
  const writes = facts.calls.filter((call) => writesKey(facts, call)).slice(0, MOST_WRITES);
  const reported = new Set<number>();
  for (const write of writes) {
    const calls = callsIn(facts.scopeOf(write.node));
    const opened = openedBy(facts, calls, write);
    if (opened === undefined) continue;
    const changes = calls.filter((call) => lastPart(call.name) === "chmod" && pathOf(facts, call) === opened.path);
    for (const call of opened.call === undefined ? changes : [opened.call, ...changes]) {
      const mode = modeOf(call);
      if (mode === undefined || reported.has(call.node)) continue;
      if ((fileModeOf(facts, mode.node).ones & OTHERS_READ) === 0) continue;
      reported.add(call.node);
      yield { node: call.node, value: mode.node, fields: { mode: textOf(facts.syntax, mode.node) } };
    }
  }
}

/** `file.write(key.private_bytes(…))`, also of what was decoded or has a name. */
function writesKey(facts: ModuleFacts, { name, args }: CallFact): boolean {
  if (!/(?:^|\.)write(?:_bytes|_text)?$/.test(name)) return false;
  const written = args.find(({ position }) => position === (name === "os.write" ? 1 : 0));
  const made = written && makingCall(facts, written.node);
  if (made === undefined) return false;
  const { syntax } = facts;
  const decoded = lastPart(made.name) === "decode" ? receiverOf(facts, made) : NONE;
  const maker = decoded === NONE ? made : makingCall(facts, decoded);
  return maker !== undefined && EXPORTS.includes(lastPart(maker.name)) && !HARMLESS.test(textOf(syntax, maker.node));
}

interface Opened {
  /** The path as it is written. */
  readonly path: string;
  readonly call?: CallFact;
}

/** The file that a call writes to: the one opened last in front of it. */
function openedBy(facts: ModuleFacts, calls: readonly CallFact[], write: CallFact): Opened | undefined {
  if (/\.write_(?:bytes|text)$/.test(write.name)) return { path: textAt(facts, receiverOf(facts, write)) };
  const call = calls.findLast(({ node, name }) => node < write.node && lastPart(name) === "open");
  return call && { path: pathOf(facts, call), call };
}

/** `os.chmod(path, …)` and `open(path)`; `path.chmod(…)` and `path.open()`. */
function pathOf(facts: ModuleFacts, call: CallFact): string {
  const isFunction = call.name === "open" || call.callee.some((path) => /^(?:os|io|builtins)\./.test(path));
  return isFunction ? textAt(facts, call.args[0]?.node ?? NONE) : textAt(facts, receiverOf(facts, call));
}

function modeOf({ name, callee, args }: CallFact): ArgumentFact | undefined {
  const isOfModule = callee.some((path) => path.startsWith("os."));
  if (lastPart(name) === "open" && !isOfModule) return undefined;
  const place = lastPart(name) === "open" ? 2 : isOfModule ? 1 : 0;
  return args.find(({ keyword, position }) => keyword === "mode" || position === place);
}

function receiverOf({ syntax }: ModuleFacts, { node }: CallFact): number {
  return childByField(syntax, childByField(syntax, node, Field.function), Field.object);
}

function textAt({ syntax }: ModuleFacts, node: number): string {
  return node === NONE ? "" : textOf(syntax, node);
}
