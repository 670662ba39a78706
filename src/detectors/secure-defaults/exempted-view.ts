import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** API paths of the decorators that exempt a view. */
  decorators: z.array(z.string()).min(1),
  /** Names of methods that a framework calls for the check, and that do nothing where they are defined anew. */
  methods: z.array(z.string()).default([]),
  /** Names of methods of sockets that say yes for another site's page, where they say nothing else. */
  answers: z.array(z.string()).default([]),
});
type Options = z.infer<typeof Options>;

/** Calls and decorators by which a view knows who asks without a cookie: a signature, a token, a key. */
const KNOWS_CALLER =
  /(?:^|\.)(?:construct_event|compare_digest|constant_time_compare|\w*verif(?:y|ies)\w*|unsign|(?:is_)?valid(?:ate)?_(?:signature|request|token|webhook|key|hmac)\w*|check_(?:signature|token|api_?key|hmac)\w*|process_response|parse_authn_request_response|(?:require|requires|check|with)_(?:api_?key|token|bearer|signature)\w*|(?:requires?|check|with)_(?!session|user|login|cookie)\w+_auth|(?:api_?)?key_(?:\w+_)?auth\w*|(?:api_?key|token|signature|bearer|basic_?auth)_required|api_view)$/i;

/** Views that are exempt from a check against forged requests, and look at nothing that another site could not make a browser send. */
export const exemptedView: ModuleDetector = {
  kind: "module",
  name: "exempted-view",
  ...withOptions(Options, {
    triggers: ({ decorators, methods, answers }) => ({
      definitions: decorators,
      calls: [OF_METHODS],
      names: [...methods, ...answers],
    }),
    detect,
  }),
};

function* detect(facts: ModuleFacts, { decorators, methods, answers }: Options): Generator<Detection> {
  const exempting = new Set(decorators);
  for (const definition of facts.definitions) {
    if (
      methods.includes(definition.name) &&
      doesNothing(facts, definition.node) &&
      !readsOnly(facts, ownerOf(definition))
    )
      yield { node: definition.node, fields: { name: definition.name } };
    if (answers.includes(definition.name) && letsEverySiteIn(facts, definition))
      yield { node: definition.node, fields: { name: definition.name } };
    const ofMethods = isSentByMachines(definition) ? undefined : exemptedMethods(facts, definition, exempting);
    if (ofMethods !== undefined) yield { node: ofMethods.node, fields: { name: definition.name } };
    if (definition.kind !== "function" || isSentByMachines(definition) || knowsCaller(facts, definition)) continue;
    if (definition.decorators.some(({ node }) => READS.test(textOf(facts.syntax, node)))) continue;
    if (isReadRoute(facts, definition)) continue;
    const decorator = definition.decorators.find(({ paths }) => paths.some((path) => exempting.has(path)));
    if (decorator !== undefined) yield { node: decorator.node, fields: { name: decorator.name } };
  }
}

/** Makes a decorator of views one of methods: on a class with a name beside it, or on the method. */
const OF_METHODS = "django.utils.decorators.method_decorator";

/** `@method_decorator(csrf_exempt, name="dispatch")` of a class of views that change something, or of its `dispatch`. */
function exemptedMethods(
  facts: ModuleFacts,
  definition: DefinitionFact,
  exempting: ReadonlySet<string>,
): DefinitionFact["decorators"][number] | undefined {
  const { syntax, definitions } = facts;
  const decorator = definition.decorators.find(({ node }) => {
    const call = factIndex(facts).callAt.get(firstNamedChild(syntax, node));
    const [given] = call?.callee.includes(OF_METHODS) === true ? call.args : [];
    const exempts = (one: number) => facts.value(one)?.paths.some((path) => exempting.has(path)) === true;
    return given !== undefined && (exempts(given.node) || operands(syntax, given.node).some(exempts));
  });
  if (decorator === undefined) return undefined;
  const isClass = definition.kind === "class";
  const owner = isClass
    ? definition
    : definitions.find(
        ({ kind, qualifiedName }) =>
          kind === "class" && `${qualifiedName}.${definition.name}` === definition.qualifiedName,
      );
  if (owner === undefined || owner.bases.length === 0 || owner.bases.some((base) => checksItself(facts, base)))
    return undefined;
  const isHarmless =
    isSentByMachines(owner) || readsOnly(facts, `${owner.qualifiedName}.`) || classKnowsCaller(facts, owner);
  return isHarmless ? undefined : decorator;
}

/** Views of Django REST Framework are exempt as they are: where a session says who asks, they check the token themselves. */
function checksItself({ syntax }: ModuleFacts, { node, paths }: DefinitionFact["bases"][number]): boolean {
  return (
    paths.some((path) => path.startsWith("rest_framework.")) ||
    /(?:API\w*|View[Ss]et|Resource)$/.test(textOf(syntax, node))
  );
}

/** Whether a method of the class knows who asks. */
function classKnowsCaller({ syntax, calls, scopeOf }: ModuleFacts, { node, qualifiedName }: DefinitionFact): boolean {
  if (IS_SIGNED.test(textOf(syntax, node))) return true;
  return calls.some(({ name, node: at }) => KNOWS_CALLER.test(name) && scopeOf(at).startsWith(`${qualifiedName}.`));
}

/** Decorators that let nothing through that changes anything. */
const READS =
  /(?:^|[@.])(?:require_GET|require_safe|require_http_methods\(\s*[[(]\s*(?:["'](?:GET|HEAD|OPTIONS)["'][\s,]*)+[\])]\s*\))$/;

/** Whether the routes of a function, as Flask has them, take no method that changes anything: GET is what they take unless told otherwise. */
function isReadRoute({ syntax }: ModuleFacts, { decorators }: DefinitionFact): boolean {
  const routes = decorators.map(({ node }) => textOf(syntax, node)).filter((text) => /^@?[\w.]+\.route\(/.test(text));
  return routes.length > 0 && routes.every((text) => !/\bmethods\s*=|\*\*/.test(text) || READ_METHODS.test(text));
}

const READ_METHODS = /\bmethods\s*=\s*[[({]\s*(?:["'](?:GET|HEAD|OPTIONS)["'][\s,]*)+[\])}]/i;

/** Whether a class, whose name is given with a dot behind it, answers requests, and none that change anything. */
function readsOnly({ definitions }: ModuleFacts, owner: string): boolean {
  const names = definitions.filter((one) => one.qualifiedName === owner + one.name).map((one) => one.name);
  return (
    names.some((one) => /^(?:get|head)$/.test(one)) && !names.some((one) => /^(?:post|put|patch|delete)$/.test(one))
  );
}

function ownerOf({ qualifiedName, name }: DefinitionFact): string {
  return qualifiedName.slice(0, -name.length);
}

/** A body of nothing but documentation, `pass`, `...`, or a `return` of a constant. */
function doesNothing({ syntax }: ModuleFacts, definition: number): boolean {
  const body = childByField(syntax, definition, Field.body);
  return body !== NONE && namedChildren(syntax, body).every((statement) => isIdle(syntax, statement));
}

function isIdle(syntax: SyntaxArrays, statement: number): boolean {
  const part = syntax.kind[firstNamedChild(syntax, statement)];
  switch (syntax.kind[statement]) {
    case Kind.pass_statement:
    case Kind.comment:
      return true;
    case Kind.expression_statement:
      return part === Kind.string || part === Kind.ellipsis;
    case Kind.return_statement:
      return firstNamedChild(syntax, statement) === NONE || part === Kind.none || part === Kind.true;
    default:
      return false;
  }
}

/** `return True` of a socket's class, in a file that knows users by what a browser sends along. */
function letsEverySiteIn(facts: ModuleFacts, { node, qualifiedName, name }: DefinitionFact): boolean {
  const { syntax, definitions } = facts;
  const owner = definitions.find((one) => one.kind === "class" && `${one.qualifiedName}.${name}` === qualifiedName);
  const isSocket = owner?.bases.some((one) => /(?:WebSocket|SockJS)\w*$/i.test(textOf(syntax, one.node))) === true;
  const body = childByField(syntax, node, Field.body);
  return (
    isSocket &&
    body !== NONE &&
    /(?:^|\n)\s*return True\s*$/.test(textOf(syntax, body)) &&
    doesNothing(facts, node) &&
    KNOWS_USERS.test(syntax.text)
  );
}

const KNOWS_USERS = /\bcurrent_user\b|\bget_current_user\b|\bget_(?:secure|signed)_cookie\b|\.authenticated\b/;

/** Whom other services call, and browsers by themselves: nobody has signed in there. */
function isSentByMachines({ name }: DefinitionFact): boolean {
  return nameWords(name).some((word) => MACHINES.has(word));
}

const MACHINES = new Set(["webhook", "webhooks", "hook", "ipn", "csp"]);

/** An answer of SAML, which comes from another site by way of a browser, and is signed. */
const IS_SIGNED = /["'](?:SAMLResponse|SAMLRequest)["']/;

function knowsCaller(facts: ModuleFacts, { node, qualifiedName, decorators }: DefinitionFact): boolean {
  return (
    IS_SIGNED.test(textOf(facts.syntax, node)) ||
    decorators.some(({ name }) => KNOWS_CALLER.test(name.replace(/^@/, "").replace(/\(.*$/s, ""))) ||
    factIndex(facts)
      .callsIn(qualifiedName)
      .some(({ name }) => KNOWS_CALLER.test(name))
  );
}
