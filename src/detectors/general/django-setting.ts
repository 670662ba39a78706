import type { ModuleDetector } from "../../rules/detector.ts";
import { webSetting, webSettingTriggers } from "./web-setting.ts";

/** Settings of Django at the top level of a settings module that is not one for development: `web-setting` for Django alone. */
export const djangoSetting: ModuleDetector = {
  kind: "module",
  name: "django-setting",
  triggers: (options) => webSettingTriggers(ofDjango(options)),
  prepare: (options) => webSetting.prepare(ofDjango(options)),
};

function ofDjango(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...options, frameworks: ["django"] };
}
