import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands, unwrap } from "../shared/literal.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { saysSecret } from "./secret-name.ts";

/** Calls that make an answer of what they are given. */
const RESPONSES =
  /^(?:flask\.(?:jsonify|make_response|Response)|quart\.jsonify|django\.http\.(?:JsonResponse|HttpResponse)|rest_framework\.response\.Response|starlette\.responses\.(?:JSONResponse|ORJSONResponse|PlainTextResponse|HTMLResponse|Response)|fastapi\.responses\.(?:ORJSONResponse|UJSONResponse)|aiohttp\.web\.json_response|sanic\.response\.json)$/;

/** What no client ever needs; a token is what a client signs in with, and is left out. */
const PHRASES = [
  "password",
  "passwd",
  "passphrase",
  "password hash",
  "hashed password",
  "password digest",
  "password salt",
  "secret key",
  "private key",
  "client secret",
  "api secret",
  "totp secret",
  "otp secret",
  "signing key",
  "encryption key",
].map((phrase) => phrase.split(" "));

/** What came with the request goes back to who sent it. */
const OF_REQUEST =
  /^(?:self\.)?(?:request|req|form|data|body|payload|params|args|kwargs|json|credentials|validated_data|cleaned_data)\b/i;

/** Objects that hold all settings, with the secrets among them. */
const SETTINGS = ["os.environ", "flask.Flask().config", "quart.Quart().config", "django.conf.settings"];
const WHOLE: ReadonlySet<string> = new Set([...SETTINGS, "os.environ.copy()"]);

/** Secrets of a record, and all settings at once, that go into an answer. */
export const secretResponse: ModuleDetector = {
  kind: "module",
  name: "secret-response",
  triggers: {
    isRoute: true,
    roots: ["flask", "quart", "django", "rest_framework", "starlette", "fastapi", "aiohttp", "sanic"],
    and: { words: [...PHRASES.map(([first]) => first), "environ"], references: SETTINGS },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const seen = new Set<number>();
  for (const answer of answers(facts)) {
    for (const node of parts(facts, answer)) {
      if (seen.has(node) || !(isSecret(facts, node) || isEverything(facts, node))) continue;
      seen.add(node);
      yield { node, fields: { name: brief(textOf(facts.syntax, node)) } };
    }
  }
}

/** What responses are made of, and what routes return. */
function* answers(facts: ModuleFacts): Generator<number> {
  const { syntax } = facts;
  for (const call of facts.calls) {
    if (call.callee.some((path) => RESPONSES.test(path))) for (const { node } of call.args) yield node;
  }
  const routes = facts.definitions.filter(({ isRoute, kind }) => isRoute && kind === "function");
  for (const { node: route } of routes) {
    for (let node = route; node < syntax.next[route]; node++) {
      if (syntax.kind[node] === Kind.return_statement) yield operands(syntax, node)[0] ?? NONE;
    }
  }
}

/** The value itself, what a copy is made of, and the values of a dict or a list that is written out there. */
function* parts(facts: ModuleFacts, answer: number): Generator<number> {
  if (answer === NONE) return;
  const { syntax } = facts;
  const node = unwrap(syntax, answer);
  switch (syntax.kind[node]) {
    case Kind.dictionary:
      for (const pair of operands(syntax, node)) {
        const value = childByField(syntax, pair, Field.value);
        if (value !== NONE) yield* parts(facts, value);
      }
      return;
    case Kind.list:
    case Kind.tuple:
      for (const item of operands(syntax, node)) yield* parts(facts, item);
      return;
    case Kind.list_comprehension:
      yield* parts(facts, childByField(syntax, node, Field.body));
      return;
    case Kind.call: {
      const call = factIndex(facts).callAt.get(node);
      if (call !== undefined && /^(?:dict|str|repr|json\.dumps|vars)$/.test(call.name))
        for (const argument of call.args) yield* parts(facts, argument.node);
      else yield node;
      return;
    }
    default:
      yield node;
  }
}

/** `user.password_hash`, `row["password"]`: of a record, not of the request. */
function isSecret(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.attribute && syntax.kind[node] !== Kind.subscript) return false;
  if (facts.value(node)?.constancy === "constant" || OF_REQUEST.test(textOf(syntax, node))) return false;
  return saysSecret(lastNameOf(syntax, node) ?? "", PHRASES);
}

function isEverything(facts: ModuleFacts, node: number): boolean {
  return facts.value(node)?.paths.some((path) => WHOLE.has(path)) ?? false;
}
