import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { isReplaced } from "./replaced-guard.ts";

/** What a function or class asked for and what it asks for now, as written; `node` is that at the head. */
export interface WeakerDemand {
  readonly before: string;
  readonly after: string;
  readonly node: number;
}

/** How much an attribute of an account tells: that there is one, that it may do more than others, that it may do all. */
const FLAGS: ReadonlyMap<string, number> = new Map([
  ["is_anonymous", 0],
  ["is_authenticated", 0],
  ["is_active", 0],
  ["is_verified", 1],
  ["is_moderator", 2],
  ["is_staff", 2],
  ["is_admin", 3],
  ["is_superuser", 3],
  ["AllowAny", -1],
  ["IsAuthenticatedOrReadOnly", 0],
  ["IsAuthenticated", 1],
  ["IsAdminUser", 3],
]);

/** Functions, decorators and attributes that take the names of rights, and those of them that ask for all of a list. */
const TAKES_RIGHTS = /perm|scope|role|right|^(?:requires?|can|may|authori[sz]e|Security)$/i;
const HOLDS_RIGHTS = /perm|scope|role/i;
const ASKS_FOR_ALL = /^(?:requires|(?:roles|permissions?|scopes)_required|require_scopes|Security)$/;

/** Words by which the name of a right lets somebody look, and no more. */
const READING = /(?:^|[._:/-])(?:view|read|list|get|see|browse|show)(?:$|[._:/-])/i;

/**
 * A demand that a definition keeps in its place with less in it: `is_staff` that became `is_authenticated`, a right to delete that became
 * one to view, a list of rights that all had to be there and that is shorter. Undefined where anything else among them changed as well.
 */
export function weakerDemand(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): WeakerDemand | undefined {
  const flags = onlyChange(flagsIn(base, before), flagsIn(head, after));
  const isLess = flags !== undefined && (FLAGS.get(flags.after) ?? 0) < (FLAGS.get(flags.before) ?? 0);
  if (isLess) return isReplaced({ base, head }, before, after, NONE_JUDGED, false) ? undefined : flags;
  if (isReplaced({ base, head }, before, after)) return undefined;
  const permissions = weakerPermissions({ base, head }, before, after);
  if (permissions !== undefined) return permissions;
  const then = rightsIn(base, before);
  const now = rightsIn(head, after);
  const right = onlyChange(then, now);
  if (right !== undefined && READING.test(right.after) && !READING.test(right.before)) return right;
  return shorterList(then, now);
}

/** A class's list of permissions, all of which have to hold, with fewer of them, or with one of two in place of both. */
function weakerPermissions(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): WeakerDemand | undefined {
  const listOf = (facts: ModuleFacts, { kind, qualifiedName }: DefinitionFact) =>
    kind === "class" ? factIndex(facts).assignmentsTo(qualifiedName, "permission_classes")[0] : undefined;
  const was = listOf(base, before);
  const is = listOf(head, after);
  if (was === undefined || is === undefined) return undefined;
  const [then, now] = [textOf(base.syntax, was.value), textOf(head.syntax, is.value)];
  const names = entriesOf(then);
  const left = entriesOf(now);
  const isFewer = left.length > 0 && left.length < names.length && left.every((name) => names.includes(name));
  const isEither = then.includes("&") && now.includes("|") && then.replaceAll("&", "|") === now;
  return isFewer || isEither ? { before: then, after: now, node: is.value } : undefined;
}

/** The entries of a list, as they are written. */
function entriesOf(list: string): readonly string[] {
  return list
    .replaceAll(/[[\]()\s]/g, "")
    .split(",")
    .filter((entry) => entry !== "");
}

const NONE_JUDGED: ReadonlySet<string> = new Set();

interface Demand {
  readonly written: string;
  readonly node: number;
  /** Who is asked. */
  readonly by: string;
  readonly call: number;
}

function onlyChange(then: readonly Demand[], now: readonly Demand[]): WeakerDemand | undefined {
  if (then.length !== now.length) return undefined;
  const changed = then.flatMap((one, at) => {
    const other = now[at];
    return other === undefined || one.written === other.written ? [] : [{ one, other }];
  });
  const [only, ...others] = changed;
  if (only === undefined || others.length > 0 || only.one.by !== only.other.by) return undefined;
  return { before: only.one.written, after: only.other.written, node: only.other.node };
}

/** A list of which everything had to be there, with fewer in it; nothing of it may be new. */
function shorterList(then: readonly Demand[], now: readonly Demand[]): WeakerDemand | undefined {
  const all = then.filter(({ by }) => ASKS_FOR_ALL.test(by));
  const left = now.filter(({ by }) => ASKS_FOR_ALL.test(by));
  const [last] = left;
  if (last === undefined || new Set(all.map(({ call, by }) => `${call} ${by}`)).size !== 1) return undefined;
  const known = new Set(all.map(({ written }) => written));
  const kept = new Set(left.map(({ written }) => written));
  const lost = all.find(({ written }) => !kept.has(written));
  const isOne = new Set(left.map(({ call }) => call)).size === 1;
  if (lost === undefined || !isOne || left.some(({ written }) => !known.has(written))) return undefined;
  return { before: all.map(({ written }) => written).join(" + "), after: [...kept].join(" + "), node: last.node };
}

/** Of a function those of its decorators and body, of a class those of its own attributes. */
function* nodesOf(
  facts: ModuleFacts,
  { node, kind, qualifiedName }: DefinitionFact,
  wanted: number,
): Generator<number> {
  const { syntax } = facts;
  const above = syntax.parent[node];
  const whole = syntax.kind[above] === Kind.decorated_definition ? above : node;
  for (let at = whole; at < syntax.next[whole]; at++) {
    if (syntax.kind[at] === wanted && (kind === "function" || facts.scopeOf(at) === qualifiedName)) yield at;
  }
}

function flagsIn(facts: ModuleFacts, definition: DefinitionFact): readonly Demand[] {
  const { syntax } = facts;
  // Of a class its list of permissions is compared as a whole.
  if (definition.kind === "class") return [];
  return [...nodesOf(facts, definition, Kind.attribute)].flatMap((node) => {
    const written = textOf(syntax, childByField(syntax, node, Field.attribute));
    return FLAGS.has(written)
      ? [{ written, node, by: textOf(syntax, childByField(syntax, node, Field.object)), call: node }]
      : [];
  });
}

function rightsIn(facts: ModuleFacts, definition: DefinitionFact): readonly Demand[] {
  const { syntax } = facts;
  return [...nodesOf(facts, definition, Kind.string)].flatMap((node) => {
    const written = literalText(syntax, node);
    const call = ancestorOfKind(syntax, node, Kind.call, Kind.assignment, Kind.block);
    if (written === undefined || written === "" || call === NONE || syntax.kind[call] === Kind.block) return [];
    const isCall = syntax.kind[call] === Kind.call;
    const named = childByField(syntax, call, isCall ? Field.function : Field.left);
    const by = named === NONE ? "" : lastPart(textOf(syntax, named));
    const takes = isCall ? TAKES_RIGHTS : definition.kind === "class" ? HOLDS_RIGHTS : undefined;
    return takes?.test(by) ? [{ written, node, by, call }] : [];
  });
}
