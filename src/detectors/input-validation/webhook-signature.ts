import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { isBeforeHandlers } from "../shared/request-hooks.ts";

/** Words of whatever looks at who sends: a signature, a secret, a login, a library's own check. */
const CHECK =
  /sign|hmac|digest|verif|valid|construct_?event|secret|token|auth|svix|x-hub|credential|permission|api_?key|remote_addr|allow(?:ed)?_ip|check|depends|security|decode/i;
/** `ipn` is what PayPal calls its own: Instant Payment Notification. */
const WEBHOOKS = new Set(["webhook", "webhooks", "hook", "hooks", "ipn"]);
const BODY = /^(?:get_json|json|body|data|get_data|form|POST|read|stream)$/;

/** Handlers that are called by another service and believe whoever calls. */
export const webhookSignature: ModuleDetector = {
  kind: "module",
  name: "webhook-signature",
  triggers: { isRoute: true },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const believing = facts.definitions.filter(
    (one) =>
      one.kind === "function" &&
      one.isRoute &&
      isWebhook(facts, one) &&
      readsBody(facts, one) &&
      !looksAtSender(facts, one),
  );
  // What is run before the handlers may look for all of them.
  if (believing.length === 0 || facts.definitions.some((one) => isBeforeHandlers(one) && looksAtSender(facts, one)))
    return;
  for (const handler of believing) yield { node: nameOf(facts, handler), fields: { handler: handler.name } };
}

/** By its name, or by the address that it is registered under. */
function isWebhook({ syntax }: ModuleFacts, { name, decorators }: DefinitionFact): boolean {
  const routes = decorators.flatMap(({ node }) => {
    const texts: string[] = [];
    for (let at = node; at < syntax.next[node]; at++) {
      const text = syntax.kind[at] === Kind.string ? literalText(syntax, at) : undefined;
      if (text !== undefined) texts.push(text);
    }
    return texts;
  });
  return [name, ...routes].some((text) => {
    return nameWords(text).some((word) => WEBHOOKS.has(word));
  });
}

function readsBody(facts: ModuleFacts, { node: from, parameters }: DefinitionFact): boolean {
  const { syntax } = facts;
  for (let node = from; node < syntax.next[from]; node++) {
    if (syntax.kind[node] !== Kind.attribute) continue;
    const object = textOf(syntax, childByField(syntax, node, Field.object));
    const name = textOf(syntax, childByField(syntax, node, Field.attribute));
    if (/(?:^|\.)request$/.test(object) && BODY.test(name)) return true;
  }
  const routes = facts.definitions.find((definition) => definition.node === from)?.decorators ?? [];
  const isTyped = routes.some(({ paths }) => paths.some((path) => path.startsWith("fastapi.")));
  return (
    isTyped &&
    parameters.some(
      ({ node }) =>
        childByField(syntax, node, Field.type) !== NONE && !/\b(?:int|str|Request)$/.test(textOf(syntax, node)),
    )
  );
}

/** Anything in the handler, its decorators or the names it calls that speaks of the sender. */
function looksAtSender({ syntax }: ModuleFacts, { node: from, decorators }: DefinitionFact): boolean {
  const [first] = decorators;
  const begin = first === undefined ? from : Math.min(from, first.node);
  for (let node = begin; node < syntax.next[from]; node++) {
    const kind = syntax.kind[node];
    if (kind !== Kind.identifier && kind !== Kind.string_content) continue;
    if (CHECK.test(textOf(syntax, node))) return true;
  }
  return false;
}

function nameOf({ syntax }: ModuleFacts, { node }: DefinitionFact): number {
  const name = childByField(syntax, node, Field.name);
  return name === NONE ? (operands(syntax, node)[0] ?? node) : name;
}
