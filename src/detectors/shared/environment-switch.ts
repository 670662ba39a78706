import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { ENVIRONMENT_READERS } from "./environment-readers.ts";

const OFF: ReadonlySet<unknown> = new Set([false, 0, "", "0", "false", "no", "off", "f", "n"]);

/** Whether a variable of the environment is read so that the result is off where it is not set. */
export function isOffWhenUnset(facts: ModuleFacts, call: CallFact): boolean {
  if (!call.callee.some((path) => ENVIRONMENT_READERS.has(path))) return false;
  const fallback = call.args.find(({ position, keyword }) => position === 1 || keyword === "default")?.value;
  const [constant, ...others] = fallback?.constants ?? [];
  if (constant === undefined || others.length > 0) return false;
  const isOff = OFF.has(typeof constant === "string" ? constant.toLowerCase() : constant);
  return isOff && !isComparedWithOff(facts, call);
}

/** `os.getenv("DEBUG", "1") != "1"` and `== "0"` turn it round. */
export function isComparedWithOff(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  let parent = syntax.parent[call.node];
  while (syntax.kind[parent] === Kind.attribute || syntax.kind[parent] === Kind.call) parent = syntax.parent[parent];
  if (syntax.kind[parent] !== Kind.comparison_operator) return false;
  const text = textOf(syntax, parent);
  const isNegated = /!=|\bnot in\b/.test(text);
  const saysOff = /["'](?:0|false|no|off)["']/i.test(text.slice(textOf(syntax, call.node).length));
  return isNegated !== saysOff;
}
