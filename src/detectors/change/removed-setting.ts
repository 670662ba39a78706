import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
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
  ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "browsers may reach the hosts below this one without HTTPS"],
  ...["SECURE_CSP", "CONTENT_SECURITY_POLICY", "CSP_DEFAULT_SRC", "CSP_SCRIPT_SRC"].map(
    (name) => [name, "scripts that do not belong to a page are run in it"] as const,
  ),
]);

/** Settings whose own value protects, what they have to be set to for that to end, and what happens then. */
const SWITCHED_OFF: ReadonlyMap<string, readonly [RegExp, string]> = new Map([
  ["SECURE_CONTENT_TYPE_NOSNIFF", [/^(?:false|null|0)$/, "browsers guess what an answer is"]],
  ["X_FRAME_OPTIONS", [/^(?!(?:DENY|SAMEORIGIN)$)/i, "other sites can show the pages in a frame"]],
  ["SECURE_REFERRER_POLICY", [/^(?:null|unsafe-url)?$/, "other sites may learn the whole address of the page before"]],
  ["SECURE_CROSS_ORIGIN_OPENER_POLICY", [/^(?:null|unsafe-none)?$/, "windows of other sites keep a hold of the pages"]],
  ["DATA_UPLOAD_MAX_MEMORY_SIZE", [/^null$/, "requests may be as large as they like"]],
  ["DATA_UPLOAD_MAX_NUMBER_FIELDS", [/^null$/, "a request may have as many fields as it likes"]],
  ["DATA_UPLOAD_MAX_NUMBER_FILES", [/^null$/, "a request may have as many files as it likes"]],
]);

/** Settings that protect by a list, a limit or a policy, and that may be emptied in their place. */
const EMPTIED = new Set([
  "AUTH_PASSWORD_VALIDATORS",
  "MAX_CONTENT_LENGTH",
  "SECURE_HSTS_INCLUDE_SUBDOMAINS",
  "SECURE_CSP",
  "CONTENT_SECURITY_POLICY",
]);

/** In the dictionary of Django REST framework, whose own values let everyone in, as often as they like. */
const PERMISSIONS = "DEFAULT_PERMISSION_CLASSES";
const OF_REST_FRAMEWORK: ReadonlyMap<string, string> = new Map([
  [PERMISSIONS, "a view that names no permissions lets everyone in"],
  ["DEFAULT_THROTTLE_CLASSES", "views without a limit of their own have none"],
]);

/** Django's own value is no worse. */
const SAFE_IN_DJANGO = new Set(["SESSION_COOKIE_SAMESITE", "MAX_CONTENT_LENGTH"]);

const LOADER = /\bconfig\.from_(?:object|pyfile|envvar|prefixed_env|file|json)$/;

/** Settings that ask a framework for a protection, and that the head has nowhere in the file. */
export const removedSetting: ChangeDetector = {
  kind: "change",
  name: "removed-setting",
  prepare: () => ({
    concerns: ({ removed, added }) =>
      [...WITHOUT.keys(), ...OF_REST_FRAMEWORK.keys(), "alidator", "hrottle", "axes"].some((name) =>
        removed.includes(name),
      ) || [...SWITCHED_OFF.keys()].some((name) => added.includes(name)),
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
  yield* ofRestFramework({ base, head }, left);
  yield* lostEntries({ base, head }, left);
  yield* switchedOff(new Map(before.map((one) => [one.name, one])), after);
  for (const [at, setting] of before.entries()) {
    const without = WITHOUT.get(setting.name);
    if (without === undefined || left.has(setting.name) || asksForNothing(setting)) continue;
    const near = [...before.slice(0, at).reverse(), ...before.slice(at)]
      .map(({ name }) => after.get(name))
      .find((one) => one !== undefined);
    const node = near?.node ?? applicationOf(head, setting);
    if (node !== undefined) yield { node, fields: { does: "takes out", name: setting.name, without } };
  }
}

/** Settings that are there and ask for nothing from now on. */
function* switchedOff(
  before: ReadonlyMap<string, WebSetting>,
  after: ReadonlyMap<string, WebSetting>,
): Generator<Detection> {
  // In new settings nothing was on.
  if (before.size === 0) return;
  for (const [name, now] of after) {
    const then = before.get(name);
    const [off, what] = SWITCHED_OFF.get(name) ?? [];
    const isOff = off === undefined ? asksForNothing : (one: WebSetting) => isConstant(one, off);
    const without = what ?? (EMPTIED.has(name) && then !== undefined ? WITHOUT.get(name) : undefined);
    if (without === undefined || !isOff(now) || (then !== undefined && isOff(then))) continue;
    yield { node: now.node, fields: { does: "switches off", name, without } };
  }
}

function isConstant({ value: { constants } }: WebSetting, pattern: RegExp): boolean {
  return constants.length > 0 && constants.every((constant) => pattern.test(`${constant}`));
}

function* ofRestFramework({ base, head }: ChangeSides, left: ReadonlySet<string>): Generator<Detection> {
  const settingsIn = (facts: ModuleFacts) => facts.assignments.find(({ name }) => name === "REST_FRAMEWORK");
  const after = settingsIn(head);
  if (after?.valueFact.complete !== true) return;
  for (const [name, without] of OF_REST_FRAMEWORK) {
    const before = settingsIn(base)?.valueFact.entries?.get(name);
    if (before === undefined || before.elements?.length === 0 || left.has(name)) continue;
    yield { node: after.target, fields: { does: "takes out", name, without } };
  }
}

/** Lists of which each entry protects by itself, by what tells such an entry, and what happens without it. */
const LISTS: readonly (readonly [string, RegExp, string])[] = [
  ["AUTH_PASSWORD_VALIDATORS", /Validator$/, "passwords that it turned down are good enough"],
  ["AUTHENTICATION_BACKENDS", /axes|lockout/i, "somebody can try passwords as often as they like"],
  ["REST_FRAMEWORK", /Throttle$/, "whom it held back can ask as often as they like"],
];

/** What such a list has no more, where nothing came in its place. */
function* lostEntries({ base, head }: ChangeSides, left: ReadonlySet<string>): Generator<Detection> {
  const known = wordsOf(base);
  for (const [list, pattern, without] of LISTS) {
    const before = base.assignments.find(({ name }) => name === list);
    const after = head.assignments.find(({ name }) => name === list);
    if (before === undefined || after === undefined) continue;
    const now = textsIn(head, after.value).filter((text) => pattern.test(text));
    if (now.length === 0 || now.some((text) => !known.has(text))) continue;
    const lost = textsIn(base, before.value).find((text) => pattern.test(text) && !left.has(text));
    if (lost === undefined) continue;
    yield { node: after.target, fields: { does: "takes out", name: lastPart(lost), without } };
  }
}

function textsIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++)
    if (syntax.kind[at] === Kind.string) found.push(literalText(syntax, at) ?? "");
  return found;
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
  if (value.elements?.length === 0 || (value.complete === true && value.entries?.size === 0)) return true;
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
