import type { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

interface ByOptions<Options> {
  readonly triggers: (options: Options) => Triggers | undefined;
  readonly detect: (facts: ModuleFacts, options: Options) => Iterable<Detection>;
}

/** What a detector waits for and finds, by options that a schema reads; throws on those that the schema does not know. */
export function withOptions<Options>(
  schema: z.ZodType<Options>,
  { triggers, detect }: ByOptions<Options>,
): Pick<ModuleDetector, "triggers" | "prepare"> {
  return {
    triggers: (raw) => triggers(schema.parse(raw)),
    prepare: (raw) => {
      const options = schema.parse(raw);
      return (facts) => detect(facts, options);
    },
  };
}
