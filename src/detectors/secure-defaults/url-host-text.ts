import { z } from "zod";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { buildsText, isWholeText, TEXT_BUILDERS } from "../shared/built-text.ts";
import { isForeign, isHarmless } from "../shared/foreign-piece.ts";
import { textBefore } from "../shared/text-before.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** Where the value comes from. */
  labels: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/** A scheme, and nothing of a host or the labels before the value: `https://`, `https://cdn.`. */
const HOST_BEHIND = /\bhttps?:\/\/(?:[\w-]+\.)*$/i;

/** Addresses put together with a value from outside in the place of the host. */
export const urlHostText: ModuleDetector = {
  kind: "module",
  name: "url-host-text",
  ...withOptions(Options, { triggers: (options) => ({ labels: options.labels }), detect }),
};

function* detect(facts: ModuleFacts, { labels }: Options): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, TEXT_BUILDERS)) {
    if (!buildsText(syntax, node) || !isWholeText(syntax, node)) continue;
    let host: number | undefined;
    textPieces(facts, node, (piece) => {
      const isHost =
        piece !== node && isForeign(facts, piece, labels, "ssrf") && HOST_BEHIND.test(textBefore(facts, piece));
      if (isHost) host ??= piece;
      return isHost || (piece !== node && isHarmless(facts, piece, "ssrf"));
    });
    if (host !== undefined) yield { node, fields: { piece: brief(textOf(syntax, host)) } };
  }
}
