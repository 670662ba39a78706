import { textOf } from "../../python/walk.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { shorten } from "../library/library.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "./carry.ts";
import { keyOfConstant } from "./container-key.ts";
import { EVERYTHING, UNKNOWN, type Value, withCleared, withoutLabels } from "./value.ts";

/** The value with the label that the name of its place says it has; constants and functions keep what they are. */
export function labelledByName(machine: Machine, node: number, name: string, value: Value): Value {
  if (value.constants !== undefined || value.constancy === "constant" || value.callables.length > 0) return value;
  const said = machine.models.named(name);
  if (said === undefined || (value.labels & said.bit) !== 0) return value;
  machine.sources++;
  const note = `\`${shorten(textOf(machine.syntax, node))}\` holds ${said.text}`;
  const source = machine.source(node, note, `name ${name}`, said.bit);
  return carry(value, [{ ...UNKNOWN, labels: said.bit, cleared: ~said.reaches & EVERYTHING, origin: source }]);
}

/** What the name of a function says of its result: `get_password()` yields one, `mask_token(x)` none any more. */
export function resultByName(machine: Machine, call: Call, result: Value): Value {
  const { name, args, node } = call;
  const removed = machine.models.removedByName(name);
  if (removed !== 0 && (result.labels & removed) !== 0) {
    const labels = result.labels & ~removed;
    return labels === 0 ? withoutLabels(result) : { ...result, labels };
  }
  const [first] = args.positional;
  const key = first === undefined || !GETTER.test(name) ? undefined : keyOfConstant(first.value);
  if (typeof key === "string") return labelledByName(machine, node, key, result);
  return PRODUCER.test(name) ? labelledByName(machine, node, name, result) : result;
}

export function withoutNamedLabels(machine: Machine, value: Value): Value {
  const labels = value.labels & ~machine.models.namedLabels;
  if (labels === value.labels) return value;
  return labels === 0 ? withoutLabels(value) : { ...value, labels };
}

/** What an unknown function may give back of a value: not the secrets of an object that it was handed as a whole. */
export function handedOver(machine: Machine, value: Value): Value {
  const whole = deep(machine, value);
  const inside = machine.models.namedLabels & ~value.labels;
  if (value.refs.length === 0 || (whole.labels & inside) === 0) return whole;
  const labels = whole.labels & ~inside;
  return labels === 0 ? withoutLabels(whole) : { ...whole, labels };
}

/**
 * The same of an argument: an object of the project that is handed over as a whole, as `self` is, holds much, and what an address is made of
 * is seldom what was sent.
 */
export function argumentOver(machine: Machine, value: Value): Value {
  const handed = handedOver(machine, value);
  if (value.labels !== 0 || handed.labels === 0) return handed;
  const isObject = value.refs.every((ref) => machine.shape(ref)?.kind === "object");
  return isObject ? withCleared(handed, machine.models.kindMask(["redirect"])) : handed;
}

/** Reads a value by the name that comes first: `get("password")`, `getenv("API_KEY")`, `read_secret("token")`. */
const GETTER =
  /^(?:get|pop|read|fetch|load|config|env|lookup|setdefault)(?:_|[A-Z]|env|$)|^(?:getenv|getenvb|getfirst|getvalue)$/;
const PRODUCER = /^(?:get|read|fetch|load|generate|make|new|create|issue|decrypt|prompt)(?:_|[A-Z])/;
