import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";
import { findKnownSecrets } from "./find-known-secrets.ts";
import { maskedStart } from "./masked-start.ts";
import { splitTexts } from "./split-text.ts";

/** Secrets with a provider's form anywhere in the text: literals, and comments too, are read by whoever reads the code. */
export const knownSecret: ModuleDetector = {
  kind: "module",
  name: "known-secret",
  concerns: (text) => [...findKnownSecrets(text)].length > 0 || SEAM.test(text),
  prepare: () => detect,
};

/** Between two literals of one text. */
const SEAM = /["']\s*(?:\+\s*)?[rb]?["']/i;

function* detect(facts: ModuleFacts): Generator<Detection> {
  yield* split(facts);
  for (const { what, start, end } of findKnownSecrets(facts.text)) {
    yield {
      node: nodeAt(facts.syntax, start),
      span: spanBetween(facts.syntax, start, end),
      fields: { what, masked: maskedStart(facts.text.slice(start, end)) },
    };
  }
}

/** What stands in several literals, none of which has the form. */
function* split({ syntax }: ModuleFacts): Generator<Detection> {
  for (const { node, text } of splitTexts(syntax)) {
    const found = findKnownSecrets(text);
    if (found.length === 0) continue;
    const inside = syntax.text.slice(syntax.start[node], syntax.end[node]);
    const known = new Set(findKnownSecrets(inside).map(({ what }) => what));
    for (const { what, start, end } of found) {
      if (!known.has(what)) yield { node, fields: { what, masked: maskedStart(text.slice(start, end)) } };
    }
  }
}
