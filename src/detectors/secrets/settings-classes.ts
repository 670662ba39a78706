import type { ModuleFacts } from "../../taint/facts.ts";

/** Classes whose fields are read from the environment. */
export const SETTINGS_BASES: ReadonlySet<string> = new Set([
  "pydantic_settings.BaseSettings",
  "pydantic.BaseSettings",
  "pydantic.v1.BaseSettings",
  "pydantic_settings.main.BaseSettings",
]);

/** Qualified names of the classes that pydantic fills from the environment. */
export function settingsClasses({ definitions }: ModuleFacts): ReadonlySet<string> {
  const found = definitions.filter(
    ({ kind, bases }) =>
      kind === "class" && bases.some(({ paths }) => paths.some((path) => SETTINGS_BASES.has(path.replace("()", "")))),
  );
  return new Set(found.map(({ qualifiedName }) => qualifiedName));
}
