import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { buildsText } from "../shared/built-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { saysSession } from "./cookie-purpose.ts";

const SENDERS = ["*.send_header", "*.set_header", "*.add_header", "*.setHeader", "*.headers.add", "*.headers.append"];
const JARS: ReadonlySet<string> = new Set(["http.cookies.SimpleCookie()", "Cookie.SimpleCookie()"]);

const CONSEQUENCES: ReadonlyMap<string, string> = new Map([
  ["secure", "a browser also sends it over plain HTTP"],
  ["httponly", "any script in the page can copy it"],
]);

const Options = z.strictObject({
  /** Only session cookies that lack this flag; left out for any cookie that lacks one. */
  flag: z.enum(["secure", "httponly"]).optional(),
});
type Options = z.infer<typeof Options>;

/** Cookies that are written as a header, or into the standard library's jar, without a flag. */
export const rawCookie: ModuleDetector = {
  kind: "module",
  name: "raw-cookie",
  triggers: { calls: SENDERS, words: ["cookie"] },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const { syntax } = facts;
  const { calledAs } = factIndex(facts);
  for (const call of calledAs(SENDERS)) {
    const [header, value] = call.args;
    if (header === undefined || value === undefined || !namesCookie(facts, header.node)) continue;
    yield* lacking(call.node, writtenCookie(facts, value.node), options);
  }
  for (const fact of facts.assignments) {
    if (syntax.kind[fact.target] !== Kind.subscript) continue;
    const key = childByField(syntax, fact.target, Field.subscript);
    if (namesCookie(facts, key)) yield* lacking(fact.node, writtenCookie(facts, fact.value), options);
    else if (isCrumb(facts, fact)) yield* lacking(fact.node, crumbOf(facts, fact, key), options);
  }
}

/** A cookie as it is written: its name, where that is constant, and the text in which its flags stand. */
interface WrittenCookie {
  readonly name: string | undefined;
  readonly flags: string;
}

/** `"session=" + value + "; Secure"`. */
function writtenCookie(facts: ModuleFacts, expression: number): WrittenCookie | undefined {
  const flags = headerText(facts, expression);
  return flags === undefined ? undefined : { name: /^\(?\w*["']+([\w-]+)=/.exec(flags)?.[1], flags };
}

function namesCookie({ syntax }: ModuleFacts, node: number): boolean {
  return literalText(syntax, node)?.toLowerCase() === "set-cookie";
}

/** A header as it is put together, a variable of the same function looked up; undefined where another function makes it. */
function headerText(facts: ModuleFacts, expression: number): string | undefined {
  const { syntax } = facts;
  const { assignmentsTo } = factIndex(facts);
  const given = unwrap(syntax, expression);
  const isName = syntax.kind[given] === Kind.identifier;
  const made = isName ? assignmentsTo(facts.scopeOf(given), textOf(syntax, given)) : [];
  const node = made.length === 1 ? unwrap(syntax, made[0]?.value ?? given) : given;
  const text = textOf(syntax, node);
  const isText = syntax.kind[node] === Kind.string || buildsText(syntax, node);
  return isText && text.includes("=") && !/max-age=0\b|expires=thu, 01/i.test(text) ? text : undefined;
}

/** `jar["session"] = value`, and not one of its own attributes, `jar["session"]["path"] = "/"`. */
function isCrumb(facts: ModuleFacts, { target, valueFact }: AssignmentFact): boolean {
  const jar = childByField(facts.syntax, target, Field.value);
  return jar !== NONE && facts.pathsOf(jar).some((path) => JARS.has(path)) && !valueFact.constants.includes("");
}

/** Its flags are the attributes that it is given, but for those that are switched off. Without any it may be what a client sends, and has no name here. */
function crumbOf(facts: ModuleFacts, crumb: AssignmentFact, key: number): WrittenCookie {
  const attributes = attributesOf(facts).get(`${facts.scopeOf(crumb.node)} ${crumb.name}`) ?? [];
  const given = attributes.filter(({ valueFact }) => !isOff(valueFact.constants));
  return {
    name: attributes.length === 0 ? undefined : literalText(facts.syntax, key),
    flags: given.map(({ name }) => name).join(" "),
  };
}

/** Assignments to items, by their scope and by what they are items of, as it is written. */
const attributesOf: (facts: ModuleFacts) => ReadonlyMap<string, readonly AssignmentFact[]> = oncePer((facts) =>
  Map.groupBy(
    facts.assignments.filter(({ name }) => name.endsWith("]")),
    ({ node, name }) => `${facts.scopeOf(node)} ${name.slice(0, name.lastIndexOf("["))}`,
  ),
);

function isOff(constants: readonly unknown[]): boolean {
  return constants.length > 0 && constants.every((constant) => !constant);
}

function* lacking(node: number, cookie: WrittenCookie | undefined, { flag }: Options): Generator<Detection> {
  if (cookie === undefined) return;
  const flags = [...CONSEQUENCES.keys()].filter((one) => !new RegExp(`\\b${one}\\b`, "i").test(cookie.flags));
  const isWanted = flag === undefined || (flags.includes(flag) && saysSession(nameWords(cookie.name ?? "")));
  if (flags.length === 0 || !isWanted) return;
  const consequence = flags.map((one) => CONSEQUENCES.get(one)).join(", and ");
  const name = flag === undefined ? "Set-Cookie" : (cookie.name ?? "Set-Cookie");
  yield { node, fields: { name, cookie: name, flags: flags.join(", "), consequence } };
}
