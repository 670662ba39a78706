import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nodeAt, spanBetween } from "../shared/node-at.ts";

/** Embeddings, overrides and isolates of Unicode's bidirectional algorithm. The marks (U+200E, U+200F) move nothing else. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Characters that make a line look different from what is run: one finding a line. */
export const readingOrder: ModuleDetector = {
  kind: "module",
  name: "reading-order",
  concerns: (text) => text.search(REORDERING) >= 0,
  prepare: () => detect,
};

function* detect({ syntax, text }: ModuleFacts): Generator<Detection> {
  let lineEnd = -1;
  for (const { index, 0: character } of text.matchAll(REORDERING)) {
    if (index < lineEnd) continue;
    const end = text.indexOf("\n", index);
    lineEnd = end < 0 ? text.length : end;
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    yield { node: nodeAt(syntax, index), span: spanBetween(syntax, index, index + 1), fields: { code } };
  }
}
