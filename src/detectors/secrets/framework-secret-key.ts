import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import { Kind } from "../../python/kinds.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import {
  isConfiguredFromItself,
  isDevelopmentPath,
  isDjangoSettings,
  isSettingsPath,
} from "../shared/settings-module.ts";

/** Entries of a framework's configuration that sign or encrypt. */
const SETTINGS = [
  "SECRET_KEY",
  "JWT_SECRET_KEY",
  "WTF_CSRF_SECRET_KEY",
  "SECURITY_PASSWORD_SALT",
  "SESSION_SECRET_KEY",
];

const APPLICATIONS = ["flask.Flask()", "flask.current_app", "quart.Quart()", "quart.current_app"];

const TARGETS: ReadonlySet<string> = new Set(
  APPLICATIONS.flatMap((app) => [`${app}.secret_key`, ...SETTINGS.map((setting) => `${app}.config[${setting}]`)]),
);

const UPDATES: ReadonlySet<string> = new Set(
  APPLICATIONS.flatMap((app) => ["update", "from_mapping", "setdefault"].map((method) => `${app}.config.${method}`)),
);

/** Calls that take a key, and where. */
const KEYED_CALLS: ReadonlyMap<string, { readonly position?: number; readonly keyword: string }> = new Map([
  ["itsdangerous.Signer", { position: 0, keyword: "secret_key" }],
  ["itsdangerous.TimestampSigner", { position: 0, keyword: "secret_key" }],
  ["itsdangerous.Serializer", { position: 0, keyword: "secret_key" }],
  ["itsdangerous.TimedSerializer", { position: 0, keyword: "secret_key" }],
  ["itsdangerous.URLSafeSerializer", { position: 0, keyword: "secret_key" }],
  ["itsdangerous.URLSafeTimedSerializer", { position: 0, keyword: "secret_key" }],
  ["django.core.signing.Signer", { keyword: "key" }],
  ["django.core.signing.TimestampSigner", { keyword: "key" }],
  ["django.core.signing.dumps", { position: 1, keyword: "key" }],
  ["starlette.middleware.sessions.SessionMiddleware", { keyword: "secret_key" }],
  ["starlette.applications.Starlette().add_middleware", { keyword: "secret_key" }],
  ["fastapi.FastAPI().add_middleware", { keyword: "secret_key" }],
  ["starlette.middleware.Middleware", { keyword: "secret_key" }],
  ["tornado.web.Application", { keyword: "cookie_secret" }],
  ["pyramid.session.SignedCookieSessionFactory", { position: 0, keyword: "secret" }],
  ["pyramid.authentication.AuthTktAuthenticationPolicy", { position: 0, keyword: "secret" }],
  ["pyramid.authentication.AuthTktCookieHelper", { position: 0, keyword: "secret" }],
  ["aiohttp_session.cookie_storage.EncryptedCookieStorage", { position: 0, keyword: "secret_key" }],
  ["bottle.response.set_cookie", { keyword: "secret" }],
  ["bottle.request.get_cookie", { keyword: "secret" }],
]);

/** Keys with which web frameworks sign sessions and links, known as constants: in settings, attributes and calls. */
export const frameworkSecretKey: ModuleDetector = {
  kind: "module",
  name: "framework-secret-key",
  triggers: { names: SETTINGS, targets: [...TARGETS], calls: [...UPDATES, ...KEYED_CALLS.keys()] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const fact of facts.assignments) {
    if (isKeyTarget(facts, fact) && isWrittenKey(facts, fact.value, fact.valueFact)) {
      yield { node: fact.value, fields: { name: fact.name } };
    }
  }
  for (const call of facts.calls) yield* keysOfCall(facts, call);
}

function isKeyTarget(facts: ModuleFacts, fact: AssignmentFact): boolean {
  if (fact.paths.some((path) => TARGETS.has(path))) return true;
  if (!SETTINGS.includes(fact.name)) return false;
  const scope = facts.scopeOf(fact.node);
  if (DEVELOPMENT_CLASS.test(scope)) return false;
  const isTopLevel = scope === "";
  if (isTopLevel) return isSettingsPath(facts.path) || isDjangoSettings(facts) || isConfiguredFromItself(facts);
  return (
    isClassBody(facts, fact.node) &&
    (isSettingsPath(facts.path) || importsFramework(facts) || /config|settings/i.test(scope))
  );
}

/** `TestingConfig`, `DevelopmentSettings`, `Docs`: what a developer's machine, a test run or the drawing of documentation is given. */
const DEVELOPMENT_CLASS =
  /(?:^|\.)(?:Test|Testing|Dev|Develop|Development|Local|Debug|Docs?|Documentation)(?:[A-Z_]\w*)?$/;

function isClassBody(facts: ModuleFacts, node: number): boolean {
  const scope = facts.scopeOf(node);
  return factIndex(facts).classNamed(scope) !== undefined;
}

function importsFramework(facts: ModuleFacts): boolean {
  return facts.imports.some((fact) => /^(?:flask|quart|django|starlette|fastapi|sanic)(?:\.|$)/.test(fact.module));
}

function* keysOfCall(facts: ModuleFacts, call: CallFact): Generator<Detection> {
  const isUpdate = call.callee.some((path) => UPDATES.has(path));
  const keyed = call.callee.map((path) => KEYED_CALLS.get(path)).find((reference) => reference !== undefined);
  if (!isUpdate && keyed === undefined) return;
  for (const argument of call.args) {
    const isKey =
      keyed === undefined
        ? SETTINGS.includes(argument.keyword ?? "")
        : argument.keyword === keyed.keyword || (keyed.position !== undefined && argument.position === keyed.position);
    if (!isKey || !isWrittenKey(facts, argument.node, argument.value)) continue;
    yield { node: argument.node, fields: { name: argument.keyword ?? keyed?.keyword ?? "" } };
  }
}

/** A key that the source decides, even a weak or a provisional one; a name for the setting is none. */
function isWrittenKey(facts: ModuleFacts, node: number, value: ValueFact): boolean {
  const { syntax } = facts;
  if (value.constancy !== "constant" || value.constants.length === 0 || syntax.kind[node] === Kind.none) return false;
  if (isUnderDebugGuard(syntax, node)) return false;
  return value.constants.every(
    (constant) =>
      typeof constant === "string" && constant !== "" && !namesTheSetting(constant) && !isTemplate(constant),
  );
}

function namesTheSetting(text: string): boolean {
  return nameWords(text).join("_") === "secret_key";
}

/** `{{ cookiecutter.secret_key }}`, `${SECRET_KEY}`, `!!!SET DJANGO_SECRET_KEY!!!`: filled in when a project is made. */
function isTemplate(text: string): boolean {
  return /\{\{|\$\{|^!!!|^<.*>$|^%\w+%$/.test(text);
}
