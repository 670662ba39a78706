import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { COOKIE_CALLEES, type CookieCall, cookieCalls, type FlagSpelling } from "../cookies/cookie-calls.ts";
import { cookiePurpose } from "../cookies/cookie-purpose.ts";
import { type Caller, callersOf } from "../shared/callers-of.ts";
import { factIndex } from "../shared/fact-index.ts";

const FLAGS = ["secure", "httponly", "samesite"] as const;
type Flag = (typeof FLAGS)[number];

const Options = z.strictObject({
  /** The flag that has to be missing; left out where any will do, on whatever cookie. */
  flag: z.enum(FLAGS).optional(),
});
type Options = z.infer<typeof Options>;

const CONSEQUENCES: Readonly<Record<Flag, string>> = {
  secure: "a browser also sends it over plain HTTP",
  httponly: "any script in the page can copy it",
  samesite: "it goes along with requests that other sites make",
};

/** Positional arguments from here on may be flags of any framework. */
const FIRST_FLAG_POSITION = 6;

/**
 * Cookies that lack a flag. A detection names all flags that the cookie lacks, so that one comment says it once. Cookies that
 * go away and flags that are decided elsewhere are left out. Asked for one flag, so are preferences, and scripts and other sites
 * matter to sessions only.
 */
export const cookieFlag: ModuleDetector = {
  kind: "module",
  name: "cookie-flag",
  triggers: { calls: COOKIE_CALLEES },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { flag: wanted }: Options): Generator<Detection> {
  for (const { call, described } of cookieCalls(facts)) {
    if (isRemoval(facts, call)) continue;
    const { shown, isPreference, isSession, isForScripts } = cookiePurpose(facts, call, described);
    const matters = (flag: Flag) =>
      wanted === undefined ? flag !== "httponly" || !isForScripts : flag === "secure" || isSession;
    const lacking = FLAGS.filter(
      (flag) => matters(flag) && lacks(call, described, flag, wanted === undefined) && !isSetLater(facts, call, flag),
    );
    if (wanted !== undefined) yield* switchedOffByCallers(facts, call, described, wanted);
    if (wanted === undefined ? lacking.length === 0 : isPreference || !lacking.includes(wanted)) continue;
    const keywords = Object.fromEntries(lacking.map((flag) => cure(described, flag)));
    const flags = Object.entries(keywords).map(([keyword, value]) => `${keyword}=${value}`);
    const consequence = lacking.map((flag) => CONSEQUENCES[flag]).join(", and ");
    yield {
      node: call.node,
      call,
      keywords,
      fields: { name: shown, cookie: shown, flags: flags.join(", "), consequence },
    };
  }
}

/** `answer("hello", "session", token, False)`, of a function that hands its parameter on as the flag: said where it is handed over. */
function* switchedOffByCallers(
  facts: ModuleFacts,
  call: CallFact,
  described: CookieCall,
  flag: Flag,
): Generator<Detection> {
  const keyword = flag === "samesite" ? undefined : described[flag]?.keyword;
  const argument = keyword === undefined ? undefined : call.args.find((given) => given.keyword === keyword);
  if (keyword === undefined || argument === undefined) return;
  for (const caller of callersOf(facts, argument.node)) {
    const { constants } = caller.given(textOf(facts.syntax, argument.node))?.value ?? { constants: [] };
    const isOff = constants.length > 0 && constants.every((constant) => !constant);
    const { shown, isPreference, isSession } = cookiePurpose(facts, asCalledBy(facts, call, caller), described);
    if (!isOff || isPreference || !isSession) continue;
    const fields = { name: shown, cookie: shown, flags: `${keyword}=True`, consequence: CONSEQUENCES[flag] };
    yield { node: caller.call.node, fields };
  }
}

/** The call with what one caller hands over in the place of the parameters. */
function asCalledBy({ syntax }: ModuleFacts, call: CallFact, { given }: Caller): CallFact {
  const args = call.args.map((argument) => {
    const handed = given(textOf(syntax, argument.node));
    return handed === undefined ? argument : { ...argument, node: handed.node, value: handed.value };
  });
  return { ...call, args };
}

/**
 * Known to be missing or off; for `samesite`, that it is told to go along with everything, `isStrict` by Python's `None` too, or by
 * nothing where the framework says nothing: not every browser keeps other sites out by itself.
 */
function lacks(call: CallFact, described: CookieCall, flag: Flag, isStrict: boolean): boolean {
  if (flag === "samesite") {
    const given = call.args.find(({ keyword }) => keyword === described.samesite);
    if (given === undefined) return isStrict && !described.isLax && !isHidden(call);
    const { constants } = given.value;
    const isOff = (value: unknown) =>
      typeof value === "string" ? /^none$/i.test(value) : isStrict && !described.isLax && value === null;
    return constants.length > 0 && constants.every(isOff);
  }
  const spelling: FlagSpelling | undefined = described[flag];
  if (spelling === undefined) return false;
  const given = call.args.find(({ keyword }) => keyword === spelling.keyword);
  if (given !== undefined) {
    const { constants } = given.value;
    return constants.length > 0 && constants.every((constant) => !constant);
  }
  return !spelling.isDefault && !isHidden(call);
}

/** `response.cookies["session"]["secure"] = True`, of the response on which the cookie is set, in the same function. */
function isSetLater(facts: ModuleFacts, call: CallFact, flag: Flag): boolean {
  const { syntax } = facts;
  const [name] = call.args;
  const target = childByField(syntax, call.node, Field.function);
  if (name === undefined || syntax.kind[target] !== Kind.attribute) return false;
  const jar = `${textOf(syntax, childByField(syntax, target, Field.object))}.cookies[${textOf(syntax, name.node)}]`;
  const { assignmentsTo } = factIndex(facts);
  const scope = facts.scopeOf(call.node);
  return [`${jar}["${flag}"]`, `${jar}['${flag}']`]
    .flatMap((item) => assignmentsTo(scope, item))
    .some(({ valueFact: { constants } }) => constants.length === 0 || !constants.every((constant) => !constant));
}

/** The flags may stand among what cannot be told apart here. */
function isHidden({ args, splat, doubleSplat }: CallFact): boolean {
  return doubleSplat || splat || args.some(({ position = 0 }) => position >= FIRST_FLAG_POSITION);
}

function cure(described: CookieCall, flag: Flag): readonly [string, string] {
  if (flag === "samesite") return [described.samesite, '"Lax"'];
  return [described[flag]?.keyword ?? flag, "True"];
}

/** An empty value, or a life that is over at once. */
function isRemoval(facts: ModuleFacts, call: CallFact): boolean {
  return call.args.some(({ position, keyword, value, node }) => {
    const [constant] = value.constants;
    if (keyword === "expires" || keyword === "max_age") return constant === 0 || isNegative(facts, node);
    return (position === 1 || keyword === "value") && constant === "";
  });
}

function isNegative(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  return (
    syntax.kind[node] === Kind.unary_operator &&
    syntax.kind[childByField(syntax, node, Field.operator)] === Kind.token_minus
  );
}
