import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isTheirs, namesWhoever } from "./whoever.ts";

/** Methods of a project's own that leave what somebody may see: `restrict(user, "view")`, `visible_to(user)`, `for_user(user)`. */
const NARROWS =
  /^(?:restrict(?:ed)?(?:_to)?|visible_(?:to|for|by)|(?:accessible|viewable|readable|editable|owned)_by|(?:filter_|get_)?(?:for|by)_(?:current_)?user|get_objects_for_user)$/;

/** Methods that leave all rows of a query, in another order or with more or less of each. */
const SHAPES = /^(?:all|select_related|prefetch_related|order_by|only|defer|distinct|options|joinedload|selectinload)$/;

/** Calls that look something up by what it has. */
const LOOKS_UP = /^(?:filter|filter_by|get|where|get_object_or_404|aget_object_or_404|get_or_404|first_or_404)$/;

/**
 * What a function looked up for whoever asks alone, where the same look-up at the head leaves that condition out and nothing else
 * became of it: no other mention of who asks, and no call that was not there before. What is left out as it was written,
 * `customer=request.user`; undefined where nothing is lost.
 */
export function lostOwner({ base, head }: ChangeSides, name: string): string | undefined {
  const then = callsIn(base, name);
  const now = callsIn(head, name);
  const owned = then.filter((call) => isOwned(base, call, name));
  if (owned.length === 0 || now.some((call) => isOwned(head, call, name))) return undefined;
  const known = new Set(then.map((call) => lastPart(call.name)));
  if (now.some(({ name }) => !known.has(lastPart(name)) && !SHAPES.test(lastPart(name)) && lastPart(name) !== "get"))
    return undefined;
  const others = then.filter((call) => !owned.includes(call));
  if (mentions(head, now) > mentions(base, others)) return undefined;
  const models = new Set(now.map((call) => modelOf(head, call)));
  const lost = owned.find((call) => {
    const model = modelOf(base, call);
    return model !== undefined && models.has(model);
  });
  return lost && ownerCondition(base, lost, name);
}

/**
 * Whose something is that a function saves, `serializer.save(author=self.request.user)`, where the same call at the head no longer says so:
 * the keyword. Undefined where the function names whoever asks in another way.
 */
export function lostAuthor({ base, head }: ChangeSides, scope: string): string | undefined {
  const now = callsIn(head, scope);
  const [before, ...others] = callsIn(base, scope).filter(({ name }) => SAVES.test(lastPart(name)));
  const after = now.filter((call) => call.name === before?.name);
  if (before === undefined || others.length > 0 || after.length !== 1 || after[0]?.doubleSplat === true)
    return undefined;
  const kept = new Set(after[0]?.args.map(({ keyword }) => keyword));
  const lost = before.args.find(
    ({ node, keyword }) => keyword !== undefined && namesWhoever(textOf(base.syntax, node)) && !kept.has(keyword),
  );
  const isNamedNow = factIndex(head)
    .assignmentsIn(scope)
    .some(({ value }) => namesWhoever(textOf(head.syntax, value)));
  return isNamedNow || mentions(head, now) > 0 ? undefined : lost?.keyword;
}

const SAVES = /^(?:save|create|get_or_create|update_or_create|acreate)$/;

/** How many look-ups of a function leave what belongs to whoever asks. */
export function countOfOwned(facts: ModuleFacts, scope: string): number {
  return callsIn(facts, scope).filter((call) => isOwned(facts, call, scope)).length;
}

function isOwned(facts: ModuleFacts, call: CallFact, scope: string): boolean {
  return ownerCondition(facts, call, scope) !== undefined;
}

/** The condition of a look-up that compares with whoever asks, as it is written. */
function ownerCondition(facts: ModuleFacts, { name, args }: CallFact, scope: string): string | undefined {
  const method = lastPart(name);
  const isNarrowed = NARROWS.test(method);
  if (!isNarrowed && !LOOKS_UP.test(method)) return undefined;
  for (const { node, keyword } of args) {
    const written = textOf(facts.syntax, node);
    const isOwner = isNarrowed
      ? namesWhoever(written) || /^(?:user|(?:self\.)?auth_subject|subject)$/.test(written)
      : isTheirs(facts, scope, written, keyword);
    if (!isOwner) continue;
    if (isNarrowed) return `${method}(${written})`;
    return keyword === undefined ? written : `${keyword}=${written}`;
  }
  return undefined;
}

/** `Order` of `Order.objects.filter`, `get_object_or_404(Order, …)`, `session.query(Order).filter_by` and `select(Order)…`; what a parent looks up is one, too. */
function modelOf({ syntax }: ModuleFacts, { name, args }: CallFact): string | undefined {
  const inherited = /^super\(\)\.\w+/.exec(name)?.[0];
  if (inherited !== undefined) return inherited;
  const queried = /\bquery\(([A-Z]\w*)/.exec(name)?.[1];
  if (queried !== undefined) return queried;
  const first = args.find(({ position }) => position === 0);
  const written = /^[A-Z]\w*/.exec(name)?.[0] ?? (first && /^[A-Z]\w*/.exec(textOf(syntax, first.node))?.[0]);
  return written;
}

function mentions({ syntax }: ModuleFacts, calls: readonly CallFact[]): number {
  return calls.filter(({ args }) => args.some(({ node }) => namesWhoever(textOf(syntax, node)))).length;
}

function callsIn(facts: ModuleFacts, scope: string): readonly CallFact[] {
  return factIndex(facts).callsIn(scope);
}
