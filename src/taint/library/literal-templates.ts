import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { textOf as writtenAs } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { bracesOf, formatBraces } from "../expressions/format.ts";
import type { Machine } from "../machine/machine.ts";
import type { RecordedCall } from "../machine/recorder.ts";
import { carry, deep } from "../values/carry.ts";
import { constantValue, DYNAMIC, UNKNOWN, type Value, withCleared } from "../values/value.ts";

/** How an engine writes a value as it is: only where the template says so, or wherever it does not say that it escapes. */
type Engine = "escaping" | "bare" | "bottle" | "mako";

/** By API path. */
export const TEMPLATE_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value | undefined])[] = [
  ...["flask", "quart"].flatMap((name) => [
    [`${name}.render_template_string`, renderString] as const,
    [`${name}.stream_template_string`, renderString] as const,
    [`${name}.render_template`, renderFile] as const,
    [`${name}.stream_template`, renderFile] as const,
  ]),
  ["bottle.template", renderBottle],
  ["markdown2.markdown", safeMarkdown],
  ["mako.template.Template", compileMako],
  ["mako.template.Template().render", renderMako],
  ["mako.template.Template().render_unicode", renderMako],
  ["jinja2.Template", compileTemplate],
  ["jinja2.Environment().from_string", compileInEnvironment],
  ["jinja2.Template().render", renderJinja],
  ["django.template.Template", compileTemplate],
  ["django.template.Template().render", renderDjango],
  ["django.template.Context", templateContext],
  ["django.template.RequestContext", templateContext],
  ["string.Template", remembered],
  ...["substitute", "safe_substitute"].map((name) => [`string.Template().${name}`, substituted] as const),
  ...["markdown.markdown", "markdown.Markdown().convert", "mistune.html", "commonmark.commonmark"].map(
    (name) => [name, filledText] as const,
  ),
];

/** `render_template_string("<p>{{ name|safe }}</p>", name=name)`: what the template leaves as it is, the page holds so. */
function renderString(machine: Machine, { args }: Call): Value {
  const [source] = args.positional;
  return rendered(machine, textOf(source?.value), "escaping", args.positional.slice(1), args);
}

/** `bottle.template("<p>{{!name}}</p>", name=name)`. */
function renderBottle(machine: Machine, { args }: Call): Value {
  const [source] = args.positional;
  return rendered(machine, textOf(source?.value), "bottle", args.positional.slice(1), args);
}

/** `Template("<p>${name}</p>")` of Mako, whose text says what is escaped where no filter is for all. */
function compileMako(_machine: Machine, { args, callee }: Call): Value | undefined {
  const source = textOf(findArgument(args, 0, ["text"])?.value);
  const isTold = args.keywords.has("default_filters") || args.keywords.has("lookup") || args.hasDoubleSplat;
  if (isTold) return { ...UNKNOWN, paths: [`${callee.paths[0]}()`], prefix: "" };
  return source === undefined ? undefined : { ...UNKNOWN, paths: [`${callee.paths[0]}()`], prefix: source };
}

/** `Template("<p>${name}</p>").render(name=name)`; what a lookup finds is taken to escape. */
function renderMako(machine: Machine, { args, receiver }: Call): Value {
  return rendered(machine, receiver?.prefix ?? "", "mako", args.positional, args);
}

/** Flask and Quart escape in templates whose names end so; in all others only where the template asks for it. */
function renderFile(machine: Machine, { args }: Call): Value {
  const name = textOf(findArgument(args, 0, ["template_name_or_list", "template_name"])?.value);
  const isBare = name !== undefined && !/\.(?:x?html?|xml|svg)$/.test(name) && !SETS_ESCAPING.test(machine.syntax.text);
  return rendered(machine, isBare ? undefined : "", isBare ? "bare" : "escaping", args.positional.slice(1), args);
}

const SETS_ESCAPING = /jinja_env\.autoescape|select_jinja_autoescape|jinja_options/;

/** A template remembers its text as `prefix`, where it is constant and escapes as its class does by itself. */
function compileTemplate(_machine: Machine, { args, callee }: Call): Value | undefined {
  const source = textOf(findArgument(args, 0, ["source", "template_string"])?.value);
  const isTold = args.keywords.has("autoescape") || args.hasDoubleSplat;
  // One that was told to escape leaves nothing as it is.
  if (isTold) return { ...UNKNOWN, paths: [`${callee.paths[0]}()`], prefix: "" };
  return source === undefined ? undefined : { ...UNKNOWN, paths: [`${callee.paths[0]}()`], prefix: source };
}

/** `Environment().from_string("<p>{{ name }}</p>")`, where the environment was not told to escape. */
function compileInEnvironment(machine: Machine, { args, receiver }: Call): Value | undefined {
  const source = textOf(findArgument(args, 0, ["source"])?.value);
  if (source === undefined || receiver?.paths.length !== 1 || areBare(machine) !== true) return undefined;
  return { ...UNKNOWN, paths: ["jinja2.Template()"], prefix: source };
}

/**
 * Whether each environment that this module and those that it imports make leaves `autoescape` out, or off, and nothing turns it on;
 * undefined where none is made.
 */
function areBare({ units }: Machine): boolean | undefined {
  if (units.some(({ syntax }) => turnsOn(syntax))) return false;
  const made = units.flatMap((unit) =>
    [...unit.recorder.calls.values()]
      .filter(({ callee }) => callee.includes("jinja2.Environment"))
      .map((call) => isBare(unit.syntax, call)),
  );
  return made.length === 0 ? undefined : made.every(Boolean);
}

const turnsOn = oncePer(({ text }: SyntaxArrays) => /\.autoescape\s*=/.test(text));

function isBare(syntax: SyntaxArrays, { node, args, doubleSplat }: RecordedCall): boolean {
  const told = args.find(({ keyword }) => keyword === "autoescape")?.snapshot.value.constants;
  // Of another module, arguments are known as they are written.
  const isWritten = /\bautoescape\s*=\s*(?!False\b)|\*\*/.test(writtenAs(syntax, node));
  return !doubleSplat && (told?.[0] === false || !isWritten);
}

/**
 * `Template("<p>{{ name }}</p>").render(name=name)` of Jinja, which escapes nothing by itself, and what an environment finds: that
 * of an environment which is not seen is taken to escape.
 */
function renderJinja(machine: Machine, { args, receiver }: Call): Value | undefined {
  if (receiver?.prefix !== undefined) return rendered(machine, receiver.prefix, "bare", args.positional, args);
  const mayBeBare = areBare(machine) ?? [...machine.recorder.calls.values()].some(isPlainTemplate);
  return rendered(machine, mayBeBare ? undefined : "", mayBeBare ? "bare" : "escaping", args.positional, args);
}

function isPlainTemplate({ callee, args }: RecordedCall): boolean {
  return callee.includes("jinja2.Template") && args.every(({ keyword }) => keyword !== "autoescape");
}

/** `Template("<p>{{ name|safe }}</p>").render(Context({"name": name}))` of Django. */
function renderDjango(machine: Machine, { args, receiver }: Call): Value {
  return rendered(machine, receiver?.prefix, "escaping", args.positional.slice(0, 1), args);
}

/** `Context({"name": name})`, `RequestContext(request, {"name": name})`: the mapping. */
function templateContext(_machine: Machine, { args, name }: Call): Value | undefined {
  return args.positional[name === "RequestContext" ? 1 : 0]?.value;
}

/** A template of Python's own remembers its text as `prefix`. */
function remembered(_machine: Machine, { args }: Call): Value | undefined {
  const source = textOf(findArgument(args, 0, ["template"])?.value);
  return source === undefined ? undefined : { ...UNKNOWN, paths: ["string.Template()"], prefix: source };
}

/** `Template("$name").substitute(mapping, name=name)`. */
function substituted(machine: Machine, call: Call): Value {
  const { args, receiver, node } = call;
  const source = receiver?.prefix;
  const mapping = args.positional[0]?.value;
  const shape = machine.onlyShape(mapping);
  const isKnown = mapping === undefined || (shape?.kind === "dict" && shape.rest === undefined);
  if (source === undefined || !isKnown || args.others.length > 0) return filledText(machine, call);
  const values = new Map([...(shape?.entries ?? [])].map(([key, value]) => [String(key), value]));
  for (const [key, { value }] of args.keywords) values.set(key, value);
  return formatBraces(machine, node, constantValue(bracesOf(source)), [], values, []);
}

/** Text in which there is everything that went in: what markup languages and Python's own templates make of it. */
function filledText(machine: Machine, { args, receiver }: Call): Value {
  const given = [...args.positional, ...args.keywords.values(), ...args.others].map(({ value }) =>
    deep(machine, value),
  );
  return carry({ ...DYNAMIC, text: true }, receiver === undefined ? given : [receiver, ...given]);
}

/** `markdown2.markdown(text, safe_mode="escape")` leaves no tag as it is. */
function safeMarkdown(machine: Machine, call: Call): Value {
  const text = filledText(machine, call);
  const mode = findArgument(call.args, undefined, ["safe_mode"])?.value.constants;
  const isSafe = mode?.every((one) => one !== null && one !== false);
  return isSafe ? withCleared(text, machine.models.kindMask(["html"])) : text;
}

/** What a template is filled with, each by its name; of a text that is not known all are escaped, or none. */
function rendered(
  machine: Machine,
  source: string | undefined,
  engine: Engine,
  mappings: readonly { readonly value: Value }[],
  { keywords, others }: Call["args"],
): Value {
  const named = new Map<string, Value>();
  const whole: Value[] = [...others].map(({ value }) => deep(machine, value));
  for (const { value } of mappings) {
    const shape = machine.onlyShape(value);
    if (shape?.kind !== "dict") whole.push(deep(machine, value));
    else {
      for (const [key, entry] of shape.entries) named.set(String(key), deep(machine, entry));
      if (shape.rest !== undefined) whole.push(deep(machine, shape.rest));
    }
  }
  for (const [key, { value }] of keywords) named.set(key, deep(machine, value));
  const html = machine.models.kindMask(["html"]);
  const isRaw = rawNames(source, engine);
  const values = [...named].map(([name, value]) => (isRaw(name) ? value : withCleared(value, html)));
  const rest = whole.map((value) => (source === undefined && engine === "bare" ? value : withCleared(value, html)));
  return carry({ ...DYNAMIC, text: true }, [...values, ...rest]);
}

const ESCAPES = /\|\s*(?:e|escape|forceescape|force_escape|urlencode|tojson|escapejs|int|float|length|striptags)\b/;

function rawNames(source: string | undefined, engine: Engine): (name: string) => boolean {
  if (source === undefined) return () => engine === "bare";
  if (engine === "mako") return makoNames(source);
  const raw = new Set<string>();
  const isOff = /\{%-?\s*autoescape\s+(?:off|false)\b/.test(source);
  for (const [, mark, expression] of source.matchAll(/\{\{([-!]?)((?:(?!\}\})[\s\S]){1,500})\}\}/g)) {
    const isSafe = engine === "bottle" ? mark === "!" : /\|\s*safe\b/.test(expression);
    const isBare = (engine === "bare" || isOff) && !ESCAPES.test(expression);
    const name = /^\s*([A-Za-z_]\w*)/.exec(expression)?.[1];
    if ((isSafe || isBare) && name !== undefined) raw.add(name);
  }
  for (const [, item, items] of source.matchAll(/\bfor\s+([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)/g))
    if (raw.has(item)) raw.add(items);
  return (name) => raw.has(name);
}

/** `${name}`, and not `${name | h}`. */
function makoNames(source: string): (name: string) => boolean {
  const raw = new Set<string>();
  if (/<%page[^>]*expression_filter/.test(source)) return () => false;
  for (const [, name, filters = ""] of source.matchAll(/\$\{\s*([A-Za-z_]\w*)[^}|]{0,200}(\|[^}]{0,100})?\}/g))
    if (name !== undefined && !/\b(?:h|x|u|entity|escape)\b/.test(filters)) raw.add(name);
  return (name) => raw.has(name);
}

function textOf(value: Value | undefined): string | undefined {
  const text = value?.constants?.length === 1 ? value.constants[0] : undefined;
  return typeof text === "string" ? text : undefined;
}
