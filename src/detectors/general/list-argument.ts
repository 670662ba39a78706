import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { withOptions } from "../shared/with-options.ts";

const Constant = z.union([z.string(), z.number(), z.boolean()]);

const Options = z.strictObject({
  callee: z.array(z.string()).min(1),
  keyword: z.string(),
  /** An element that the list, tuple or single text is known to have. */
  includes: Constant,
  /** A keyword whose mapping has further mappings in it, one of which may have the list under `keyword`: `{"/api/*": {"origins": "*"}}`. */
  under: z.string().optional(),
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

function includes(call: CallFact, { keyword, under, includes: wanted }: Options): boolean {
  const given = (name: string) => call.args.find((argument) => argument.keyword === name)?.value;
  const inside = under === undefined ? [] : [...(given(under)?.entries?.values() ?? [])];
  return [given(keyword), ...inside.map(({ entries }) => entries?.get(keyword))].some((value) =>
    isOrHolds(value, wanted),
  );
}

function isOrHolds(value: ValueFact | undefined, wanted: string | number | boolean): boolean {
  const { elements, constants } = value ?? {};
  if (elements === undefined) return isAlways(constants, wanted);
  return elements.some((element) => element.constants.length === 1 && element.constants[0] === wanted);
}

function holds(call: CallFact, keyword: string, wanted: string | number | boolean): boolean {
  return isAlways(call.args.find((argument) => argument.keyword === keyword)?.value.constants, wanted);
}

function isAlways(constants: readonly unknown[] | undefined, wanted: string | number | boolean): boolean {
  return constants !== undefined && constants.length > 0 && constants.every((constant) => constant === wanted);
}
