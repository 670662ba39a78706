import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { namedValues } from "../shared/named-values.ts";

const Options = z.strictObject({ paths: z.array(z.string()).min(1) });

/** Parameters whose default is a certain value of a library: `def connect(version=ssl.PROTOCOL_TLSv1)`. */
export const parameterDefault: ModuleDetector = {
  kind: "module",
  name: "parameter-default",
  triggers: (raw) => ({ references: Options.parse(raw).paths }),
  prepare: (raw) => {
    const wanted = new Set(Options.parse(raw).paths);
    return (facts) => detect(facts, wanted);
  },
};

function* detect(facts: ModuleFacts, wanted: ReadonlySet<string>): Generator<Detection> {
  for (const { how, value } of namedValues(facts.syntax)) {
    if (how !== "default" || !facts.value(value)?.paths.some((path) => wanted.has(path))) continue;
    yield { node: value, fields: { name: textOf(facts.syntax, value) } };
  }
}
