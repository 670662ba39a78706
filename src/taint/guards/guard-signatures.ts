import { Field, Kind } from "../../python/kinds.ts";
import { childByField, isInside, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { Machine, Unit } from "../machine/machine.ts";
import { namedArguments } from "./guard-calls.ts";
import { narrow } from "./narrow.ts";

const SIGNERS: ReadonlySet<string> = new Set(["hmac.new", "hmac.digest", "hmac.HMAC"]);

/** The signature of what was signed in this function, or by one that it calls, is right: whoever has the key has written it. */
export function proveSigned(machine: Machine): void {
  const { frame, unit } = machine;
  const body = frame.function?.info.body;
  if (body === undefined) return;
  const trusted = machine.models.kindMask(["trust"]);
  for (const text of signedIn(unit, body)) narrow(machine, text, trusted);
  for (const [call, { callee }] of unit.proofs) {
    if (!isInside(unit.syntax, call, body)) continue;
    const signed = parametersSigned(callee);
    if (signed.size === 0) continue;
    for (const { name, value } of namedArguments(machine, call, callee))
      if (signed.has(name)) narrow(machine, writtenText(unit, value), trusted);
  }
}

/** The parameters that a function signs: of one that was run. */
const parametersSigned = oncePer(({ unit, info }: FunctionCallable): ReadonlySet<string> => {
  const { syntax } = unit;
  const texts = signedIn(unit, info.body).filter((text) => syntax.kind[text] === Kind.identifier);
  return new Set(texts.map((text) => textOf(syntax, text)));
});

/** The texts that are signed in a body, as far as it was run. */
function signedIn(unit: Unit, body: number): readonly number[] {
  return [...unit.recorder.calls.values()].flatMap(({ node, callee, args }) => {
    if (!isInside(unit.syntax, node, body) || !callee.some((path) => SIGNERS.has(path))) return [];
    const signed = args.find(({ position, keyword }) => position === 1 || keyword === "msg");
    return signed === undefined ? [] : [writtenText(unit, signed.node)];
  });
}

/** `hmac.new(key, text.encode())` signs the text. */
function writtenText({ syntax }: Unit, node: number): number {
  if (syntax.kind[node] !== Kind.call) return node;
  const target = childByField(syntax, node, Field.function);
  const isEncoded = syntax.kind[target] === Kind.attribute && /\.encode$/.test(textOf(syntax, target));
  return isEncoded ? childByField(syntax, target, Field.object) : node;
}
