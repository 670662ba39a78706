import { Kind } from "../../python/kinds.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { DJANGO_SETTINGS, isDevelopmentPath, isDjangoSettings } from "../shared/settings-module.ts";

const COOKIES = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"];
const TRANSPORT = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"];
const REQUIRED = [...TRANSPORT, ...COOKIES];

/** Settings of Django for production that leave the protection of HTTPS at its default. */
export const deploySettings: ModuleDetector = {
  kind: "module",
  name: "deploy-settings",
  triggers: { names: [...DJANGO_SETTINGS], nodes: [Kind.wildcard_import] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path) || !isDjangoSettings(facts)) return;
  const topLevel = facts.assignments.filter((fact) => facts.scopeOf(fact.node) === "");
  const debug = topLevel.findLast(({ name }) => name === "DEBUG");
  const isOff = debug !== undefined && isFalse(debug);
  const isProduction = isProductionPath(facts.path);
  if (debug === undefined ? !isProduction : !isOff) return;
  const names = new Set(topLevel.map(({ name }) => name));
  const behindProxy = names.has("SECURE_PROXY_SSL_HEADER");
  const missing = (behindProxy ? COOKIES : REQUIRED).filter((name) => !names.has(name));
  const given = topLevel.find((fact) => REQUIRED.includes(fact.name) && !isFalse(fact));
  const buildsOnAnother = facts.imports.some(({ member }) => member === "*") || isGeneric(facts);
  if (missing.length === 0 || (given === undefined && (buildsOnAnother || !isProduction))) return;
  const anchor = given ?? debug ?? topLevel[0];
  if (anchor !== undefined) yield { node: anchor.node, fields: { missing: missing.join(", ") } };
}

function isFalse({ valueFact: { constants } }: AssignmentFact): boolean {
  return constants.length === 1 && constants[0] === false;
}

function isProductionPath(path: string): boolean {
  return /(?:^|[/_.-])(?:prod|production|live|deploy)(?:[/_.-]|$)/i.test(path);
}

/** Settings that are filled in from elsewhere: `globals().update(…)`, `locals()[name] = …`, `exec(…)`. */
function isGeneric(facts: ModuleFacts): boolean {
  return facts.calls.some(({ name }) => /^(?:globals|locals|vars|exec|django_heroku\.settings)$/.test(name));
}
