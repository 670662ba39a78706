import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { branchConditionsIn } from "./conditions.ts";
import { bodyOf } from "./guards.ts";

/** What gives a stream piece by piece. */
const PIECES = /\.(?:a?iter_(?:content|bytes|raw|any|chunked|chunks|text)|read_chunk|chunks)\(|\.read\(\s*[\w*]/;

/** A length or sum that is compared with a bound, of a condition without spaces. */
const BOUNDED =
  /(?:\blen\(\w+\)|\b\w*(?:size|total|received|length|count|written)\w*)>=?[\w.]*(?:max|limit|\d{4,})|(?:max|limit)\w*<=?(?:len\(|\w*(?:size|total|received|length|count|written))/i;

/** What takes in all of it at once. */
const WHOLE_ATTRIBUTES = new Set(["content", "text"]);
const WHOLE_CALLS = /^(?:read|aread|json|copyfileobj)$/;

/** A stream that was read piece by piece up to a bound, and is read at once now: `response.content`. */
export function* lostStreamLimits({ base, head }: ChangeSides): Generator<Detection> {
  for (const after of head.definitions) {
    if (after.kind !== "function") continue;
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (before === undefined || others.length > 0) continue;
    const body = bodyOf(base, before);
    if (body === NONE || !PIECES.test(textOf(base.syntax, body))) continue;
    const bound = boundIn(base, before);
    if (bound === undefined || boundIn(head, after) !== undefined) continue;
    const known = new Set(wholesIn(base, before).map(({ text }) => text));
    const whole = wholesIn(head, after).find(({ text }) => !known.has(text));
    if (whole === undefined || isHandedOver({ base, head }, after)) continue;
    yield { node: whole.node, fields: { limit: brief(bound), call: lastPart(after.qualifiedName) } };
  }
}

/** A condition about how much there is, behind which the way ends. */
function boundIn(facts: ModuleFacts, definition: DefinitionFact): string | undefined {
  const body = bodyOf(facts, definition);
  if (body === NONE) return undefined;
  return branchConditionsIn(facts, body).find((one) => one.turnsAway && BOUNDED.test(one.condition))?.condition;
}

interface Whole {
  readonly node: number;
  readonly text: string;
}

function wholesIn(facts: ModuleFacts, definition: DefinitionFact): readonly Whole[] {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  const found: Whole[] = [];
  for (let node = body; body !== NONE && node < syntax.next[body]; node++) {
    const isAttribute =
      syntax.kind[node] === Kind.attribute &&
      syntax.field[node] !== Field.function &&
      WHOLE_ATTRIBUTES.has(textOf(syntax, childByField(syntax, node, Field.attribute)));
    if (isAttribute || isWholeCall(facts, node)) found.push({ node, text: textOf(syntax, node) });
  }
  return found;
}

function isWholeCall({ syntax }: ModuleFacts, node: number): boolean {
  if (syntax.kind[node] !== Kind.call) return false;
  const name = lastPart(textOf(syntax, childByField(syntax, node, Field.function)));
  const given = childByField(syntax, node, Field.arguments);
  return WHOLE_CALLS.test(name) && (name === "copyfileobj" || namedChildren(syntax, given).length === 0);
}

/** A function that was not called before may look at how much there is; what asks for the stream does not. */
function isHandedOver({ base, head }: ChangeSides, { qualifiedName }: DefinitionFact): boolean {
  const known = new Set(base.calls.map(({ name }) => lastPart(name)));
  return factIndex(head)
    .callsIn(qualifiedName)
    .some(
      ({ name, callee }) =>
        !known.has(lastPart(name)) && !WHOLE_CALLS.test(lastPart(name)) && !callee.some((path) => CLIENTS.test(path)),
    );
}

const CLIENTS = /^(?:requests|niquests|httpx|aiohttp|urllib3?|http\.client)\./;
