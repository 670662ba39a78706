import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { narrow } from "./narrow.ts";

const SIGNERS: ReadonlySet<string> = new Set(["hmac.new", "hmac.digest", "hmac.HMAC"]);

/** The signature of what was signed in this function is right: whoever has the key has written it. */
export function proveSigned(machine: Machine): void {
  const { recorder, frame, syntax } = machine;
  const body = frame.function?.info.body;
  if (body === undefined) return;
  const trusted = machine.models.kindMask(["trust"]);
  for (const { node, callee, args } of recorder.calls.values()) {
    if (node < body || node >= syntax.next[body] || !callee.some((path) => SIGNERS.has(path))) continue;
    const signed = args.find(({ position, keyword }) => position === 1 || keyword === "msg");
    if (signed !== undefined) narrow(machine, writtenText(machine, signed.node), trusted);
  }
}

/** `hmac.new(key, text.encode())` signs the text. */
function writtenText({ syntax }: Machine, node: number): number {
  if (syntax.kind[node] !== Kind.call) return node;
  const target = childByField(syntax, node, Field.function);
  const isEncoded = syntax.kind[target] === Kind.attribute && /\.encode$/.test(textOf(syntax, target));
  return isEncoded ? childByField(syntax, target, Field.object) : node;
}
