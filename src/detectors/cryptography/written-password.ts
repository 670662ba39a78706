import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { factIndex } from "../shared/fact-index.ts";
import { makingCall } from "../shared/making-call.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { HASHES, isHandedOver, keepsHandedPassword } from "./handed-password.ts";

/** Functions that write what they are given into a file that is their second argument. */
const DUMPS = /^(?:json|pickle|marshal|yaml|toml|tomli_w|plistlib|csv)\.(?:dump|safe_dump)$/;
const FILE = /(?:^|\.)open\(\)$|^(?:io|tempfile)\.\w+\(\)$|\.open\(\)$/;

/** Functions that make a text of what they are given. */
const TEXTS = /^(?:json|yaml|toml|tomli_w|pickle|marshal|plistlib)\.(?:dump|dumps|safe_dump)$/;

const WRITES_WHOLE = /\.write_(?:text|bytes)$/;

/** Passwords that are written into a file as they were handed over or came with a request. */
export const writtenPassword: ModuleDetector = {
  kind: "module",
  name: "written-password",
  triggers: {
    labels: ["password"],
    and: { names: ["write", "writelines", "write_text", "write_bytes", "dump", "safe_dump"] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const written = writtenBy(facts, call);
    if (written === undefined || !holds(written)) continue;
    const scope = facts.scopeOf(call.node);
    const isHashed = factIndex(facts)
      .callsIn(scope)
      .some(({ name }) => HASHES.test(name));
    const isEntered =
      !isHashed &&
      ((isAskedFor(facts, call) && !isForOwner(facts, scope)) ||
        holds(written, ({ labels }) => labels.includes("remote")));
    if (isEntered || keepsHandedPassword(facts, call.node)) yield { node: call.node, fields: { callee: call.name } };
  }
}

/** `getpass.getpass()` is in the text that is written. */
function isAskedFor(facts: ModuleFacts, { args: [first] }: CallFact): boolean {
  if (first === undefined) return false;
  const { callAt } = factIndex(facts);
  return textPieces(facts, first.node, () => false).some((piece) =>
    callAt.get(piece)?.callee.includes("getpass.getpass"),
  );
}

/** Whether the function keeps others from the file: what a program asked its own user for, it may keep for them. */
function isForOwner(facts: ModuleFacts, scope: string): boolean {
  return factIndex(facts)
    .callsIn(scope)
    .some(({ callee, args }) => {
      const place = MODES.find(([pattern]) => callee.some((path) => pattern.test(path)))?.[1];
      const mode = args.find(
        ({ position, keyword }) => keyword === "mode" || (keyword === undefined && position === place),
      );
      const numbers = mode?.value.constants ?? [];
      return numbers.length > 0 && numbers.every((one) => typeof one === "number" && (one & 0o077) === 0);
    });
}

/** Where calls take the rights of a file. */
const MODES: readonly (readonly [RegExp, number])[] = [
  [/^os\.open$/, 2],
  [/^os\.f?chmod$/, 1],
  [/^pathlib\.Path\(\)\.(?:chmod|touch)$/, 0],
];

/** What ends up in a file; undefined for calls that write to something else, or nothing. */
function writtenBy(facts: ModuleFacts, { name, callee, receiver, args: [first] }: CallFact): ValueFact | undefined {
  const isFile = receiver?.paths.some((path) => FILE.test(path)) ?? false;
  const writes =
    (isFile && /\.write(?:lines)?$/.test(name)) || WRITES_WHOLE.test(name) || callee.some((path) => DUMPS.test(path));
  const text = writes && first !== undefined ? makingCall(facts, first.node) : undefined;
  return text?.callee.some((path) => TEXTS.test(path)) ? text.args[0]?.value : writes ? first?.value : undefined;
}

/** The value itself, or an entry that is named as a password. */
function holds(value: ValueFact, also: (value: ValueFact) => boolean = () => true): boolean {
  const entries = [...(value.entries ?? [])].filter(([key]) => typeof key === "string" && isPasswordName(key));
  return [value, ...entries.map(([, entry]) => entry)].some((one) => isHandedOver(one) && also(one));
}
