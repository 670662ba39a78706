import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { literalText } from "../shared/literal.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";
import { bodyOf, decoratorName } from "./guards.ts";
import { nameNode } from "./surroundings.ts";

/** Views that took nothing but a POST, and that a link or picture of another site reaches now. */
export const openedMethod: ChangeDetector = {
  kind: "change",
  name: "opened-method",
  prepare: () => ({ concerns: ({ removed }) => /require_|methods|\.post\(|\.put\(|\.delete\(/.test(removed), detect }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  for (const after of head.definitions.filter(({ kind }) => kind === "function")) {
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (before === undefined || others.length > 0 || asksForMethod(head, after)) continue;
    const restriction = restrictionOf(base, before);
    if (restriction === undefined || restrictionOf(head, after) !== undefined) continue;
    if (hasOther(before, after, head) || !isReached(head, after, restriction)) continue;
    yield { node: nameNode(head, after), fields: { function: after.name, restriction } };
  }
}

/** Django's decorators by which a view takes no GET. */
const REQUIRES = /^require_(?:POST|http_methods)$/;

/** A decorator that keeps GET out, as it is written: `require_POST`, `app.route("/pay", methods=["POST"])`. */
function restrictionOf(facts: ModuleFacts, { decorators }: DefinitionFact): string | undefined {
  const found = decorators.find(({ node, name }) => {
    if (REQUIRES.test(lastPart(decoratorName(name)))) return !/\b(?:GET|HEAD)\b/.test(methodsText(facts, node));
    if (!isRouteDecorator(facts, node)) return false;
    const methods = /\bmethods\s*=\s*([[({][^\])}]*)/.exec(methodsText(facts, node))?.[1];
    return methods === undefined
      ? /\.(?:post|put|patch|delete)$/.test(decoratorName(name))
      : !/GET|HEAD/i.test(methods);
  });
  return found === undefined ? undefined : decoratorName(found.name);
}

function methodsText({ syntax }: ModuleFacts, decorator: number): string {
  return textOf(syntax, decorator);
}

/** A route has to be one still; a view of Django has its address elsewhere. */
function isReached(facts: ModuleFacts, { decorators }: DefinitionFact, restriction: string): boolean {
  return REQUIRES.test(lastPart(restriction)) || decorators.some(({ node }) => isRouteDecorator(facts, node));
}

/** Another decorator, which may ask. */
function hasOther(before: DefinitionFact, after: DefinitionFact, head: ModuleFacts): boolean {
  const known = new Set(before.decorators.map(({ name }) => decoratorName(name)));
  return after.decorators.some(({ name, node }) => !known.has(decoratorName(name)) && !isRouteDecorator(head, node));
}

/** The function tells methods apart, or does nothing without a form that was sent. */
function asksForMethod(facts: ModuleFacts, definition: DefinitionFact): boolean {
  const body = bodyOf(facts, definition);
  if (body === NONE) return true;
  const asks = /\.method\b|validate_on_submit|is_submitted|HttpResponseNotAllowed/.test(textOf(facts.syntax, body));
  return asks || isHarmless(facts, body);
}

/** Nothing in the name of what it calls changes anything. */
function isHarmless(facts: ModuleFacts, body: number): boolean {
  const { syntax } = facts;
  const changes = callsIn(facts, body).some(({ name }) => CHANGES.test(lastPart(name)));
  const writes = [...nodesOfKind(syntax, Kind.string)].some(
    (node) =>
      node >= body &&
      node < syntax.next[body] &&
      /^\s*(?:insert|update|delete)\b/i.test(literalText(syntax, node) ?? ""),
  );
  return !changes && !writes;
}

const CHANGES =
  /^(?:save|delete|remove|create|update|add|commit|execute|cancel|approve|pay|charge|transfer|send|set|grant|revoke|enable|disable|activate|deactivate|logout|reset|confirm|publish|archive|close|delay|apply_async|bulk_\w+)(?:_\w+)?$/;
