import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import type { Value } from "../values/value.ts";

/**
 * `response.headers["Content-Type"] = "text/plain"`, `response.mimetype = "application/json"`: what was put into the
 * response before is no page.
 */
export function noteContentType(machine: Machine, target: number, value: Value): void {
  const isOther = value.constants?.every(
    (type) => typeof type === "string" && type !== "" && !/html|svg|xml/i.test(type),
  );
  if (isOther !== true || value.constants?.length === 0) return;
  const response = responseOf(machine, target);
  const made = response === undefined ? NONE : lastValueOf(machine, response, target);
  if (made !== NONE) machine.recorder.retract(made, "html");
}

/** `answer.mimetype`, `answer.headers["Content-Type"]`: a target that says of what type an answer is. */
export function namesContentType(target: string): boolean {
  return /\.(?:content_type|mimetype)$|\[["']content-type["']\]$/i.test(target.slice(-LONGEST_NAME));
}

/** `self.set_header`, `response.headers.set`: a call that sets a header, of whatever object. */
export function setsHeader(callee: string): boolean {
  return /(?:^|\.)(?:\w+_header|header|setHeader|headers\.(?:set|add|setdefault))$/.test(callee.slice(-LONGEST_NAME));
}

/** Of a chain of calls the end tells, in characters. */
const LONGEST_NAME = 64;

/** The name of the variable whose type of content a target sets. */
function responseOf(machine: Machine, target: number): string | undefined {
  const { syntax } = machine;
  let object: number;
  if (syntax.kind[target] === Kind.attribute) {
    const name = textOf(syntax, childByField(syntax, target, Field.attribute));
    if (name !== "mimetype" && name !== "content_type") return undefined;
    object = childByField(syntax, target, Field.object);
  } else {
    const key = keyOfConstant(machine.recorder.valueOf(childByField(syntax, target, Field.subscript)) ?? NOTHING);
    if (typeof key !== "string" || key.toLowerCase() !== "content-type") return undefined;
    object = childByField(syntax, target, Field.value);
    if (syntax.kind[object] === Kind.attribute) object = childByField(syntax, object, Field.object);
  }
  return syntax.kind[object] === Kind.identifier ? textOf(syntax, object) : undefined;
}

const NOTHING = { constants: undefined } as Value;

/** What a variable was given last before a place. */
function lastValueOf({ recorder }: Machine, name: string, before: number): number {
  let last = NONE;
  for (const assignment of recorder.assignments.values())
    if (assignment.name === name && assignment.node < before && assignment.value > last) last = assignment.value;
  return last;
}
