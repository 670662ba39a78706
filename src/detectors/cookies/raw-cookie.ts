import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { buildsText } from "../shared/built-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, unwrap } from "../shared/literal.ts";

const SENDERS = ["*.send_header", "*.set_header", "*.add_header", "*.setHeader", "*.headers.add", "*.headers.append"];
const JARS: ReadonlySet<string> = new Set(["http.cookies.SimpleCookie()", "Cookie.SimpleCookie()"]);

const CONSEQUENCES: ReadonlyMap<string, string> = new Map([
  ["secure", "a browser also sends it over plain HTTP"],
  ["httponly", "any script in the page can copy it"],
]);

/** Cookies that are written as a header, or into the standard library's jar, without a flag. */
export const rawCookie: ModuleDetector = {
  kind: "module",
  name: "raw-cookie",
  triggers: { calls: SENDERS, names: ["SimpleCookie", '"Set-Cookie"', "'Set-Cookie'"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const { calledAs } = factIndex(facts);
  for (const call of calledAs(SENDERS)) {
    const [header, value] = call.args;
    if (header === undefined || value === undefined || !namesCookie(facts, header.node)) continue;
    yield* lacking(call.node, headerText(facts, value.node));
  }
  for (const fact of facts.assignments) {
    if (syntax.kind[fact.target] !== Kind.subscript) continue;
    const key = childByField(syntax, fact.target, Field.subscript);
    if (namesCookie(facts, key)) yield* lacking(fact.node, headerText(facts, fact.value));
    else if (isCrumb(facts, fact)) yield* lacking(fact.node, flagsOf(facts, fact));
  }
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

function flagsOf(facts: ModuleFacts, crumb: AssignmentFact): string {
  return facts.assignments
    .filter(({ name, node }) => name.startsWith(`${crumb.name}[`) && facts.scopeOf(node) === facts.scopeOf(crumb.node))
    .map(({ name }) => name)
    .join(" ");
}

function* lacking(node: number, text: string | undefined): Generator<Detection> {
  if (text === undefined) return;
  const flags = [...CONSEQUENCES.keys()].filter((flag) => !new RegExp(`\\b${flag}\\b`, "i").test(text));
  if (flags.length === 0) return;
  const consequence = flags.map((flag) => CONSEQUENCES.get(flag)).join(", and ");
  yield { node, fields: { name: "Set-Cookie", cookie: "Set-Cookie", flags: flags.join(", "), consequence } };
}
