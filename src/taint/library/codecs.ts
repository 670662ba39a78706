import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { concatenate } from "../values/text.ts";
import { DYNAMIC, EVERYTHING, type Value, withCleared } from "../values/value.ts";
import { inOrder } from "./sequences.ts";
import { splitWords } from "./text-methods.ts";

/** What gives back a text as it was before it was encoded. */
export const DECODERS: readonly string[] = [
  ...["b64decode", "urlsafe_b64decode", "standard_b64decode", "b32decode", "b16decode", "b85decode", "a85decode"].map(
    (name) => `base64.${name}`,
  ),
  ...["unhexlify", "a2b_hex", "a2b_base64"].map((name) => `binascii.${name}`),
  ...["bytes.fromhex", "bytearray.fromhex", "html.unescape", "urllib.parse.unquote", "urllib.parse.unquote_plus"],
];

/** What an encoder had made harmless is not any more; who wrote it stays the same. */
export function decode(machine: Machine, { args }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  if (given === undefined) return undefined;
  const value = deep(machine, given);
  if (value.labels === 0) return undefined;
  const decoded = carry({ ...DYNAMIC, text: true }, [value]);
  const trusted = machine.models.kindMask(["trust"]);
  return value.cleared === EVERYTHING ? decoded : { ...decoded, cleared: value.cleared & trusted };
}

/** `normalize("NFKC", name)`: letters that only look like `/`, `.` or `<` are those signs from then on. */
export function normalizeText(machine: Machine, { args, ...call }: Call): Value | undefined {
  const [form, text] = args.positional;
  const isCompatible = form?.value.constants?.some((name) => name === "NFKC" || name === "NFKD") === true;
  const isCleared = text !== undefined && (text.value.cleared & machine.models.kindMask(["path", "html"])) !== 0;
  if (!isCompatible || !(isCleared || text?.value.paths.includes("path.WithoutParent()"))) return undefined;
  return decode(machine, { ...call, args: { ...args, positional: [text] } });
}

/** `parse_qs(query)`: what was encoded for an address is what it was before. */
export function decodeQuery(machine: Machine, call: Call): Value | undefined {
  const query = call.args.positional[0]?.value;
  const trusted = machine.models.kindMask(["trust"]);
  const isEncoded = query !== undefined && query.cleared !== EVERYTHING && (query.cleared & ~trusted) !== 0;
  return isEncoded ? decode(machine, call) : undefined;
}

/** `chr(ord(text))` is the text again; of a number whose bounds are known it is one of a few characters. */
export function toCharacter(machine: Machine, call: Call): Value | undefined {
  const number = call.args.positional[0]?.value;
  const isBounded = number !== undefined && (number.cleared & machine.models.kindMask(["range"])) !== 0;
  return isBounded ? undefined : decode(machine, call);
}

/** `shlex.join`: each part is one word of the command; which program it runs the first one still says. */
export function joinQuoted(machine: Machine, { args }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  const shape = inOrder(machine.onlyShape(given));
  const program = shape?.entries.get(0);
  if (given === undefined || shape === undefined || program === undefined || program.labels !== 0) return undefined;
  const command = machine.models.kindMask(["command"]);
  const parts = [...shape.entries.values(), ...(shape.rest === undefined ? [] : [shape.rest])];
  return concatenate(parts.map((part) => withCleared(deep(machine, part), command)));
}

/** `shlex.split`: the words of a command line, without the quotes that made one word of them. */
export function splitCommand(machine: Machine, { args }: Call): Value | undefined {
  const line = args.positional[0]?.value;
  if (line === undefined || line.cleared === EVERYTHING) return line && splitWords(machine, line);
  return splitWords(machine, { ...line, cleared: line.cleared & ~machine.models.kindMask(["command"]) });
}
