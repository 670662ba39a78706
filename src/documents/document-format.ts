import type { DocumentFormat } from "./document.ts";

/** Written by tools: long, and nobody's settings. */
const GENERATED =
  /(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|[^/]*\.(?:lock|min|schema|openapi))\.json$|\.lock$/;

/** Words of an interface in several languages, which name passwords and are none. */
const TRANSLATIONS = /(?:^|\/)(?:locales?|i18n|l10n|lang(?:uages?)?|translations?)\//;

/** What stands in for a file that is kept elsewhere: it is there to be copied and filled in. */
const PATTERN = /(?:^|[._-])(?:example|sample|template|tmpl|dist|default)(?:[._-]|$)/;

/** The format of a file of settings or a template, by its name alone; undefined when it is none. */
export function documentFormat(path: string): DocumentFormat | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (GENERATED.test(path) || TRANSLATIONS.test(path)) return undefined;
  if (/^(?:.*\.)?env(?:\..+)?$/.test(name) && name.includes(".")) return PATTERN.test(name) ? undefined : "env";
  if (/^(?:dockerfile|containerfile)(?:\..+)?$|\.dockerfile$/.test(name)) return "dockerfile";
  if (name === ".gitignore") return "ignore";
  if (name === ".bandit" || name === ".flake8") return "ini";
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)$/.test(name)) return "text";
  const ending = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? "";
  return PATTERN.test(name) && ending !== "html" ? undefined : FORMATS.get(ending);
}

const FORMATS: ReadonlyMap<string, DocumentFormat> = new Map([
  ["yml", "yaml"],
  ["yaml", "yaml"],
  ["json", "json"],
  ["toml", "toml"],
  ["ini", "ini"],
  ["cfg", "ini"],
  ["conf", "ini"],
  ["properties", "ini"],
  ["pem", "text"],
  ["key", "text"],
  ["sh", "text"],
  ["html", "template"],
  ["htm", "template"],
  ["djhtml", "template"],
  ["jinja", "template"],
  ["jinja2", "template"],
  ["j2", "template"],
]);
