import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { secondsOf } from "../shared/seconds.ts";
import { settingTriggers, type WebSetting, webSettings } from "../shared/web-settings.ts";

const Constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const Options = z
  .strictObject({
    /** The names of settings, any of them. */
    setting: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
    frameworks: z.array(z.enum(["django", "flask", "quart"])).min(1),
    equals: Constant.optional(),
    "one-of": z.array(Constant).optional(),
    /** A list or tuple that is known to hold the constant. */
    includes: Constant.optional(),
    /** A number, or a duration in seconds. */
    "less-than": z.number().optional(),
    "greater-than": z.number().optional(),
    /** Settings of the same module that have to hold these constants. */
    with: z.record(z.string(), Constant).default({}),
    /** Settings of the same module that show that the matter is taken care of. */
    unless: z.array(z.string()).default([]),
  })
  .refine(
    ({ setting: _, frameworks: __, unless: ___, with: ____, ...tests }) =>
      Object.values(tests).some((test) => test !== undefined),
    { message: "expected `equals`, `one-of`, `includes`, `less-than` or `greater-than`" },
  );
type Options = z.infer<typeof Options>;

/** Settings of web frameworks with a certain value, outside of what is for development. */
export const webSetting: ModuleDetector = {
  kind: "module",
  name: "web-setting",
  triggers: webSettingTriggers,
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

export function webSettingTriggers(raw: Readonly<Record<string, unknown>>): Triggers {
  return settingTriggers(Options.parse(raw).setting);
}

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const settings = webSettings(facts, options.frameworks);
  if (settings.some(({ name }) => options.unless.includes(name))) return;
  const isBeside = ([wanted, constant]: [string, z.infer<typeof Constant>]) =>
    settings.some(
      ({ name, value }) => name === wanted && value.constants.length === 1 && value.constants[0] === constant,
    );
  if (!Object.entries(options.with).every(isBeside)) return;
  for (const setting of settings) {
    if (!options.setting.includes(setting.name) || !passes(facts, setting, options)) continue;
    yield { node: setting.node, value: setting.valueNode, fields: { name: setting.name } };
  }
}

function passes(facts: ModuleFacts, { valueNode, value }: WebSetting, options: Options): boolean {
  if (equals(value, options) || includes(value, options)) return true;
  const below = options["less-than"];
  const above = options["greater-than"];
  if (below === undefined && above === undefined) return false;
  const seconds = secondsOf(facts, valueNode, value);
  return (
    seconds !== undefined && ((below !== undefined && seconds < below) || (above !== undefined && seconds > above))
  );
}

function equals({ constants }: ValueFact, options: Options): boolean {
  const wanted = [...(options["one-of"] ?? []), ...(options.equals === undefined ? [] : [options.equals])];
  return constants.length > 0 && constants.every((constant) => wanted.includes(constant));
}

function includes({ elements }: ValueFact, { includes: wanted }: Options): boolean {
  if (wanted === undefined || elements === undefined) return false;
  return elements.some(({ constants: [only, ...rest] }) => rest.length === 0 && only === wanted);
}
