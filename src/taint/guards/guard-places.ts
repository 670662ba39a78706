import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import type { Origin, Value } from "../values/value.ts";
import { narrowMadeOf } from "./made-of.ts";
import { evaluateAgain, narrow, narrowAllSources, narrowSources, subjectOf } from "./narrow.ts";

/** `path.is_relative_to(base)`, where `..` and links are resolved before. */
export function assumeInside(machine: Machine, node: number): void {
  const subject = subjectOf(machine, node);
  if (isResolved(evaluateAgain(machine, subject))) narrowPlace(machine, subject);
}

const RESOLVERS: ReadonlySet<string> = new Set(["realpath", "abspath", "normpath", "resolve"]);

/** What holds of a resolved path holds of what was resolved, and of its parts: `abspath(join(base, name)).startswith(base)`. */
function narrowPlace(machine: Machine, node: number): void {
  const { syntax } = machine;
  const path = machine.models.kindMask(["path"]);
  narrow(machine, node, path);
  if (syntax.kind[node] === Kind.identifier) narrowMadeOf(machine, textOf(syntax, node), path);
  if (syntax.kind[node] !== Kind.call) return;
  const target = childByField(syntax, node, Field.function);
  const isMethod = syntax.kind[target] === Kind.attribute;
  const name = textOf(syntax, isMethod ? childByField(syntax, target, Field.attribute) : target);
  if (name === "join" || name === "joinpath" || name === "Path" || name === "str") {
    for (const part of namedChildren(syntax, childByField(syntax, node, Field.arguments))) narrowPlace(machine, part);
    return;
  }
  if (!RESOLVERS.has(name)) return;
  const given = name === "resolve" ? childByField(syntax, target, Field.object) : firstArgument(machine, node);
  if (given !== NONE) narrowPlace(machine, given);
}

function firstArgument({ syntax }: Machine, call: number): number {
  const list = childByField(syntax, call, Field.arguments);
  return list === NONE ? NONE : firstNamedChild(syntax, list);
}

/** `base in path.parents` of a resolved path; false for any other container. */
export function assumeParent(machine: Machine, container: number): boolean {
  const { syntax } = machine;
  if (syntax.kind[container] !== Kind.attribute) return false;
  if (textOf(syntax, childByField(syntax, container, Field.attribute)) !== "parents") return false;
  assumeInside(machine, childByField(syntax, container, Field.object));
  return true;
}

/** `path.relative_to(base)` raises where the path leads elsewhere. */
export function proveInside(machine: Machine, call: number): void {
  const { syntax } = machine;
  const target = childByField(syntax, call, Field.function);
  if (target === NONE || syntax.kind[target] !== Kind.attribute) return;
  if (textOf(syntax, childByField(syntax, target, Field.attribute)) !== "relative_to") return;
  assumeInside(machine, childByField(syntax, target, Field.object));
}

const NORMALIZED = /\bnormpath\(\)/;

function isResolved(value: Value): boolean {
  return value.paths.some((path) => /(?:realpath|abspath|normpath|safe_join|pathlib\.ResolvedPath)\(\)$/.test(path));
}

/**
 * A resolved path that begins with a base that nobody outside chose, or an address with a fixed host. An address that begins with `/` and not
 * with `//` stays on the site.
 */
export function assumePrefix(machine: Machine, receiver: number, argument: number | undefined, holds: boolean): void {
  if (argument === undefined) return;
  const subject = subjectOf(machine, receiver);
  const value = evaluateAgain(machine, subject);
  if (value.labels === 0) return;
  const given = deep(machine, evaluateAgain(machine, argument));
  if (given.labels !== 0) {
    if (holds && isOwnAddress(given) && ENDS_WITH_SLASH.test(given.origin?.source ?? ""))
      narrow(machine, subject, hostKinds(machine));
    return;
  }
  if (!holds) {
    if (value.prefix === "/" && mayBe(machine, given, "//")) narrow(machine, subject, hostKinds(machine));
    // Of a relative path `..` is left at the beginning alone.
    if (NORMALIZED.test(value.paths.join(" ")) && (mayBe(machine, given, "..") || mayBe(machine, given, "../")))
      narrow(machine, subject, 0, { mark: "path.WithoutParent()" });
    if (mayBe(machine, given, "/")) narrow(machine, subject, 0, { mark: "path.Relative()" });
    narrow(machine, subject, beginningMask(machine, given));
    return;
  }
  if (isResolved(value)) narrowPlace(machine, subject);
  narrow(machine, subject, begunMask(machine, given));
  const text = given.constants?.length === 1 ? String(given.constants[0]) : "";
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+[/?#]/i.test(text)) narrow(machine, subject, hostKinds(machine));
  if (text === "/") narrow(machine, subject, 0, { beginning: text });
}

/** `text[0] not in "=+-@"`, `text[:1] not in ("=", "+")`: how a text does not begin. */
export function assumeBeginning(machine: Machine, item: number, container: number): void {
  const { syntax } = machine;
  if (syntax.kind[item] !== Kind.subscript) return;
  if (!/^\s*(?:0|0?:\s*1)\s*$/.test(textOf(syntax, childByField(syntax, item, Field.subscript)))) return;
  const subject = subjectOf(machine, childByField(syntax, item, Field.value));
  narrow(machine, subject, beginningMask(machine, deep(machine, evaluateAgain(machine, container))));
}

/** What is harmless where a text does not begin so: an option begins with a dash, a formula with `=` and its like. */
function beginningMask(machine: Machine, given: Value): number {
  const { models } = machine;
  const isOneOf = (text: string) =>
    mayBe(machine, given, text) || given.constants?.some((one) => String(one).includes(text)) === true;
  return (isOneOf("-") ? models.kindMask(["argument"]) : 0) | (isOneOf("=") ? models.kindMask(["csv"]) : 0);
}

/** What is harmless where a text begins so: with neither a dash nor what begins a formula. */
function begunMask(machine: Machine, given: Value): number {
  const { models } = machine;
  const shape = machine.onlyShape(given);
  const beginnings = shape === undefined ? [given] : shape.rest === undefined ? [...shape.entries.values()] : [];
  const begin = (pattern: RegExp) =>
    beginnings.length > 0 &&
    beginnings.every(({ constants }) => constants?.every((one) => pattern.test(String(one))) === true);
  return (
    (begin(/^[^-]/) ? models.kindMask(["argument"]) : 0) | (begin(/^[^=+\-@\t\r\n]/) ? models.kindMask(["csv"]) : 0)
  );
}

/** Whether a text, or one of a tuple's elements, is this one. */
function mayBe(machine: Machine, given: Value, text: string): boolean {
  const listed = given.refs.flatMap((ref) => [...(machine.shape(ref)?.entries.values() ?? [])]);
  return [given, ...listed].some(({ constants }) => constants?.includes(text));
}

/** `ipaddress.ip_address(host).is_private`: whoever was asked for it is outside the own network where it does not hold. */
export function assumePublic(machine: Machine, node: number, holds: boolean): void {
  narrowAllSources(machine, publicOrigin(machine, node, holds), hostKinds(machine));
}

/** Where an address comes from that is outside the own network if the condition holds, or does not: also one of several conditions. */
export function publicOrigin(machine: Machine, node: number, holds: boolean): Origin | undefined {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.not_operator)
    return publicOrigin(machine, childByField(syntax, node, Field.argument), !holds);
  if (syntax.kind[node] === Kind.boolean_operator) {
    const isAnd = textOf(syntax, childByField(syntax, node, Field.operator)) === "and";
    if (isAnd !== holds) return undefined;
    const [left, right] = [Field.left, Field.right].map((field) => childByField(syntax, node, field));
    return publicOrigin(machine, left, holds) ?? publicOrigin(machine, right, holds);
  }
  if (syntax.kind[node] !== Kind.attribute) return undefined;
  const name = textOf(syntax, childByField(syntax, node, Field.attribute));
  if (holds ? name !== "is_global" : name !== "is_private") return undefined;
  const address = evaluateAgain(machine, childByField(syntax, node, Field.object));
  const isAddress = address.paths.some((path) => /^ipaddress\.(?:ip_address|IPv[46]Address)\(\)$/.test(path));
  return isAddress ? address.origin : undefined;
}

/** `urlparse(url).scheme in ("http", "https")`: an address that begins with the name of a scheme is neither an option nor a formula. */
export function isScheme({ paths }: Value): boolean {
  return paths.some((path) => /^urllib\.parse\.url(?:parse|split)\(\)\.scheme$/.test(path));
}

/** The host of a parsed address: `urlparse(url).hostname`. */
export function isHostOf(machine: Machine, node: number): boolean {
  const { syntax } = machine;
  if (syntax.kind[node] !== Kind.attribute) return false;
  return /^(?:netloc|hostname|host|authority)$/.test(textOf(syntax, childByField(syntax, node, Field.attribute)));
}

/** A value that was taken from a parsed address and is its host, whatever name it has been given. */
export function isHost(value: Value): boolean {
  return value.labels !== 0 && value.paths.some((path) => HOST.test(path));
}

/** The site's address up to the slash behind its host. */
const ENDS_WITH_SLASH = /\.(?:host_url|url_root|root_url)$/;

/** Taken from nothing but the address at which a request reached the site itself, whatever came with it. */
export function isOwnAddress({ labels, origin }: Value): boolean {
  return labels !== 0 && origin !== undefined && !origin.isMixed && OWN_ADDRESS.test(origin.source);
}

/** Members of the requests of frameworks that name the site: `flask.request.host_url`, `django.http.HttpRequest().get_host()`. */
const OWN_ADDRESS =
  /\.(?:host|host_url|hostname|url|url_root|root_url|base_url|get_host|application_url|domain|netloc)(?:\(\))?$|\[(?:HTTP_HOST|SERVER_NAME)\]$/;

const HOST = /^urllib\.parse\.url(?:parse|split)\(\)\.(?:hostname|netloc)(?:\.(?:lower|strip|rstrip|casefold)\(\))*$/;

/** `host.endswith(".example.org")`: a name below a domain. Without the dot, `evil-example.org` ends so, too. */
export function assumeDomain(machine: Machine, receiver: number, argument: number | undefined): void {
  const subject = subjectOf(machine, receiver);
  const value = evaluateAgain(machine, subject);
  if (argument === undefined || !(isHostOf(machine, subject) || isHost(value))) return;
  const given = evaluateAgain(machine, argument);
  const endings = given.refs.length > 0 ? elementOf(machine, given) : given;
  if (endings === undefined || endings.labels !== 0 || !beginsWithDot(endings)) return;
  narrowSources(machine, value.origin, hostKinds(machine));
  if (machine.syntax.kind[subject] === Kind.identifier) narrow(machine, subject, hostKinds(machine));
}

function beginsWithDot({ constants, prefix }: Value): boolean {
  if (constants === undefined || constants.length === 0) return prefix?.startsWith(".") === true;
  return constants.every((ending) => typeof ending === "string" && /^\.[^.]/.test(ending));
}

/**
 * A function that is named for the question whether an address leads to the site itself: `is_safe_url(target)`. Its answer
 * counts however it is found, for its body is seldom one that can be followed.
 */
export function asksForOwnAddress(name: string): boolean {
  return /^_*(?:url_?)?(?:is|has|are)_?(?:an?_)?(?:safe|local|same|own|trusted|allowed|internal|whitelisted|allowlisted)_?(?:\w+_)?(?:url|uri|redirect|host|origin|target|next|link|domain)/i.test(
    name,
  );
}

/** Names of functions that ask whether one path is inside another: `is_within_directory(folder, path)`, `is_in_or_equal(path, folder)`. */
export function asksForPlace(name: string): boolean {
  return /^_*(?:path_?)?is_?(?:path_?)?(?:in|inside|within|below|beneath|under|child|descendant|subpath|sub_path)(?:_(?:or_equal|of|to|dir|directory|folder|path|root|base|tree|parent)\w*)?$/i.test(
    name,
  );
}

/** Names of functions that ask whether what somebody names may be called or reached: `is_authorized(method, user)`, `is_exposed(name)`. */
export function asksForRight(name: string): boolean {
  return /^_*(?:(?:is|are)_(?:authori[sz]ed|permitted|exposed|callable|public|published)|may_(?:call|run|use)|can_call|is_allowed_(?:method|function|call|action|command|attribute|attr)s?)$/i.test(
    name,
  );
}

export function hostKinds(machine: Machine): number {
  return machine.models.kindMask(["ssrf", "redirect", "url"]);
}
