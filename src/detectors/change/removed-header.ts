import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { bodyOf, identifiersIn, parametersText } from "./guards.ts";
import { mentionedHeaders, SECURITY_HEADERS, type SentHeader, sentHeaders } from "./security-headers.ts";
import { nameNode } from "./surroundings.ts";

/** Headers that told browsers to protect a page, and that no answer of the file has any more. */
export const removedHeader: ChangeDetector = {
  kind: "change",
  name: "removed-header",
  prepare: () => ({ concerns: ({ removed }) => WORDS.test(removed), detect }),
};

const WORDS = new RegExp(
  `${[...SECURITY_HEADERS.keys()].map((name) => name.replaceAll("-", "[-_]")).join("|")}|framework|set_headers`,
  "i",
);

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  if (isDevelopmentPath(head.path)) return;
  const before = sentHeaders(base);
  const kept = mentionedHeaders(head);
  const lost = before.filter(({ header }) => !kept.has(header));
  if (lost.length === 0 || isTakenOver({ base, head })) return;
  const isFramed = textsOf(head).some((text) => /frame-ancestors\s+(?!\*)/i.test(text));
  const byPlace = new Map<number, SentHeader[]>();
  for (const one of lost) {
    if (one.header === "X-Frame-Options" && isFramed) continue;
    const place = placeOf({ base, head }, one);
    if (place !== undefined) byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  }
  for (const [node, headers] of byPlace) {
    const names = [...new Set(headers.map(({ header }) => header))];
    const [first = ""] = names;
    const without = SECURITY_HEADERS.get(first) ?? "browsers get none of the headers that it sent";
    yield { node, fields: { headers: names.slice(0, MOST_NAMED).join(", "), without } };
  }
}

/** Headers that a message names. */
const MOST_NAMED = 3;

/** Where the head should still send it: the function, class or name that did, else the application that a function was hooked into. */
function placeOf(sides: ChangeSides, { node, into }: SentHeader): number | undefined {
  const { base, head } = sides;
  const scope = base.scopeOf(node);
  if (scope === "") return placeOfName(sides, into);
  const before = functionAround(base, scope);
  const after = factIndex(head).definedAs(scope)[0];
  if (before === undefined) return undefined;
  if (after !== undefined) return stillAnswers(sides, before, after, into) ? nameNode(head, after) : undefined;
  const owner = head.definitions.find(
    ({ kind, qualifiedName }) => kind === "class" && `${qualifiedName}.${before.name}` === scope,
  );
  if (owner !== undefined) return MIDDLEWARE.test(before.name) ? nameNode(head, owner) : undefined;
  return applicationOf(sides, before);
}

function functionAround(facts: ModuleFacts, scope: string): DefinitionFact | undefined {
  return factIndex(facts).functionNamed(scope);
}

/** The function is there, takes the same, and still has what the header was put into. */
function stillAnswers(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  into: string,
): boolean {
  const body = bodyOf(head, after);
  if (body === NONE) return false;
  if (into === "return") return parametersText(base, before) === parametersText(head, after);
  if (into === "self") return true;
  const known = identifiersIn(base, bodyOf(base, before));
  // A dictionary that went with its variable is one of the answer's, which has another name.
  return (
    identifiersIn(head, body).includes(into) ||
    (known.includes("response") && identifiersIn(head, body).includes("response"))
  );
}

/** A name of the module that held the headers: itself, else the application. */
function placeOfName({ base, head }: ChangeSides, name: string): number | undefined {
  const own = factIndex(head).assignmentsTo("", name)[0];
  if (own !== undefined) return own.target;
  const users = base.definitions.filter((one) => {
    const body = bodyOf(base, one);
    return one.kind === "function" && body !== NONE && identifiersIn(base, body).includes(name);
  });
  const after = head.definitions.find((one) => users.some(({ qualifiedName }) => qualifiedName === one.qualifiedName));
  if (after !== undefined) return nameNode(head, after);
  const [first] = users;
  return first === undefined ? undefined : applicationOf({ base, head }, first);
}

/** `app` of `@app.after_request` and of `app.after_request(add_headers)`, where the head makes it still. */
function applicationOf({ base, head }: ChangeSides, { name, decorators }: DefinitionFact): number | undefined {
  const hooks = [
    ...decorators.map((decorator) => decorator.name.replace(/^@/, "")),
    ...base.calls
      .filter(({ args }) => args.some(({ node }) => textOf(base.syntax, node) === name))
      .map((one) => one.name),
  ];
  const roots = hooks.filter((one) => HOOK.test(one)).map((one) => one.split(".")[0]);
  return head.assignments.find((one) => roots.includes(one.name))?.target;
}

const HOOK =
  /\.(?:after_(?:app_)?request|after_request_funcs|middleware|on_response|on_response_prepare(?:\.append)?|add_middleware|add_hook|hook)\b/;
const MIDDLEWARE =
  /^(?:__call__|dispatch|process_(?:response|template_response)|after_request|set_default_headers|prepare|on_send|add_headers?)$/;

/** Something is new that may send them: a function, decorator, class or import that speaks of headers or of safety. */
function isTakenOver({ base, head }: ChangeSides): boolean {
  const known = namesOf(base);
  return [...namesOf(head)].some((name) => !known.has(name) && nameWords(name).some((word) => SENDS.has(word)));
}

const SENDS = new Set(
  "header headers secure security talisman helmet csp hsts middleware frame xframe policy policies nosniff harden hardening".split(
    " ",
  ),
);

function namesOf({ calls, imports, definitions }: ModuleFacts): ReadonlySet<string> {
  return new Set([
    ...calls.map(({ name }) => lastPart(name)),
    ...imports.flatMap(({ module, member }) => [member ?? "", ...module.split(".")]),
    ...definitions.flatMap(({ name, decorators }) => [
      name,
      ...decorators.map((one) => lastPart(one.name.replace(/\(.*$/s, ""))),
    ]),
  ]);
}

function textsOf({ syntax }: ModuleFacts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < syntax.count; at++)
    if (syntax.kind[at] === Kind.string) found.push(literalText(syntax, at) ?? textOf(syntax, at));
  return found;
}
