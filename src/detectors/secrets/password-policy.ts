import { comparisonParts } from "../../python/comparison-parts.ts";
import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { settingTriggers, webSettings } from "../shared/web-settings.ts";
import { isPasswordName, PASSWORD_WORDS } from "./password-name.ts";

/** In characters: the least that NIST SP 800-63B permits. */
const LEAST = 8;

const FIELD_CALLS = ["wtforms.PasswordField", "wtforms.fields.PasswordField", "wtforms.fields.simple.PasswordField"];
const LENGTH = /^wtforms\.validators\.[Ll]ength$/;
/** An option of one of the validators. */
const MIN_LENGTH = /["']min_length["']\s*:\s*(\d+)/;

const MIRRORED: ReadonlyMap<string, string> = new Map([
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="],
]);

const SETTINGS = settingTriggers(["AUTH_PASSWORD_VALIDATORS"]);

/** Rules for new passwords that let fewer than eight characters through, or that ask for nothing at all. */
export const passwordPolicy: ModuleDetector = {
  kind: "module",
  name: "password-policy",
  triggers: {
    ...SETTINGS,
    calls: [...(SETTINGS.calls ?? []), ...FIELD_CALLS, "len", "pydantic.Field"],
    and: { words: PASSWORD_WORDS },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { name, node, value, valueNode } of webSettings(facts, ["django"])) {
    if (name !== "AUTH_PASSWORD_VALIDATORS" || value.elements === undefined) continue;
    if (value.elements.length === 0) yield { node, fields: { name, least: "any length" } };
    const written = MIN_LENGTH.exec(textOf(facts.syntax, valueNode))?.[1];
    const least = written === undefined ? undefined : Number(written);
    if (isShort(least)) yield { node, fields: { name, least: inWords(least) } };
  }
  for (const call of facts.calls) {
    const found = shortField(facts, call);
    if (found !== undefined) yield { node: call.node, fields: found };
  }
  yield* comparisons(facts);
}

/** `PasswordField(validators=[Length(min=4)])`, `password: str = Field(min_length=4)`. */
function shortField(facts: ModuleFacts, call: CallFact): Record<string, string> | undefined {
  if (call.callee.includes("pydantic.Field")) {
    const field = factIndex(facts).assignedFrom(call.node);
    const least = constantOf(call.args.find(({ keyword }) => keyword === "min_length"));
    return field !== undefined && isPasswordName(field.name) && isShort(least)
      ? { name: field.name, least: inWords(least) }
      : undefined;
  }
  if (!call.callee.some((path) => FIELD_CALLS.includes(path))) return undefined;
  const { syntax } = facts;
  const length = facts.calls.find(
    ({ node, callee }) => node > call.node && node < syntax.next[call.node] && callee.some((path) => LENGTH.test(path)),
  );
  const least = constantOf(length?.args.find(({ keyword, position }) => keyword === "min" || position === 0));
  return isShort(least) ? { name: call.name, least: inWords(least) } : undefined;
}

/** `len(password) < 6`, one such comparison a function: where there are more, they tell how good a password is. */
function* comparisons(facts: ModuleFacts): Generator<Detection> {
  const found = facts.calls.flatMap((call) => {
    const bound = lowerBound(facts, call);
    return bound === undefined ? [] : [bound];
  });
  const byScope = Map.groupBy(found, ({ node, name }) => `${facts.scopeOf(node)}\n${name}`);
  for (const [one, ...others] of byScope.values()) {
    if (one === undefined || others.length > 0 || !isShort(one.least)) continue;
    yield { node: one.node, fields: { name: one.name, least: inWords(one.least) } };
  }
}

interface Bound {
  readonly node: number;
  readonly name: string;
  readonly least: number;
}

/** What a comparison of a password's length asks for at least. */
function lowerBound(facts: ModuleFacts, call: CallFact): Bound | undefined {
  const { syntax } = facts;
  const [counted] = call.args;
  const node = syntax.parent[call.node];
  if (call.name !== "len" || counted === undefined || syntax.kind[node] !== Kind.comparison_operator) return undefined;
  const lastName = lastNameOf(syntax, counted.node);
  if (lastName === undefined || !isPasswordName(lastName)) return undefined;
  const { operands, operators } = comparisonParts(syntax, node);
  const at = operands.indexOf(call.node);
  const operator = at === 0 ? operators[0] : MIRRORED.get(operators[at - 1] ?? "");
  const [bound, ...more] = facts.value(operands[at === 0 ? 1 : at - 1] ?? node)?.constants ?? [];
  if (typeof bound !== "number" || more.length > 0) return undefined;
  const name = textOf(syntax, counted.node);
  if (operator === "<" || operator === ">=") return { node, name, least: bound };
  if (operator === "<=" || operator === ">") return { node, name, least: bound + 1 };
  return undefined;
}

function constantOf(argument: ArgumentFact | undefined): unknown {
  const [constant, ...others] = argument?.value.constants ?? [];
  return others.length === 0 ? constant : undefined;
}

/** One character is what a field asks for that has to be filled in. */
function isShort(least: unknown): least is number {
  return typeof least === "number" && least > 1 && least < LEAST;
}

function inWords(least: number): string {
  return `${least} characters`;
}
