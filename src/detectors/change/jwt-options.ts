import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { TOKEN_DECODERS } from "../shared/token-decoders.ts";

/** A check of tokens that is switched off, or a claim that is no longer asked for; `node` is that of the options at the head. */
export interface LostTokenCheck {
  readonly name: string;
  readonly value: string;
  readonly node: number;
}

const DECODERS: ReadonlySet<string> = new Set(TOKEN_DECODERS);

/** Checks that are done unless an option says otherwise. */
const CHECKS = ["verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub"];

/** What `options` of a call that reads a token switch off that they did not, in a function that has one such call. */
export function* lostTokenChecks({ base, head }: ChangeSides): Generator<LostTokenCheck> {
  const then = Map.groupBy(decodesIn(base), ({ node }) => base.scopeOf(node));
  for (const [scope, [after, ...others]] of Map.groupBy(decodesIn(head), ({ node }) => head.scopeOf(node))) {
    const [before, ...more] = then.get(scope) ?? [];
    if (before === undefined || after === undefined || others.length + more.length > 0) continue;
    const now = after.args.find(({ keyword }) => keyword === "options");
    if (now === undefined) continue;
    const was = optionsOf(before);
    const off = CHECKS.filter((name) => !isArgumentGone(before, after, name)).find(
      (name) => isFalse(now.value.entries?.get(name)) && !isFalse(was?.get(name)),
    );
    if (off !== undefined) yield { name: off, value: "False", node: now.node };
    const required = namesIn(was?.get("require"));
    const left = now.value.complete === true ? namesIn(now.value.entries?.get("require")) : undefined;
    const isFewer = left?.every((name) => required?.includes(name) === true) === true;
    const lost = isFewer ? required?.find((name) => left?.includes(name) !== true) : undefined;
    if (lost !== undefined) yield { name: `require ${lost}`, value: textOf(head.syntax, now.node), node: now.node };
  }
}

function decodesIn({ calls }: ModuleFacts): readonly CallFact[] {
  return calls.filter(({ callee }) => callee.some((path) => DECODERS.has(path)));
}

function optionsOf({ args }: CallFact): ReadonlyMap<string | number, ValueFact> | undefined {
  return args.find(({ keyword }) => keyword === "options")?.value.entries;
}

function isFalse(value: ValueFact | undefined): boolean {
  return value !== undefined && value.constants.length === 1 && value.constants[0] === false;
}

/** What a check compares with went as well (`audience` of `verify_aud`), which is said of the argument. */
const COMPARED: ReadonlyMap<string, string> = new Map([
  ["verify_aud", "audience"],
  ["verify_iss", "issuer"],
]);

function isArgumentGone(before: CallFact, after: CallFact, check: string): boolean {
  const compared = COMPARED.get(check);
  const has = ({ args }: CallFact) => args.some(({ keyword }) => keyword === compared);
  return compared !== undefined && has(before) && !has(after);
}

/** The texts of a list that is written out; none where there is no list. */
function namesIn(value: ValueFact | undefined): readonly string[] {
  return (value?.elements ?? []).flatMap(({ constants }) => constants.filter((one) => typeof one === "string"));
}
