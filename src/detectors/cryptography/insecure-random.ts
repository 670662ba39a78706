import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { cookieCalls } from "../cookies/cookie-calls.ts";
import { cookiePurpose, valueArgument } from "../cookies/cookie-purpose.ts";
import { type SecretUse, secretUse } from "../secrets/secret-use.ts";
import { nameWords } from "../shared/name-words.ts";

/** Generators whose output tells their state. */
const GENERATORS =
  /^(?:random(?:\.Random\(\))?\.(?:random|randint|randrange|choice|choices|sample|getrandbits|randbytes|uniform)|numpy\.random(?:\.(?:default_rng|RandomState|Generator)\(\))?\.(?:randint|random_integers|choice|bytes|random|rand|integers|random_sample)|django\.utils\.crypto\.random\.choice)$/;

/**
 * Numbers of a predictable generator that end up where a name says secret; one report a statement.
 * What separates the parts of a mail is called a token too, and only has to be unlikely.
 */
export const insecureRandom: ModuleDetector = {
  kind: "module",
  name: "insecure-random",
  triggers: { roots: ["random", "numpy", "django"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const reported = new Set<number>();
  for (const call of facts.calls) {
    if (!call.callee.some((path) => GENERATORS.test(path))) continue;
    if (/boundary/i.test(facts.scopeOf(call.node))) continue;
    const use = secretUse(facts, call, true) ?? cookieUse(facts, call);
    if (use === undefined || reported.has(use.statement)) continue;
    reported.add(use.statement);
    const weight = isSalt(use.name) ? { atMost: "note" as const } : {};
    yield { node: call.node, call, fields: { callee: call.name, name: use.name }, ...weight };
  }
}

/** The value of a cookie that is named for who is signed in: `set_cookie("remember_me", str(random.random()))`. */
function cookieUse(facts: ModuleFacts, { node, callee }: CallFact): SecretUse | undefined {
  if (callee.some((path) => /\.(?:choice|sample)$/.test(path))) return undefined;
  const { syntax } = facts;
  const cookies = cookiesByNode(facts);
  for (let at = node; cookies.size > 0 && at > 0; at = syntax.parent[at]) {
    const cookie = cookies.get(at);
    if (cookie === undefined) continue;
    const { isSession, shown } = cookiePurpose(facts, cookie.call, cookie.described);
    const value = valueArgument(cookie.call, cookie.described)?.node;
    const isInside = value !== undefined && node >= value && node < syntax.next[value];
    return isSession && isInside ? { name: shown, statement: at } : undefined;
  }
  return undefined;
}

const cookiesByNode = oncePer(
  (facts: ModuleFacts) => new Map(cookieCalls(facts).map((cookie) => [cookie.call.node, cookie])),
);

/** What has to be another one each time, and is no secret: it is kept, or sent, beside what it was made for. */
function isSalt(name: string): boolean {
  const words = nameWords(name);
  return words.includes("salt") && !words.some((word) => /^(?:secret|token|password|passwd|pwd)$/.test(word));
}
