import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, childOfKind, NONE, textOf } from "../../python/walk.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { withoutSpace } from "../../text/without-space.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";

/** A check of who may pass, by its name: `login_required`, `LoginRequiredMixin`, `IsAdminUser`. */
export interface Guard {
  readonly name: string;
  /** The decorator, base, parameter list or assignment that asks for it. */
  readonly node: number;
}

/** The checks that a function or class asks for itself. */
export function guardsOf(facts: ModuleFacts, definition: DefinitionFact): readonly Guard[] {
  return [
    ...decoratorGuards(facts, definition),
    ...(definition.kind === "class" ? classGuards(facts, definition) : parameterGuards(facts, definition)),
  ];
}

/** `Depends(current_user)`, `Security(get_user)`: the checks among what a piece of code depends on. */
export function dependencyGuards(code: string): readonly string[] {
  const names = [...code.matchAll(/\b(?:Depends|Security)\(\s*([\w.]+)/g)].map(([, name = ""]) => lastPart(name));
  return names.filter(isCheckedIdentity);
}

/** A part of a function or class, below its decorators: name, parameters, body; NONE where there is none. */
export function partOf({ syntax }: ModuleFacts, { node }: DefinitionFact, field: number): number {
  const inner = childByField(syntax, node, Field.definition);
  return childByField(syntax, inner === NONE ? node : inner, field);
}

/** The parameter list of a function; NONE where there is none. */
export function parametersOf(facts: ModuleFacts, definition: DefinitionFact): number {
  return partOf(facts, definition, Field.parameters);
}

/** The body of a function or class. */
export function bodyOf(facts: ModuleFacts, definition: DefinitionFact): number {
  return partOf(facts, definition, Field.body);
}

/** The parameters of a function as they are written, without spaces. */
export function parametersText(facts: ModuleFacts, definition: DefinitionFact): string {
  const node = parametersOf(facts, definition);
  return node === NONE ? "" : withoutSpace(textOf(facts.syntax, node));
}

/** What a decorator calls, of its text: `limiter.limit` of `@limiter.limit("5/minute")`. */
export function decoratorName(text: string): string {
  return text.replace(/^@/, "").replace(/\(.*$/s, "");
}

/** The names in a piece of code: no text of literals. */
export function identifiersIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++)
    if (syntax.kind[at] === Kind.identifier) found.push(textOf(syntax, at));
  return found;
}

function decoratorGuards(facts: ModuleFacts, { decorators }: DefinitionFact): readonly Guard[] {
  return decorators.flatMap(({ node, paths }) => {
    const asGuard = (name: string): Guard => ({ name, node });
    if (isRouteDecorator(facts, node)) return dependencyGuards(textOf(facts.syntax, node)).map(asGuard);
    if (paths.some((path) => path.startsWith("starlette.authentication.requires"))) return [asGuard("requires")];
    const names = identifiersIn(facts, node);
    if (names.some((name) => name === "permission_classes")) return permissionNames(facts, node).map(asGuard);
    return names.filter(isGuardName).slice(0, 1).map(asGuard);
  });
}

function parameterGuards(facts: ModuleFacts, definition: DefinitionFact): readonly Guard[] {
  const node = parametersOf(facts, definition);
  if (node === NONE) return [];
  const code = textOf(facts.syntax, node);
  const aliases = [...code.matchAll(ALIAS)].flatMap(([, name = ""]) => (IS_DATA.test(name) ? [] : [name]));
  const named = [...code.matchAll(WHOEVER_OF_TYPE)].flatMap(([, name = ""]) => (IS_DATA.test(name) ? [] : [name]));
  return [...new Set([...dependencyGuards(code), ...aliases, ...named])].map((name) => ({ name, node }));
}

/** Types that carry a dependency along: `CurrentUser`, `auth.OrdersWrite` of a module of such types. */
const ALIAS = /:\s*((?:Current|Auth|Active|Admin)\w*(?:User|Admin)\w*|(?:\w+_)?auth\w*\.[A-Z]\w*)/g;

/** Types of parameters that are named for who asks, and are given nothing: the type carries the dependency. */
const WHOEVER_OF_TYPE = /\b(?:auth_subject|authz|auth_context|principal)\s*:\s*([A-Z]\w*)\s*(?=[,)]|$)/g;

/** Types of what is sent or answered. */
const IS_DATA = /(?:Request|Response|Create|Update|Schema|Form|Body|Payload|Model|Base|In|Out|Input)$/;

function classGuards(facts: ModuleFacts, { bases, qualifiedName }: DefinitionFact): readonly Guard[] {
  const mixins = bases
    .map(({ node }) => ({ name: lastPart(textOf(facts.syntax, node)), node }))
    .filter(({ name }) => isGuardMixin(name));
  // Of classes that are all of Django's own, the mixin alone reads the attribute.
  const isDjango = bases.length > 0 && bases.every(({ paths }) => paths.some((path) => path.startsWith("django.")));
  const isRead = (name: string) =>
    name !== "permission_required" || !isDjango || mixins.some((mixin) => mixin.name === "PermissionRequiredMixin");
  const declared = factIndex(facts)
    .assignmentsIn(qualifiedName)
    .flatMap(({ name, node, value }): readonly Guard[] => {
      if (name === "permission_classes") return permissionNames(facts, value).map((one) => ({ name: one, node }));
      if (NAMES_RIGHTS.test(name)) return asksForSomething(facts, value) && isRead(name) ? [{ name, node }] : [];
      if (name !== "decorators") return [];
      return identifiersIn(facts, value)
        .filter(isGuardName)
        .map((one) => ({ name: one, node }));
    });
  return [...mixins, ...declared];
}

/** Attributes by which a view names the rights that it takes: `permission_required = "shop.sell"`. */
const NAMES_RIGHTS =
  /^(?:(?:additional_|extra_|required_)?permissions?(?:_required)?|(?:required_|allowed_)?(?:roles|groups|scopes)(?:_required)?)$/;

function asksForSomething({ syntax }: ModuleFacts, value: number): boolean {
  const kind = syntax.kind[value];
  if (kind === Kind.string) return true;
  return (kind === Kind.list || kind === Kind.tuple || kind === Kind.set) && operands(syntax, value).length > 0;
}

/** The classes of a list of permissions; an empty list lets everyone in. */
function permissionNames(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const list = listIn(facts, node);
  if (list === NONE) return identifiersIn(facts, node).filter((name) => /^[A-Z]/.test(name));
  if (operands(syntax, list).length === 0) return ["[]"];
  return identifiersIn(facts, list).filter((name) => /^[A-Z]/.test(name));
}

function listIn({ syntax }: ModuleFacts, node: number): number {
  for (let at = node; at < syntax.next[node]; at++)
    if (syntax.kind[at] === Kind.list || syntax.kind[at] === Kind.tuple) return at;
  return childOfKind(syntax, node, Kind.list);
}

/** `LoginRequiredMixin`, `UserPassesTestMixin`, `StaffAccessMixin`. */
function isGuardMixin(name: string): boolean {
  const words = nameWords(name);
  return words.includes("mixin") && words.some((word) => ["required", "access", "passes", "permission"].includes(word));
}

/** What a dependency is named for that finds out who asks, or who sent something. */
function isCheckedIdentity(name: string): boolean {
  return (
    isGuardName(name) ||
    /^verify_|signature|hmac|user|account|auth|token|admin|permission|principal|identity|scope/i.test(name)
  );
}
