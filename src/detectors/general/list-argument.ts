import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { withOptions } from "../shared/with-options.ts";

const Constant = z.union([z.string(), z.number(), z.boolean()]);

const Options = z.strictObject({
  callee: z.array(z.string()).min(1),
  keyword: z.string(),
  /** An element that the list, tuple or single text is known to have. */
  includes: Constant,
  /** Other keywords that have to be known to hold these constants. */
  with: z.record(z.string(), Constant).default({}),
});
type Options = z.infer<typeof Options>;

/** Calls that are given a list with a certain element. */
export const listArgument: ModuleDetector = {
  kind: "module",
  name: "list-argument",
  ...withOptions(Options, { triggers: (options) => ({ calls: options.callee }), detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => options.callee.includes(path))) continue;
    if (
      !includes(call, options) ||
      !Object.entries(options.with).every(([keyword, constant]) => holds(call, keyword, constant))
    )
      continue;
    yield { node: call.node, call, fields: { name: options.keyword, callee: call.name } };
  }
}

function includes(call: CallFact, { keyword, includes: wanted }: Options): boolean {
  const value = call.args.find((argument) => argument.keyword === keyword)?.value;
  if (value?.elements === undefined) return holds(call, keyword, wanted);
  return value.elements.some(({ constants }) => constants.length === 1 && constants[0] === wanted);
}

function holds(call: CallFact, keyword: string, wanted: string | number | boolean): boolean {
  const constants = call.args.find((argument) => argument.keyword === keyword)?.value.constants ?? [];
  return constants.length > 0 && constants.every((constant) => constant === wanted);
}
