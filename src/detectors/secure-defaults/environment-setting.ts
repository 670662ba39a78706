import { z } from "zod";
import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** Variables that switch a protection off whatever text they hold, as long as it is not empty. */
  variables: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

const SETTERS: ReadonlySet<string> = new Set(["os.environ.setdefault", "os.putenv", "os.environ.__setitem__"]);

/** Variables that a program sets in its own environment, outside of what runs only while debugging. */
export const environmentSetting: ModuleDetector = {
  kind: "module",
  name: "environment-setting",
  ...withOptions(Options, {
    triggers: (options) => ({
      targets: options.variables.map((variable) => `os.environ[${variable}]`),
      calls: [...SETTERS, "os.environ.update"],
    }),
    detect,
  }),
};

function* detect(facts: ModuleFacts, { variables }: Options): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const fact of facts.assignments) {
    const name = variables.find((variable) => fact.paths.includes(`os.environ[${variable}]`));
    if (name === undefined || !isFilled(fact.valueFact) || isUnderDebugGuard(facts.syntax, fact.node)) continue;
    yield { node: fact.node, fields: { name } };
  }
  for (const call of facts.calls) {
    const name = settingOf(call, variables);
    if (name !== undefined && !isUnderDebugGuard(facts.syntax, call.node)) yield { node: call.node, fields: { name } };
  }
}

function settingOf(call: CallFact, variables: readonly string[]): string | undefined {
  const [first, second] = call.args;
  if (call.callee.some((path) => SETTERS.has(path))) {
    const [constant] = first?.value.constants ?? [];
    return second !== undefined && isFilled(second.value) ? variables.find((name) => name === constant) : undefined;
  }
  if (!call.callee.includes("os.environ.update")) return undefined;
  return variables.find((name) => {
    const entry = first?.value.entries?.get(name) ?? call.args.find(({ keyword }) => keyword === name)?.value;
    return entry !== undefined && isFilled(entry);
  });
}

function isFilled({ constants }: ValueFact): boolean {
  return constants.length > 0 && constants.every((constant) => typeof constant === "string" && constant !== "");
}
