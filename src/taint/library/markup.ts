import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { DYNAMIC, type Value, withCleared } from "../values/value.ts";

const MARKUP = "markupsafe.Markup()";

/** `Markup("<p>") + name`, `Markup("<p>%s") % name`: markup escapes what is added to it, and stays markup. */
export function keepMarkup(machine: Machine, left: Value, right: Value, result: Value): Value {
  const markup = [left, right].filter(({ paths }) => paths.includes(MARKUP));
  if (markup.length === 0) return result;
  const html = machine.models.kindMask(["html"]);
  const isEscaped = markup.every(({ labels, cleared }) => labels === 0 || (cleared & html) !== 0);
  return { ...(isEscaped ? withCleared(result, html) : result), paths: [MARKUP] };
}

/** `format_html(format, …)` and `format_html_join(separator, format, …)`: what is filled in is escaped, the format is not. */
export function formatMarkup(machine: Machine, { args, name }: Call): Value | undefined {
  const formats = args.positional.slice(0, name === "format_html_join" ? 2 : 1).map(({ value }) => value);
  if (formats.length === 0 || args.hasSplat) return undefined;
  const html = machine.models.kindMask(["html"]);
  const filled = [...args.positional.slice(formats.length), ...args.keywords.values(), ...args.others];
  const escaped = filled.map(({ value }) => withCleared(deep(machine, value), html));
  return carry({ ...DYNAMIC, text: true, paths: ["django.utils.safestring.SafeString()"] }, [...formats, ...escaped]);
}
