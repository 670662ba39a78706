import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** API paths that are assigned to. */
  target: z.array(z.string()).min(1),
  /** An element that the list or tuple is known to have. */
  includes: z.union([z.string(), z.number(), z.boolean()]),
});
type Options = z.infer<typeof Options>;

/** Settings that are given a list with a certain element. */
export const listAssignment: ModuleDetector = {
  kind: "module",
  name: "list-assignment",
  ...withOptions(Options, { triggers: ({ target }) => ({ targets: target }), detect }),
};

function* detect({ assignments }: ModuleFacts, { target, includes }: Options): Generator<Detection> {
  for (const { node, name, paths, valueFact } of assignments) {
    if (!paths.some((path) => target.includes(path))) continue;
    const isIncluded = valueFact.elements?.some(({ constants }) => constants.length === 1 && constants[0] === includes);
    if (isIncluded === true) yield { node, fields: { name } };
  }
}
