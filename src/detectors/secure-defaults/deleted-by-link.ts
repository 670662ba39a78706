import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";

/** Whoever is there is known by the cookie that a browser sends along by itself. */
const BY_COOKIE =
  /\blogin_required\b|\bLoginRequiredMixin\b|\bcurrent_user\b|\brequest\.user\b|\bsession\[|\bsession\.get\(|\bg\.user\b/;

/** The view tells methods apart, does nothing without a form that was sent, or looks at a token of its own. */
const ASKS =
  /\.method\b|validate_on_submit|is_submitted|is_valid\(|HttpResponseNotAllowed|validate_csrf|csrf|\brequire_|\.POST\b|request\.(?:form|json|get_json|data|body)\b/i;

/** Records that a view deletes for whoever follows a link, or loads a picture, of another site. */
export const deletedByLink: ModuleDetector = {
  kind: "module",
  name: "deleted-by-link",
  triggers: { isRoute: true, and: { names: ["delete"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const definition of facts.definitions) {
    if (definition.kind !== "function" || !definition.isRoute) continue;
    const code = codeOf(facts, definition);
    if (!BY_COOKIE.test(code) || ASKS.test(code) || !takesGet(facts, definition)) continue;
    const deleted = callsIn(facts, definition.node).find((call) => deletes(facts, definition, call));
    if (deleted !== undefined) yield { node: deleted.node, call: deleted, fields: { function: definition.name } };
  }
}

function codeOf({ syntax }: ModuleFacts, { node }: DefinitionFact): string {
  const decorated = syntax.kind[syntax.parent[node]] === Kind.decorated_definition ? syntax.parent[node] : node;
  return textOf(syntax, decorated).replace(/#.*$/gm, "");
}

/** A route of Flask without methods, or with GET among them; a function of Django, which takes any; `get` of a class. */
function takesGet(facts: ModuleFacts, { name, node, decorators, qualifiedName }: DefinitionFact): boolean {
  const registrations = decorators.filter((one) => isRouteDecorator(facts, one.node));
  if (registrations.length > 0) return registrations.some((one) => isOfGet(textOf(facts.syntax, one.node)));
  if (qualifiedName !== name) return name === "get";
  return /^(?:async\s+)?def\s+\w+\(\s*request\b/.test(textOf(facts.syntax, node).replace(/^(?:@.*\n\s*)+/, ""));
}

function isOfGet(decorator: string): boolean {
  const methods = /\bmethods\s*=\s*[[({]([^\])}]*)/.exec(decorator)?.[1];
  if (methods !== undefined) return /["']GET["']/i.test(methods);
  return /^@[\w.]*\.(?:route|get)\(/.test(decorator);
}

/** `db.session.delete(order)`, `Order.objects.filter(pk=number).delete()`, and `order.delete()` of what was looked up: what the request names. */
function deletes(facts: ModuleFacts, definition: DefinitionFact, { name, args, node }: CallFact): boolean {
  if (lastPart(name) !== "delete") return false;
  const written = textOf(facts.syntax, node).slice(0, MAX_TEXT);
  if (args.length === 0 && LOOKED_UP.test(written)) return isNamed(written, definition);
  const [record] = args;
  const isOfSession = /(?:^|\.)session\.delete$/.test(name) && args.length === 1 && record !== undefined;
  if (!isOfSession && args.length > 0) return false;
  const owner = isOfSession ? textOf(facts.syntax, record.node) : /^(\w+)\.delete$/.exec(name)?.[1];
  if (owner === undefined || !/^\w+$/.test(owner)) return false;
  const made = factIndex(facts).assignmentsTo(facts.scopeOf(node), owner).slice(0, MAX_ASSIGNMENTS);
  const values = made.map(({ value }) => textOf(facts.syntax, value).slice(0, MAX_TEXT));
  return values.some((value) => LOOKED_UP.test(value) && isNamed(value, definition));
}

const LOOKED_UP = /\.objects\b|\.query\b|\bget_object_or_404\(|\bsession\.get\(/;

/** Assignments that are looked at, and UTF-16 code units of each. */
const MAX_ASSIGNMENTS = 8;
const MAX_TEXT = 500;

/** Whether a parameter of the view stands in a text, the request, or whoever asks: what is merely tidied up is nobody's choice. */
function isNamed(text: string, { parameters }: DefinitionFact): boolean {
  const names = new Set(parameters.map(({ name }) => name).filter((name) => name !== "self"));
  const given = text.match(/(?<![.\w])[A-Za-z_]\w*\b(?!\s*=(?!=))/g) ?? [];
  return given.some((name) => names.has(name) || name === "current_user" || name === "request");
}
