import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";
import { findPrivateKeys } from "./find-private-keys.ts";

/** PEM private keys with a body, wherever they stand. */
export const privateKey: ModuleDetector = {
  kind: "module",
  name: "private-key",
  concerns: (text) => [...findPrivateKeys(text)].length > 0,
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { algorithm, start, end } of findPrivateKeys(facts.text)) {
    const kind = algorithm === "" ? "private key" : `${algorithm} private key`;
    yield { node: nodeAt(facts.syntax, start), span: spanBetween(facts.syntax, start, end), fields: { kind } };
  }
}
