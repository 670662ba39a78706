import { Field } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";

/** Words by which a function of the project says that it does with care what another one does. */
const CAREFUL = new Set(
  "safe safely secure securely limited bounded capped checked verified sanitized escaped".split(" "),
);

/** Where the functions come from that do it for whoever calls: the standard library and the common packages. */
const COMMON =
  /^(?:builtins|os|shutil|io|tarfile|zipfile|gzip|zlib|json|pickle|marshal|yaml|subprocess|urllib|http|socket|tempfile|pathlib|requests|httpx|lxml|xml|jinja2|flask|werkzeug|django|numpy|torch|joblib)\./;
const BUILTIN = /^(?:open|eval|exec|getattr|setattr)$/;

/** `shutil.copyfileobj(source, target)` in the place of `copy_limited(source, target)`. */
export const exchangedName: ChangeDetector = {
  kind: "change",
  name: "exchanged-name",
  prepare: () => ({ concerns: ({ removed }) => WORDS.test(removed), detect }),
};

const WORDS = new RegExp(`(?:${[...CAREFUL].join("|")})\\w*\\s*\\(`, "i");

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const now = Map.groupBy(head.calls.filter(isCommon), (call) => placeOf(head, call));
  const then = Map.groupBy(base.calls.filter(isCommon), (call) => placeOf(base, call));
  for (const before of base.calls) {
    if (before.args.length === 0 || !isCareful(before.name)) continue;
    const place = placeOf(base, before);
    const known = then.get(place)?.length ?? 0;
    const after = now.get(place)?.at(known);
    if (after === undefined || countOf(head, before.name) >= countOf(base, before.name)) continue;
    const without = "what the first does with care, by its name, the other one just does";
    const tookOut = { scope: head.scopeOf(after.node), said: before.name };
    yield { node: after.node, fields: { before: before.name, after: after.name, without }, tookOut };
  }
}

function isCareful(name: string): boolean {
  return nameWords(lastPart(name)).some((word) => CAREFUL.has(word));
}

function isCommon({ name, callee }: CallFact): boolean {
  return !isCareful(name) && (BUILTIN.test(name) || callee.some((path) => COMMON.test(path)));
}

/** The function around a call, and what it is given. */
function placeOf(facts: ModuleFacts, { node }: CallFact): string {
  const { syntax } = facts;
  const given = childByField(syntax, node, Field.arguments);
  return `${facts.scopeOf(node)}\n${given === NONE ? "" : textOf(syntax, given).replaceAll(/\s+/g, "")}`;
}

function countOf({ calls }: ModuleFacts, name: string): number {
  return calls.filter((one) => lastPart(one.name) === lastPart(name)).length;
}
