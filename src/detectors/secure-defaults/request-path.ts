import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { isForeign, isHarmless } from "../shared/foreign-piece.ts";
import { addressOf, beginning, REQUEST_ROOTS } from "../shared/request-address.ts";
import { textBefore } from "../shared/text-before.ts";
import { textPieces } from "../shared/text-pieces.ts";

const Options = z.strictObject({
  /** Where the value comes from. */
  labels: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/** Scheme, host and the slash behind it, or a field of a template that is filled in later. */
const FIXED_HOST = /^https?:\/\/[^/?#{%]+\//i;

/** Requests to a host that nobody outside chose with a value from outside in the path, where `..`, `?` and `#` mean something. */
export const requestPath: ModuleDetector = {
  kind: "module",
  name: "request-path",
  triggers: { roots: REQUEST_ROOTS, and: { labels: ["remote"] } },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { labels }: Options): Generator<Detection> {
  for (const call of facts.calls) {
    const address = addressOf(call);
    if (address === undefined) continue;
    let part: number | undefined;
    textPieces(facts, address.node, (piece) => {
      if (piece === address.node) return false;
      const isPart = isForeign(facts, piece, labels, "url") && isInPath(facts, address.node, piece);
      if (isPart) part ??= piece;
      return isPart || isHarmless(facts, piece, "url");
    });
    if (part !== undefined)
      yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, part)) } };
  }
}

/** Behind the slash after a host that is constant or of the configuration, and before any `?` or `#`. */
function isInPath(facts: ModuleFacts, address: number, piece: number): boolean {
  const before = textBefore(facts, piece);
  const start = beginning(facts, address)?.text ?? before;
  const isFixed = FIXED_HOST.test(start) || facts.value(address)?.cleared.includes("ssrf") === true;
  return isFixed && !/[?#]/.test(start) && !/[?#]|:\/\/[^/]*$/.test(before);
}
