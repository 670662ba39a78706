import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";
import { findUrlCredentials } from "./find-url-credentials.ts";

/** Addresses with a password in them, of hosts that can be reached from elsewhere. */
export const urlCredentials: ModuleDetector = {
  kind: "module",
  name: "url-credentials",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { user, host, start, end } of findUrlCredentials(facts.text)) {
    yield { node: nodeAt(facts.syntax, start), span: spanBetween(facts.syntax, start, end), fields: { user, host } };
  }
}
