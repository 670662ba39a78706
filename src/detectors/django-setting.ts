import { z } from "zod";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { isUnderDebugGuard } from "./shared/guarded-by.ts";
import { isDevelopmentPath, isDjangoSettings } from "./shared/settings-module.ts";

const Constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const Options = z
  .strictObject({
    /** The names of settings, any of them. */
    setting: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
    equals: Constant.optional(),
    "one-of": z.array(Constant).optional(),
    /** A list or tuple that is known to hold the constant. */
    includes: Constant.optional(),
  })
  .refine(
    (options) => options.equals !== undefined || options["one-of"] !== undefined || options.includes !== undefined,
    {
      message: "expected `equals`, `one-of` or `includes`",
    },
  );
type Options = z.infer<typeof Options>;

/** Settings of Django at the top level of a settings module that is not one for development. */
export const djangoSetting: ModuleDetector = {
  kind: "module",
  name: "django-setting",
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  if (isDevelopmentPath(facts.path) || !isDjangoSettings(facts)) return;
  for (const fact of facts.assignments) {
    if (!options.setting.includes(fact.name) || facts.scopeOf(fact.node) !== "") continue;
    if (isUnderDebugGuard(facts.syntax, fact.node)) continue;
    const { constants, elements } = fact.valueFact;
    const wanted = [...(options["one-of"] ?? []), ...(options.equals === undefined ? [] : [options.equals])];
    const equals = constants.length > 0 && constants.every((constant) => wanted.includes(constant));
    const includes =
      options.includes !== undefined &&
      (elements?.some(({ constants: [only, ...rest] }) => rest.length === 0 && only === options.includes) ?? false);
    if (equals || includes) yield { node: fact.node, value: fact.value, fields: { name: fact.name } };
  }
}
