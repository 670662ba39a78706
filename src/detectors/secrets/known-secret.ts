import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";
import { findKnownSecrets } from "./find-known-secrets.ts";
import { maskedStart } from "./masked-start.ts";

/** Secrets with a provider's form anywhere in the text: literals, and comments too, are read by whoever reads the code. */
export const knownSecret: ModuleDetector = {
  kind: "module",
  name: "known-secret",
  concerns: (text) => [...findKnownSecrets(text)].length > 0,
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { what, start, end } of findKnownSecrets(facts.text)) {
    yield {
      node: nodeAt(facts.syntax, start),
      span: spanBetween(facts.syntax, start, end),
      fields: { what, masked: maskedStart(facts.text.slice(start, end)) },
    };
  }
}
