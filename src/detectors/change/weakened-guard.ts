import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { type Guard, guardsOf } from "./guards.ts";
import { guardsOnceMentioned } from "./once-mentioned.ts";
import { isReplaced } from "./replaced-guard.ts";
import { guardsAround, sharedGuards } from "./surroundings.ts";
import { weakerDemand } from "./weaker-demand.ts";

/** How much well-known checks ask: nothing, a login to write, a login. */
const KNOWN: ReadonlyMap<string, number> = new Map([
  ["[]", 0],
  ["AllowAny", 0],
  ["IsAuthenticatedOrReadOnly", 1],
  ["login_required", 2],
  ["LoginRequiredMixin", 2],
  ["IsAuthenticated", 2],
  ["auth_required", 2],
  ["authenticated", 2],
  ["jwt_required", 2],
  ["token_required", 2],
  ["get_current_user", 2],
  ["get_current_active_user", 2.5],
  ["current_user", 2],
  ["current_active_user", 2.5],
  ["CurrentUser", 2],
]);

/** What a check asks for beyond a login. */
const MORE = new Set(
  "admin superuser staff owner sudo mfa otp role roles permission permissions perm perms scope scopes passes object model moderator manager".split(
    " ",
  ),
);
const MORE_THAN_LOGIN = 3;

/** Checks that ask less than before: any login where it took an administrator, nothing where it took a login. */
export const weakenedGuard: ChangeDetector = {
  kind: "change",
  name: "weakened-guard",
  prepare: () => ({
    concerns: (changed) => guardsOnceMentioned(changed) || /\.is_\w+|can|may|right|permission/.test(changed.removed),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  const known = new Set(sharedGuards(base).map(({ name }) => name));
  if (sharedGuards(head).some(({ name }) => !known.has(name))) return;
  for (const after of head.definitions) {
    const [before] = factIndex(base).definedAs(after.qualifiedName);
    const demand = before && weakerDemand(sides, before, after);
    if (before !== undefined && demand !== undefined) {
      yield { node: demand.node, fields: { function: after.name, before: demand.before, after: demand.after } };
      continue;
    }
    const [left] = strongestFirst(guardsOf(head, after));
    if (before === undefined || left === undefined || guardsAround(head, after.qualifiedName).length > 0) continue;
    const [lost] = strongestFirst(guardsOf(base, before));
    const [now, then] = [KNOWN.get(left.name), lost === undefined ? undefined : rankBefore(lost.name)];
    if (lost === undefined || now === undefined || then === undefined || now >= then) continue;
    const judged = new Set(guardsOf(head, after).map(({ name }) => name));
    if (isReplaced(sides, before, after, judged)) continue;
    const node = placeOf(head, left);
    yield { node, fields: { function: after.name, before: lost.name, after: left.name } };
  }
}

/** What is not known may ask for anything: it comes first. */
function strongestFirst(guards: readonly Guard[]): readonly Guard[] {
  const rank = ({ name }: Guard) => KNOWN.get(name) ?? MORE_THAN_LOGIN;
  return guards.toSorted((a, b) => rank(b) - rank(a));
}

/** Of a check that is known, or that says by its name that it asks for more than a login. */
function rankBefore(name: string): number | undefined {
  return KNOWN.get(name) ?? (nameWords(name).some((word) => MORE.has(word)) ? MORE_THAN_LOGIN : undefined);
}

/** A parameter list is as long as it likes: what is said of it is said at its function's name. */
function placeOf({ syntax }: ModuleFacts, { node }: Guard): number {
  return syntax.kind[node] === Kind.parameters ? nameOver(syntax, node) : node;
}

function nameOver(syntax: SyntaxArrays, parameters: number): number {
  const name = childByField(syntax, syntax.parent[parameters], Field.name);
  return name === NONE ? parameters : name;
}
