import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { makingCall } from "../shared/making-call.ts";
import { withOptions } from "../shared/with-options.ts";

const Argument = z.strictObject({ position: z.int().nonnegative().optional(), keyword: z.string().optional() });

const Options = z.strictObject({
  calls: z.array(z.strictObject({ callee: z.array(z.string()).min(1), argument: Argument })).min(1),
  /** What the argument's value is the result of. */
  "made-by": z
    .array(
      z.strictObject({
        callee: z.array(z.string()).min(1),
        /** The first argument is a number below this. */
        "less-than": z.number().optional(),
        /** Keywords that make the result another one: calls that pass one of them do not count. */
        without: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});
type Options = z.infer<typeof Options>;

/** Calls that are given the result of certain other calls, directly or by way of a variable. */
export const argumentMadeBy: ModuleDetector = {
  kind: "module",
  name: "argument-made-by",
  ...withOptions(Options, {
    triggers: (options) => ({ calls: options.calls.flatMap(({ callee }) => callee) }),
    detect,
  }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    const described = options.calls.find(({ callee }) => call.callee.some((path) => callee.includes(path)));
    if (described === undefined) continue;
    const { position, keyword } = described.argument;
    const argument = findArgument(call, {
      ...(position === undefined ? {} : { position }),
      ...(keyword === undefined ? {} : { keyword }),
    });
    const maker = argument && makingCall(facts, argument.node);
    if (maker === undefined || !options["made-by"].some((wanted) => isMadeBy(maker, wanted))) continue;
    const made = brief(textOf(facts.syntax, maker.node));
    yield { node: call.node, call, fields: { callee: call.name, name: call.name, made, maker: maker.name } };
  }
}

function isMadeBy(call: CallFact, wanted: Options["made-by"][number]): boolean {
  if (!call.callee.some((path) => wanted.callee.includes(path)) || call.doubleSplat) return false;
  if (call.args.some(({ keyword }) => keyword !== undefined && wanted.without.includes(keyword))) return false;
  const bound = wanted["less-than"];
  const size = call.args[0]?.value.constants ?? [];
  return (
    bound === undefined || (size.length > 0 && size.every((number) => typeof number === "number" && number < bound))
  );
}
