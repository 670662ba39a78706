import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";

/** `unsure`: environments for which nothing shows what they are for, and no others. */
const Options = z.strictObject({ unsure: z.boolean().default(false) });

/** Environments that escape nothing unless they are told to. */
const BARE = new Set([
  "jinja2.Environment",
  "jinja2.environment.Environment",
  "jinja2.sandbox.SandboxedEnvironment",
  "jinja2.sandbox.ImmutableSandboxedEnvironment",
]);

/** Calls that escape unless `autoescape` says otherwise. */
const ESCAPING = new Set([
  "starlette.templating.Jinja2Templates",
  "fastapi.templating.Jinja2Templates",
  "aiohttp_jinja2.setup",
  "django.template.Engine",
  "django.template.engine.Engine",
  "django.template.Context",
  "tornado.template.Loader",
  "tornado.template.DictLoader",
  "tornado.template.Template",
  "tornado.web.Application",
  "sanic_jinja2.SanicJinja2",
]);

const ENVIRONMENT_TARGETS = [
  "flask.Flask().jinja_env.autoescape",
  "quart.Quart().jinja_env.autoescape",
  "jinja2.Environment().autoescape",
];

/** Options with which one sets up another language than HTML. */
const DELIMITERS = ["block_start_string", "variable_start_string", "comment_start_string", "line_statement_prefix"];

const MARKUP = /\.(?:x?html?|xml|svg|jinja|jinja2|j2)$/i;
const OTHER_LANGUAGE =
  /\.(?:txt|text|sql|tex|latex|conf|cfg|ini|env|ya?ml|toml|json|py|pyi|rs|go|c|h|cpp|cc|java|kt|ts|js|sh|bash|zsh|service|tf|hcl|md|rst|csv|nix|proto|dockerfile|sv|vhd|v|lua|ps1)(?:\.(?:j2|jinja2?|tmpl|tpl))?$|(?:^|\/)(?:Dockerfile|Makefile)/i;

/** Template engines that write values into HTML unescaped: told so, or by a default that nobody changed. */
export const templateEscaping: ModuleDetector = {
  kind: "module",
  name: "template-escaping",
  triggers: { calls: [...BARE, ...ESCAPING], targets: ENVIRONMENT_TARGETS },
  prepare: (raw) => {
    const { unsure } = Options.parse(raw ?? {});
    return unsure ? detectUnsure : detect;
  },
};

/** Environments of which neither the call nor the module says what they are for. */
function* detectUnsure(facts: ModuleFacts): Generator<Detection> {
  if (showsPages(facts)) return;
  for (const call of facts.calls) {
    if (call.callee.some((path) => BARE.has(path)) && unescaped(facts, call) === BY_DEFAULT)
      yield { node: call.node, fields: { callee: call.name } };
  }
}

/** A module that makes pages: it speaks of HTML, or belongs to a program that answers browsers. */
function showsPages({ syntax: { text } }: ModuleFacts): boolean {
  return /html|<\/\w+>/i.test(text) || WEB.test(text);
}

const WEB =
  /^\s*(?:from|import)\s+(?:aiohttp|bottle|cherrypy|django(?!\.(?:apps|conf|core|db|utils)\b)|falcon|fastapi|flask|http\.server|litestar|pyramid|quart|sanic|starlette|tornado|web|webob|werkzeug|wsgiref)\b/m;

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const found = unescaped(facts, call);
    if (found === undefined || (found === BY_DEFAULT && !showsPages(facts))) continue;
    const fields = { name: call.name, because: found };
    yield { node: call.node, fields, ...(call.callee.some((path) => BARE.has(path)) && { call }) };
  }
  for (const fact of facts.assignments) {
    if (!fact.paths.some((path) => ENVIRONMENT_TARGETS.includes(path))) continue;
    const [constant, ...others] = fact.valueFact.constants;
    if (constant === false && others.length === 0) yield { node: fact.node, fields: { name: fact.name, because: "" } };
  }
}

const BY_DEFAULT = ": escaping is off unless `autoescape` is given";

/** Why values are not escaped: empty where the call says so itself, undefined where they are or it is not known. */
function unescaped(facts: ModuleFacts, call: CallFact): string | undefined {
  const isBare = call.callee.some((path) => BARE.has(path));
  if (!isBare && !call.callee.some((path) => ESCAPING.has(path))) return undefined;
  if (isBare && (makesOtherThanHtml(facts, call) || isOnlyRead(facts, call))) return undefined;
  const flag = call.args.find((argument) => argument.keyword === "autoescape");
  if (flag === undefined) {
    return isBare && !call.doubleSplat && rendersMarkup(facts) ? BY_DEFAULT : undefined;
  }
  const { constants } = flag.value;
  return constants.length > 0 && constants.every((constant) => constant === false || constant === null)
    ? ""
    : undefined;
}

function makesOtherThanHtml(facts: ModuleFacts, call: CallFact): boolean {
  if (call.args.some(({ keyword }) => keyword !== undefined && DELIMITERS.includes(keyword))) return true;
  const names = templateNames(facts);
  return names.length > 0 && names.every((name) => OTHER_LANGUAGE.test(name));
}

/** What comes of it is a statement of its own: `environment.from_string(text).render(sample)` looks whether it can be done. */
function isThrownAway(syntax: ModuleFacts["syntax"], node: number): boolean {
  let whole = node;
  for (let above = syntax.parent[whole]; CHAINED.has(syntax.kind[above]); above = syntax.parent[whole]) {
    if (childByField(syntax, above, Field.object) !== whole && childByField(syntax, above, Field.function) !== whole)
      return false;
    whole = above;
  }
  return whole !== node && syntax.kind[syntax.parent[whole]] === Kind.expression_statement;
}

const CHAINED: ReadonlySet<number> = new Set([Kind.attribute, Kind.call]);

/** A function makes it to look whether templates are right, and shows none: `environment.compile(text)`. */
function isOnlyRead(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  const scope = facts.scopeOf(call.node);
  if (isThrownAway(syntax, call.node)) return true;
  const made = factIndex(facts).assignedFrom(call.node);
  if (made === undefined || scope === "" || syntax.kind[made.target] !== Kind.identifier) return false;
  const uses = [...nodesOfKind(syntax, Kind.identifier)].filter(
    (node) => node !== made.target && textOf(syntax, node) === made.name && facts.scopeOf(node) === scope,
  );
  const members = uses.map((node) => (isThrownAway(syntax, node) ? "compile" : memberOf(syntax, node)));
  return members.some((one) => READS.has(one)) && members.every((one) => READS.has(one) || SETS_UP.has(one));
}

const READS = new Set(["compile", "parse", "lex", "preprocess", "_parse"]);
const SETS_UP = new Set(["filters", "tests", "globals", "policies", "extensions", "add_extension", "iter_extensions"]);

/** `compile` of `environment.compile`; empty where the name stands for itself. */
function memberOf(syntax: ModuleFacts["syntax"], node: number): string {
  const above = syntax.parent[node];
  const isObject = syntax.kind[above] === Kind.attribute && childByField(syntax, above, Field.object) === node;
  return isObject ? textOf(syntax, childByField(syntax, above, Field.attribute)) : "";
}

/** With no template's name in sight a bare environment may be for anything; web code makes HTML. */
function rendersMarkup(facts: ModuleFacts): boolean {
  const names = templateNames(facts);
  return (
    names.some((name) => MARKUP.test(name) && !OTHER_LANGUAGE.test(name)) ||
    !names.some((name) => OTHER_LANGUAGE.test(name))
  );
}

function templateNames(facts: ModuleFacts): readonly string[] {
  return [...loadedNames(facts), ...filesRead(facts)];
}

/** Calls that lead to a file, of which the text of a template may be read. */
const LEADS_TO_FILE = /(?:^|\.)(?:open|join|joinpath|Path|read_text|get_data|resource_string|resource_filename)$/;

/** `files("shop.templates").joinpath("client.py.jinja").read_text()`: the endings of templates say what they are. */
function filesRead({ calls }: ModuleFacts): readonly string[] {
  return calls
    .filter(({ name }) => LEADS_TO_FILE.test(name))
    .flatMap(({ args }) => args.flatMap(({ value }): readonly unknown[] => value.constants))
    .filter((constant) => typeof constant === "string")
    .filter((constant) => /\.(?:j2|jinja2?|tmpl|tpl)$/i.test(constant));
}

function loadedNames(facts: ModuleFacts): readonly string[] {
  return facts.calls
    .filter((call) =>
      /(?:^|\.)(?:get_template|select_template|render_template|get_or_select_template)$/.test(call.name),
    )
    .flatMap(({ args: [name] }): readonly unknown[] => {
      if (name === undefined) return [];
      return name.value.constants.length > 0 ? name.value.constants : [endOf(facts, name.node)];
    })
    .filter((constant) => typeof constant === "string");
}

/** How the name of a template ends that is put together: `f"{site}.conf.j2"`. */
function endOf({ syntax }: ModuleFacts, node: number): string | undefined {
  if (syntax.kind[node] === Kind.binary_operator) {
    const right = childByField(syntax, node, Field.right);
    return syntax.kind[right] === Kind.string ? literalText(syntax, right) : undefined;
  }
  if (syntax.kind[node] !== Kind.string) return undefined;
  const last = namedChildren(syntax, node)
    .filter((part) => syntax.kind[part] !== Kind.string_end)
    .at(-1);
  return last !== undefined && syntax.kind[last] === Kind.string_content ? textOf(syntax, last) : undefined;
}
