import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { type WebSetting, webSettings } from "../shared/web-settings.ts";

/** Settings without which a framework does not do what they ask for, and what it does then. */
const WITHOUT: ReadonlyMap<string, string> = new Map([
  ["SECURE_SSL_REDIRECT", "plain HTTP is answered as it comes"],
  ["SECURE_HSTS_SECONDS", "browsers may come back without HTTPS"],
  ["SESSION_COOKIE_SECURE", "the session's cookie also travels over plain HTTP"],
  ["CSRF_COOKIE_SECURE", "the CSRF cookie also travels over plain HTTP"],
  ["REMEMBER_COOKIE_SECURE", "the cookie that remembers a login also travels over plain HTTP"],
  ["SESSION_COOKIE_SAMESITE", "browsers send the session's cookie along from other sites"],
  ["AUTH_PASSWORD_VALIDATORS", "any password is good enough"],
  ["MAX_CONTENT_LENGTH", "requests may be as large as they like"],
]);

/** A list that may be emptied instead. */
const LIST = "AUTH_PASSWORD_VALIDATORS";

/** In the dictionary of Django REST framework, whose own value lets everyone in. */
const PERMISSIONS = "DEFAULT_PERMISSION_CLASSES";

/** Django's own value is no worse. */
const SAFE_IN_DJANGO = new Set(["SESSION_COOKIE_SAMESITE", "MAX_CONTENT_LENGTH"]);

const LOADER = /\bconfig\.from_(?:object|pyfile|envvar|prefixed_env|file|json)$/;

/** Settings that ask a framework for a protection, and that the head has nowhere in the file. */
export const removedSetting: ChangeDetector = {
  kind: "change",
  name: "removed-setting",
  prepare: () => ({
    concerns: ({ removed }) =>
      [...WITHOUT.keys(), PERMISSIONS, "password_validation"].some((name) => removed.includes(name)),
    detect,
  }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  // Another module or file may bring them along.
  if (head.imports.some(({ member }) => member === "*") || head.calls.some(({ name }) => LOADER.test(name))) return;
  const left = wordsOf(head);
  const before = [...settingsOf(base, ["django"]), ...settingsOf(base, ["flask", "quart"])];
  const after = new Map(
    [...settingsOf(head, ["django"]), ...settingsOf(head, ["flask", "quart"])].map((one) => [one.name, one]),
  );
  yield* permissions({ base, head }, left);
  const validators = after.get(LIST);
  if (
    validators !== undefined &&
    asksForNothing(validators) &&
    before.some((one) => one.name === LIST && !asksForNothing(one))
  )
    yield { node: validators.node, fields: { name: LIST, without: WITHOUT.get(LIST) ?? "" } };
  for (const [at, setting] of before.entries()) {
    const without = WITHOUT.get(setting.name);
    if (without === undefined || left.has(setting.name) || asksForNothing(setting)) continue;
    const near = [...before.slice(0, at).reverse(), ...before.slice(at)]
      .map(({ name }) => after.get(name))
      .find((one) => one !== undefined);
    const node = near?.node ?? applicationOf(head, setting);
    if (node !== undefined) yield { node, fields: { name: setting.name, without } };
  }
}

function* permissions({ base, head }: ChangeSides, left: ReadonlySet<string>): Generator<Detection> {
  const settingsIn = (facts: ModuleFacts) => facts.assignments.find(({ name }) => name === "REST_FRAMEWORK");
  const before = settingsIn(base)?.valueFact.entries?.get(PERMISSIONS);
  const after = settingsIn(head);
  if (before?.elements?.length === 0 || before === undefined || after === undefined || left.has(PERMISSIONS)) return;
  if (after.valueFact.complete !== true) return;
  const without = "a view that names no permissions lets everyone in";
  yield { node: after.target, fields: { name: PERMISSIONS, without } };
}

/** `app = Flask(__name__)`, where none of the settings of `app` is left. */
function applicationOf(head: ModuleFacts, { written }: WebSetting): number | undefined {
  const [name = ""] = written.split(/[.[]/);
  return name === written ? undefined : head.assignments.find((one) => one.name === name)?.target;
}

function settingsOf(facts: ModuleFacts, frameworks: readonly ("django" | "flask" | "quart")[]): readonly WebSetting[] {
  const isDjango = frameworks.includes("django");
  return [...webSettings(facts, frameworks)].filter(({ name }) => !isDjango || !SAFE_IN_DJANGO.has(name));
}

function asksForNothing({ value }: WebSetting): boolean {
  if (value.elements?.length === 0) return true;
  return value.constants.length > 0 && value.constants.every((constant) => !constant || constant === "None");
}

/** Every name and text of the file: a setting may have gone to a class, a condition or a dictionary. */
function wordsOf({ syntax }: ModuleFacts): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at < syntax.count; at++) {
    if (syntax.kind[at] === Kind.identifier) found.add(textOf(syntax, at));
    else if (syntax.kind[at] === Kind.string) found.add(literalText(syntax, at) ?? "");
  }
  return found;
}
