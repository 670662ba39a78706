import type { ModuleDetector } from "../rules/detector.ts";
import { webSetting } from "./web-setting.ts";

/** Settings of Django at the top level of a settings module that is not one for development: `web-setting` for Django alone. */
export const djangoSetting: ModuleDetector = {
  kind: "module",
  name: "django-setting",
  prepare: (options) => webSetting.prepare({ ...options, frameworks: ["django"] }),
};
