import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { secretUse } from "../secrets/secret-use.ts";
import { nameWords } from "../shared/name-words.ts";

const CLOCKS: ReadonlySet<string> = new Set([
  "time.time",
  "time.time_ns",
  "time.monotonic",
  "time.perf_counter",
  "datetime.datetime.now",
  "datetime.datetime.utcnow",
  "django.utils.timezone.now",
]);

/** What only has to be different each time may be made of the time. */
const ONLY_UNIQUE = new Set(["nonce", "salt", "iv", "vector", "session", "sessionid", "sid", "csrf", "id"]);

/** Something else that cannot be guessed stands beside the time. */
const UNGUESSABLE = /secret|urandom|uuid4|SystemRandom|token_(?:hex|bytes|urlsafe)|getrandbits|private|hmac|\bkey\b/i;

/** Secrets that are made of the time, alone or with the machine's address. */
export const clockSecret: ModuleDetector = {
  kind: "module",
  name: "clock-secret",
  triggers: { calls: ["uuid.uuid1", ...CLOCKS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const reported = new Set<number>();
  for (const call of facts.calls) {
    const isUuid = call.callee.includes("uuid.uuid1");
    if (!isUuid && !call.callee.some((path) => CLOCKS.has(path))) continue;
    const use = secretUse(facts, call);
    if (use === undefined || reported.has(use.statement)) continue;
    if (!isUuid && !isMadeOfClock(facts, call, use.name, use.statement)) continue;
    reported.add(use.statement);
    yield { node: call.node, fields: { callee: call.name, name: use.name } };
  }
}

/** The time is turned into text or a digest, and nothing else in the statement is hard to guess. */
function isMadeOfClock(facts: ModuleFacts, call: CallFact, name: string, statement: number): boolean {
  const words = nameWords(name);
  if (words.some((word) => ONLY_UNIQUE.has(word)) && !words.includes("token")) return false;
  const { syntax } = facts;
  const around = syntax.kind[syntax.parent[call.node]];
  const isOfMaker = facts.scopeOf(call.node).split(".").at(-1) === name;
  if (isOfMaker && ancestorOfKind(syntax, call.node, Kind.return_statement) === NONE) return false;
  if (around === Kind.assignment || around === Kind.keyword_argument || around === Kind.pair) return false;
  const text = textOf(syntax, statement);
  const value = text.slice(text.indexOf("=") + 1);
  return !UNGUESSABLE.test(value);
}
