import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, childOfKind, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { caughtTypes } from "../shared/caught-types.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { branchConditionsIn, ENDS } from "./conditions.ts";
import { identifiersIn } from "./guards.ts";
import { isRefusing } from "./refusing-block.ts";

/** What is raised where somebody is refused, or where data is not what was signed. */
const REFUSALS =
  /Signature|Permission|Forbidden|Unauthori[sz]ed|Authenti|Authori[sz]|JWT|JWS|Token|Expired|Tamper|Suspicious|Certificate|SSLError|VerifyMismatch|Verification|Validation|DisallowedHost|Security|AccessDenied|InvalidKey|InvalidTag|InvalidHash|Captcha|Csrf/;

/** Handlers that refused, and that go on or answer with what failed now. */
export const softenedHandler: ChangeDetector = {
  kind: "change",
  name: "softened-handler",
  prepare: () => ({
    concerns: ({ removed }) => /\b(?:raise|return|abort|continue|except)\b/.test(removed),
    detect,
  }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const then = handlersIn(base);
  for (const [key, after] of handlersIn(head)) {
    const before = then.get(key);
    if (before === undefined || after === undefined || !isRefusing(base, before.block)) continue;
    const does = whatItDoes(head, after);
    if (does === undefined || isAskedLater({ base, head }, after.scope)) continue;
    yield { node: after.node, fields: { exception: after.caught, function: lastPart(after.scope), does } };
  }
}

interface Handler {
  /** The `except` clause. */
  readonly node: number;
  readonly scope: string;
  /** The classes that it catches, as a message has them. */
  readonly caught: string;
  /** The name after `as`. */
  readonly name: string | undefined;
  readonly block: number;
  /** What is tried. */
  readonly tried: number;
}

/** Of exceptions that refuse, by function and classes; undefined where a function has several of them. */
function handlersIn(facts: ModuleFacts): ReadonlyMap<string, Handler | undefined> {
  const { syntax } = facts;
  const found = new Map<string, Handler | undefined>();
  for (const node of nodesOfKind(syntax, Kind.except_clause)) {
    const { types, name } = caughtTypes(syntax, node);
    const block = childOfKind(syntax, node, Kind.block);
    const scope = facts.scopeOf(node);
    if (scope === "" || block === NONE || !types.some((type) => REFUSALS.test(type))) continue;
    const caught = types.join(", ");
    const key = `${scope}\n${caught}`;
    const tried = childByField(syntax, syntax.parent[node], Field.body);
    found.set(key, found.has(key) ? undefined : { node, scope, caught, name, block, tried });
  }
  return found;
}

/** In words, where it no longer refuses; undefined where it may. */
function whatItDoes(facts: ModuleFacts, { block, tried, name }: Handler): string | undefined {
  const { syntax } = facts;
  const ends: number[] = [];
  for (let at = block; at < syntax.next[block]; at++) if (ENDS.has(syntax.kind[at])) ends.push(at);
  const [end, ...others] = ends;
  if (end === undefined && isRefusing(facts, block)) return undefined;
  if (end === undefined) return asksAnother(facts, block) ? undefined : "goes on";
  if (others.length > 0 || syntax.kind[end] !== Kind.return_statement) return undefined;
  const answer = firstNamedChild(syntax, end);
  if (answer === NONE) return undefined;
  const written = textOf(syntax, answer);
  const [object = ""] = written.split("[");
  const isPart = syntax.kind[answer] === Kind.identifier || syntax.kind[answer] === Kind.subscript;
  const isTried = isPart && identifiersIn(facts, tried).includes(object);
  const isOfException = name !== undefined && written.startsWith(`${name}.`);
  // A method of the exception may make a refusal of it.
  return written === "True" || isTried || (isOfException && /^\w+\.\w+$/.test(written))
    ? `answers with \`${written}\``
    : undefined;
}

/** A call that may refuse by itself, and is more than a line of a log. */
function asksAnother(facts: ModuleFacts, block: number): boolean {
  return callsIn(facts, block).some(({ name }) => !/\b_?log(?:ger|ging)?\.\w+$|^print$|^str$|^repr$/i.test(name));
}

/** The function asks something that it did not ask before: of what the handler left, perhaps. */
function isAskedLater({ base, head }: ChangeSides, scope: string): boolean {
  const asked = (facts: ModuleFacts) => {
    const owner = factIndex(facts).definedAs(scope)[0];
    return owner === undefined ? [] : branchConditionsIn(facts, owner.node).map(({ condition }) => condition);
  };
  const known = new Set(asked(base));
  return asked(head).some((condition) => !known.has(condition));
}
