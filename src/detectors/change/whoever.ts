import { NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { parametersOf } from "./guards.ts";

/** Whoever asks, as frameworks name them. */
const WHOEVER =
  /\b(?:current_user|(?:(?:self\.)?request|info\.context)\.(?:state\.)?(?:user|account|tenant)|g\.(?:user|account|member|tenant|identity|customer)|session\.user|current_identity)\b|\b(?:request|session)\[["'](?:user|account|tenant)(?:_id)?["']\]/;

/** Parameters by which a function is told who asks. */
const TOLD =
  /^(?:current_user|user|viewer|actor|requester|principal|identity|auth_subject|(?:user|owner|account|tenant|customer)_(?:id|pk))$/;

/** Parameters that a dependency gives: `me: CurrentUser`, `account=Depends(current_account)`, `member: Annotated[Member, Depends(get_current_member)]`. */
const GIVEN = [
  /(\w+)\s*:\s*(?:\w*CurrentUser\w*|Annotated\[\s*\w*User\b)/g,
  /(\w+)\s*(?::[^,=]+)?=\s*(?:Depends|Security)\(\s*(?:\w+\.)*(?:get_|require_)?(?:current|authenticated|logged_in|active)_\w+/g,
  /(\w+)\s*:\s*Annotated\[\s*[\w.]+\s*,\s*(?:Depends|Security)\(\s*(?:\w+\.)*(?:get_|require_)?(?:current|authenticated|logged_in|active)_\w+/g,
];

/** What a row has that says whose it is: `owner_id`, `tenant`, `created_by`. */
const WHOSE =
  /\b(?:owner|user|author|creator|created_by|tenant|account|customer|company|workspace|team|organi[sz]ation|org)(?:_?(?:id|pk|uuid))?$/;

/** Whether a column or attribute says by its name whose a row is. */
export function saysWhose(name: string): boolean {
  return WHOSE.test(name);
}

/** Whether a piece of code names whoever asks. */
export function namesWhoever(code: string): boolean {
  return WHOEVER.test(code);
}

/**
 * Whether a condition of a look-up leaves what is somebody's alone: `owner=request.user`, `Order.user_id == current_user.id`,
 * `Q(team__members=self.request.user)`, `Report.tenant_id == user.tenant_id` where the function is told who `user` is.
 */
export function isTheirs(facts: ModuleFacts, scope: string, code: string, keyword?: string): boolean {
  if (WHOEVER.test(code)) return keyword !== undefined || /[=!]=|\bQ\(.*=/s.test(code);
  const names = namesOfWhoever(facts, scope);
  const of = (part: string) => names.has(/^(?:self\.)?\w+/.exec(part.trim())?.[0] ?? "");
  // Of a row that is asked for by its number as well, whose it is comes from whoever asks.
  if (keyword !== undefined) return WHOSE.test(keyword) && (of(code) || OF_MESSAGE.test(code));
  if ([...code.matchAll(/\bQ\(\s*\w+\s*=\s*(\w+)/g)].some(([, value = ""]) => of(value))) return true;
  const [left, right, ...others] = code.split(/[=!]=/);
  if (left === undefined || right === undefined || others.length > 0) return false;
  return (WHOSE.test(left.trim()) && of(right)) || (WHOSE.test(right.trim()) && of(left));
}

/** What a message or request says of its sender: `message.headers["customer"]`, `event.claims["sub"]`. */
const OF_MESSAGE = /\.(?:headers|claims|properties|attributes|state|context|session)(?:\.|\[|\.get\()/;

/** Attributes by which an object was told for whom it works: `self.tenant_id`. */
const OF_OBJECT = [
  "user",
  "current_user",
  "owner",
  "tenant",
  "account",
  "customer",
  "organization",
  "organisation",
  "team",
  "workspace",
].flatMap((name) => [`self.${name}`, `self._${name}`, `self.${name}_id`, `self._${name}_id`]);

/** Parameters and variables of a function that stand for whoever asks. */
function namesOfWhoever(facts: ModuleFacts, scope: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const definition of factIndex(facts).definedAs(scope)) {
    const parameters = parametersOf(facts, definition);
    const code = parameters === NONE ? "" : textOf(facts.syntax, parameters);
    for (const { name } of definition.parameters) if (TOLD.test(name)) found.add(name);
    for (const pattern of GIVEN) for (const [, name = ""] of code.matchAll(pattern)) found.add(name);
  }
  if (scope.includes(".")) for (const name of OF_OBJECT) found.add(name);
  for (const { name, value } of factIndex(facts).assignmentsIn(scope)) {
    const written = textOf(facts.syntax, value);
    if (!/^[\w.]+$/.test(written)) continue;
    if (WHOEVER.test(written) || found.has(written.split(".")[0] ?? "")) found.add(name);
  }
  return found;
}
