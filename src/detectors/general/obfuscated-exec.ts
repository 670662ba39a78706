import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { textPieces } from "../shared/text-pieces.ts";

const RUNNERS = new Set(["exec", "eval", "compile", "builtins.exec", "builtins.eval", "builtins.compile"]);

/** The runners, and what leads to built-in functions by a name that is put together. */
const NAMED = /\b(?:exec|eval|compile|(?:__)?builtins(?:__)?|getattr|globals|locals|vars|__import__|import_module)\b/;

/** Functions that make text readable that was made unreadable on purpose. */
const DECODERS =
  /(?:^|\.)(?:[bu]?(?:64|32|16|85)decode|urlsafe_b64decode|standard_b64decode|a85decode|b85decode|b64decode|b32decode|b16decode|decodebytes|decompress|fromhex|unhexlify|a2b_base64|a2b_hex)$/;

/** Code that is unpacked from a code of letters and run. */
export const obfuscatedExec: ModuleDetector = {
  kind: "module",
  name: "obfuscated-exec",
  concerns: (text) => NAMED.test(text),
  triggers: { calls: [...RUNNERS], names: [...RUNNERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [code] = call.args;
    if (code === undefined || !(RUNNERS.has(call.name) || call.callee.some((path) => RUNNERS.has(path)))) continue;
    let decoder: CallFact | undefined;
    textPieces(facts, code.node, (node) => {
      const made = factIndex(facts).callAt.get(node);
      if (made !== undefined && decodes(made)) decoder ??= made;
      return decoder !== undefined;
    });
    if (decoder !== undefined) yield { node: call.node, call, fields: { callee: call.name, decoder: decoder.name } };
  }
}

function decodes(call: CallFact): boolean {
  if ([call.name, ...call.callee].some((path) => DECODERS.test(path))) return true;
  const isCodec = call.callee.includes("codecs.decode");
  return (
    isCodec &&
    call.args
      .slice(1)
      .some(({ value }) => value.constants.some((name) => /^(?:rot_?13|hex|base64|zlib|bz2)/.test(String(name))))
  );
}
