import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

const DECORATOR = "rest_framework.decorators.permission_classes";
const ALLOW_ANY = new Set(["rest_framework.permissions.AllowAny"]);

/** Views that have to be open: who signs in is not signed in yet, and what calls a webhook never is. */
const OPEN = new Set(
  (
    "login logout signin signup register registration token auth obtain refresh password reset forgot health healthcheck ping " +
    "status version webhook callback public landing index schema docs swagger contact activate activation verify confirm " +
    "csrf captcha oauth sso invite invitation feedback"
  ).split(" "),
);

/** Views of Django REST framework that are open to everyone, and projects in which all are. */
export const drfPermissions: ModuleDetector = {
  kind: "module",
  name: "drf-permissions",
  triggers: { names: ["permission_classes", "REST_FRAMEWORK"], calls: [DECORATOR] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const { node, name, valueFact } of facts.assignments) {
    const scope = facts.scopeOf(node);
    if (name === "permission_classes" && letsAllIn(valueFact) && scope !== "" && !isOpen(scope)) {
      yield { node, fields: { where: scope } };
    }
    if (name === "REST_FRAMEWORK" && scope === "" && letsAllIn(valueFact.entries?.get("DEFAULT_PERMISSION_CLASSES"))) {
      yield { node, fields: { where: "DEFAULT_PERMISSION_CLASSES" } };
    }
  }
  for (const call of facts.calls) {
    if (!call.callee.includes(DECORATOR) || !letsAllIn(call.args[0]?.value)) continue;
    const view = facts.definitions.find(({ decorators }) =>
      decorators.some(({ node }) => node < call.node && call.node < facts.syntax.next[node]),
    );
    if (view !== undefined && !isOpen(view.name)) yield { node: call.node, call, fields: { where: view.name } };
  }
}

function letsAllIn(value: ValueFact | undefined): boolean {
  const elements = value?.elements;
  if (elements === undefined) return false;
  if (elements.length === 0) return true;
  return elements.some(({ paths, constants }) => [...paths, ...constants].some((one) => ALLOW_ANY.has(String(one))));
}

function isOpen(scope: string): boolean {
  return nameWords(scope).some((word) => OPEN.has(word));
}
