import { textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";

/** Settings that hardly any module but Django's own has at its top level. */
export const DJANGO_SETTINGS: ReadonlySet<string> = new Set([
  "ALLOWED_HOSTS",
  "AUTH_PASSWORD_VALIDATORS",
  "AUTH_USER_MODEL",
  "DATABASES",
  "DEFAULT_AUTO_FIELD",
  "INSTALLED_APPS",
  "MIDDLEWARE",
  "MIDDLEWARE_CLASSES",
  "ROOT_URLCONF",
  "STATICFILES_DIRS",
  "TEMPLATES",
  "WSGI_APPLICATION",
]);

/** Whether the module is read by Django as its settings: by what it sets, or by its name and what it builds on. */
export const isDjangoSettings: (facts: ModuleFacts) => boolean = oncePer((facts) => {
  if (facts.assignments.some(({ name, node }) => DJANGO_SETTINGS.has(name) && facts.scopeOf(node) === "")) return true;
  return isSettingsPath(facts.path) && facts.imports.some((fact) => fact.member === "*");
});

const READS_MODULE: ReadonlySet<string> = new Set([
  "flask.Flask().config.from_object",
  "quart.Quart().config.from_object",
]);

/** `app.config.from_object(__name__)`: Flask and Quart read the module's own constants as settings. */
export const isConfiguredFromItself: (facts: ModuleFacts) => boolean = oncePer(({ calls, syntax }) =>
  calls.some(
    ({ callee, args: [first] }) =>
      first !== undefined && callee.some((path) => READS_MODULE.has(path)) && textOf(syntax, first.node) === "__name__",
  ),
);

/** `settings.py`, `config.py`, `settings/production.py`. */
export function isSettingsPath(path: string): boolean {
  return /(?:^|\/)(?:\w*settings\w*|\w*config(?:uration)?|conf)(?:\.py$|\/)/.test(path);
}

/** `settings/local.py`, `dev_settings.py`, `config/test.py`, `settings/e2e.py`: for a developer's machine or a test run. */
export function isDevelopmentPath(path: string): boolean {
  return /(?:^|[/_.-])(?:dev|devel|development|local|localhost|test|tests|testing|unittests?|e2e|ci|debug)(?:[/_.-]|$)/i.test(
    path,
  );
}
