import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "./fact-index.ts";
import { nameWords } from "./name-words.ts";
import { reaches } from "./reaches.ts";
import { addressOf, beginning } from "./request-address.ts";

/**
 * Whether what a call gives goes into a request of the same function, by itself or by way of a variable, an attribute or an item: what form
 * it has there is for the service to say that is asked.
 */
export function isSentInRequest(facts: ModuleFacts, made: CallFact): boolean {
  const targets = new Set(targetsOf(facts, made.node));
  const requests = requestsByScope(facts)(facts.scopeOf(made.node)).filter(({ node }) => node !== made.node);
  return requests.some(({ args }) =>
    args.some(({ node }) => targets.has(textOf(facts.syntax, node)) || reaches(facts, node, made.node)),
  );
}

/** Requests of one function that are looked at. */
const MAX_REQUESTS = 16;

const requestsByScope: (facts: ModuleFacts) => (scope: string) => readonly CallFact[] = oncePer((facts) => {
  const known = new Map<string, readonly CallFact[]>();
  return (scope) => {
    let found = known.get(scope);
    if (found === undefined) {
      const calls = factIndex(facts).callsIn(scope);
      found = calls.filter((call) => isRequest(facts, call)).slice(0, MAX_REQUESTS);
      known.set(scope, found);
    }
    return found;
  };
});

/** `data["pwd"] = digest(password)`: what an expression that holds the node is assigned to, as it is written. */
function targetsOf(facts: ModuleFacts, node: number): readonly string[] {
  return factIndex(facts)
    .assignmentsIn(facts.scopeOf(node))
    .filter(({ value }) => value <= node && node < facts.syntax.next[value])
    .map(({ target }) => textOf(facts.syntax, target));
}

/** A client of HTTP that is known, a call that begins with an address, or a function of the project that is named for it. */
function isRequest(facts: ModuleFacts, call: CallFact): boolean {
  if (addressOf(call) !== undefined) return true;
  const words = nameWords(lastPart(call.name));
  if (words.at(-1) === "request" || (words.includes("api") && words.some((word) => CALLS.has(word)))) return true;
  const [first] = call.args;
  return first !== undefined && /^https?:\/\//i.test(beginning(facts, first.node)?.text ?? "");
}

const CALLS: ReadonlySet<string> = new Set(["call", "query", "post", "get", "request", "ask"]);
