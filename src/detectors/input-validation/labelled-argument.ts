import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { isPlainValue } from "../shared/plain-value.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  calls: z.array(z.string()).min(1),
  /** Labels of `rules/models/kinds.yml` that the first argument carries one of. */
  labels: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/** Asked of the result, these say that the number is one. */
const CHECKS: ReadonlySet<string> = new Set([
  "math.isfinite",
  "math.isnan",
  "numpy.isfinite",
  "numpy.isnan",
  "cmath.isfinite",
]);

/** Text from outside that is turned into a number which may be none, with no check of that in the same function. */
export const labelledArgument: ModuleDetector = {
  kind: "module",
  name: "labelled-argument",
  ...withOptions(Options, { triggers: (options) => ({ calls: options.calls }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const checked = new Set(
    facts.calls.filter(({ callee }) => callee.some((path) => CHECKS.has(path))).map(({ node }) => facts.scopeOf(node)),
  );
  for (const call of facts.calls) {
    if (!call.callee.some((path) => options.calls.includes(path))) continue;
    const argument = call.args.find(({ position }) => position === 0);
    if (argument === undefined || isPlainValue(argument.value) || isWholeNumber(facts, call.node)) continue;
    if (!argument.value.labels.some((label) => options.labels.includes(label))) continue;
    if (facts.syntax.kind[argument.node] === Kind.attribute || checked.has(facts.scopeOf(call.node))) continue;
    yield { node: call.node, call, fields: { callee: call.name } };
  }
}

/** `int(float(text))` refuses what is no number. */
function isWholeNumber({ syntax }: ModuleFacts, call: number): boolean {
  const around = ancestorOfKind(syntax, call, Kind.call);
  return (
    around !== NONE && /^(?:int|round|Decimal)$/.test(textOf(syntax, childByField(syntax, around, Field.function)))
  );
}
