import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import { textOf } from "../../python/walk.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { AssignmentFact, CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "./fact-index.ts";
import { isConfiguredFromItself, isDevelopmentPath, isDjangoSettings, isSettingsPath } from "./settings-module.ts";

export type Framework = "django" | "flask" | "quart";

/** A setting of a web framework and what it is set to. */
export interface WebSetting {
  readonly name: string;
  /** As written: `app.config["SECRET_KEY"]`. */
  readonly written: string;
  /** What is reported: the assignment or the argument. */
  readonly node: number;
  readonly valueNode: number;
  readonly value: ValueFact;
}

/** Attributes of an application that stand for a setting. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([["permanent_session_lifetime", "PERMANENT_SESSION_LIFETIME"]]);

const MAY_BE_DEVELOPMENT = /dev|test|debug|local/i;

/**
 * The settings that a module makes for these frameworks, where they hold in production: Django's at the top level of a settings
 * module, Flask's by key, by keyword, as an attribute of the application or of a class of settings, and at the top level of a
 * module that the application is configured from.
 */
export function webSettings(facts: ModuleFacts, frameworks: readonly Framework[]): readonly WebSetting[] {
  const known = settingsByFrameworks(facts);
  const key = frameworks.join();
  const settings = known.get(key) ?? [...findSettings(facts, frameworks)];
  known.set(key, settings);
  return settings;
}

const settingsByFrameworks: (facts: ModuleFacts) => Map<string, readonly WebSetting[]> = oncePer(() => new Map());

/** Without any of these no module makes one of the settings. */
export function settingTriggers(settings: readonly string[]): Triggers {
  const applications = prefixes(["flask", "quart"]);
  return {
    names: settings,
    targets: applications.flatMap((application) => [
      ...settings.map((setting) => `${application}config[${setting}]`),
      ...[...ATTRIBUTES].flatMap(([attribute, setting]) =>
        settings.includes(setting) ? [application + attribute] : [],
      ),
    ]),
    calls: applications.flatMap((application) => UPDATES.map((method) => application + method)),
  };
}

const UPDATES = ["config.update", "config.from_mapping"];

function* findSettings(facts: ModuleFacts, frameworks: readonly Framework[]): Generator<WebSetting> {
  if (isDevelopmentPath(facts.path)) return;
  const isDjango = frameworks.includes("django") && isDjangoSettings(facts);
  const others = frameworks.filter((framework) => framework !== "django");
  const applications = prefixes(others);
  const isOwnModule = isDjango || (others.length > 0 && isConfiguredFromItself(facts));
  for (const fact of facts.assignments) {
    const name =
      (isOwnModule && facts.scopeOf(fact.node) === "" && /^[A-Z]/.test(fact.name) ? fact.name : undefined) ??
      applicationSetting(fact, applications) ??
      (isOfSettingsClass(facts, fact, others) && !isOverridden(facts, fact) ? fact.name : undefined);
    if (name === undefined || isUnderDebugGuard(facts.syntax, fact.node)) continue;
    yield { name, written: fact.name, node: fact.node, valueNode: fact.value, value: fact.valueFact };
  }
  for (const call of facts.calls) {
    if (!isUpdate(call, applications) || isUnderDebugGuard(facts.syntax, call.node)) continue;
    const settings = [...settingsOfCall(call)];
    if (!settings.some(({ name, value }) => name === "TESTING" && value.constants.includes(true))) yield* settings;
  }
}

function applicationSetting(fact: AssignmentFact, applications: readonly string[]): string | undefined {
  for (const path of fact.paths) {
    const prefix = applications.find((application) => path.startsWith(application));
    if (prefix === undefined) continue;
    const rest = path.slice(prefix.length);
    const key = /^config\[(\w+)\]$/.exec(rest)?.[1] ?? ATTRIBUTES.get(rest);
    if (key !== undefined) return key;
  }
  return undefined;
}

/** `class Production: SESSION_COOKIE_SECURE = False`, in a module of settings or one that uses the framework. */
function isOfSettingsClass(facts: ModuleFacts, fact: AssignmentFact, frameworks: readonly Framework[]): boolean {
  if (frameworks.length === 0 || !/^[A-Z][A-Z0-9_]+$/.test(fact.name)) return false;
  const scope = facts.scopeOf(fact.node);
  if (scope === "" || MAY_BE_DEVELOPMENT.test(scope)) return false;
  const isClass = factIndex(facts).classNamed(scope) !== undefined;
  const usesFramework = facts.imports.some(({ module }) => frameworks.some((name) => module.split(".")[0] === name));
  return isClass && (usesFramework || (isSettingsPath(facts.path) && /config|settings|prod/i.test(scope)));
}

/** A class of the module that derives from this one sets it too: the first stands for what developers run. */
function isOverridden(facts: ModuleFacts, fact: AssignmentFact): boolean {
  const scope = facts.scopeOf(fact.node);
  const derived = facts.definitions.filter(({ bases }) =>
    bases.some(({ node }) => textOf(facts.syntax, node) === scope),
  );
  return facts.assignments.some(
    ({ name, node }) =>
      name === fact.name && derived.some(({ qualifiedName }) => qualifiedName === facts.scopeOf(node)),
  );
}

function isUpdate({ callee }: CallFact, applications: readonly string[]): boolean {
  return callee.some((path) =>
    applications.some((application) => UPDATES.some((method) => path === application + method)),
  );
}

function* settingsOfCall(call: CallFact): Generator<WebSetting> {
  for (const { keyword, node, value } of call.args) {
    if (keyword !== undefined) yield { name: keyword, written: keyword, node: call.node, valueNode: node, value };
    for (const [key, entry] of value.entries ?? []) {
      if (typeof key === "string") yield { name: key, written: key, node: call.node, valueNode: node, value: entry };
    }
  }
}

function prefixes(frameworks: readonly Framework[]): readonly string[] {
  return frameworks.flatMap((framework) => [
    `${framework}.${framework === "flask" ? "Flask" : "Quart"}().`,
    `${framework}.current_app.`,
  ]);
}
