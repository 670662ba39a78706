import { z } from "zod";
import { firstFrom } from "../../python/first-from.ts";
import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { fileModeOf, type KnownBits } from "../permissions/known-bits.ts";

const OTHERS_WRITE = 0o002;
const OWNER = 0o700;
const STICKY = 0o1000;
/** Writing and running. */
/** The kind of the file and all rights. */
const LARGEST_MODE = 0o177777;
const GROUP_CHANGES = 0o030;
const OTHERS_CHANGE = 0o003;

const Options = z.strictObject({
  /** Any right beyond reading, and for the group too: for rules of the audit profile. */
  shared: z.boolean().default(false),
});

/** Where the mode stands. `os.open` is left out: its mode is a wish that the mask of the process cuts down. `pathlib.Path()` covers its subclasses by the models. */
const MODE_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ["os.chmod", 1],
  ["os.fchmod", 1],
  ["os.lchmod", 1],
  ["os.mkdir", 1],
  ["os.makedirs", 1],
  ["pathlib.Path().chmod", 0],
  ["pathlib.Path().lchmod", 0],
  ["pathlib.Path().mkdir", 0],
  ["aiofiles.os.makedirs", 1],
  ["aiofiles.os.mkdir", 1],
]);

/** Modes that let every account change a file, and decimal numbers that were meant as octal ones. */
export const fileMode: ModuleDetector = {
  kind: "module",
  name: "file-mode",
  triggers: { calls: ["os.umask", ...MODE_ARGUMENTS.keys()] },
  prepare: (raw) => {
    const { shared } = Options.parse(raw);
    return (facts) =>
      detect(facts, shared ? sharedMode : (facts, call) => broadMode(facts, call) ?? openMask(facts, call));
  },
};

type Judge = (facts: ModuleFacts, call: CallFact) => Detection | undefined;

function* detect(facts: ModuleFacts, judge: Judge): Generator<Detection> {
  for (const call of facts.calls) {
    const found = judge(facts, call);
    if (found !== undefined) yield found;
  }
}

/** Rights of the group or of others that reading does not need. */
function sharedMode(facts: ModuleFacts, call: CallFact): Detection | undefined {
  const argument = modeArgument(call);
  if (argument === undefined) return undefined;
  const { ones } = fileModeOf(facts, argument.node);
  const [mode] = argument.value.constants;
  if (typeof mode === "number" && mode > LARGEST_MODE)
    return {
      node: call.node,
      fields: { mode: textOf(facts.syntax, argument.node), who: "an unknown set of accounts" },
    };
  if ((ones & (GROUP_CHANGES | OTHERS_CHANGE)) === 0) return undefined;
  const who = (ones & OTHERS_CHANGE) === 0 ? "the group" : "every account";
  return { node: call.node, fields: { mode: textOf(facts.syntax, argument.node), who } };
}

function modeArgument(call: CallFact): ArgumentFact | undefined {
  const position = call.callee.map((path) => MODE_ARGUMENTS.get(path)).find((at) => at !== undefined);
  if (position === undefined) return undefined;
  return call.args.find((arg) => arg.keyword === "mode" || arg.position === position);
}

function broadMode(facts: ModuleFacts, call: CallFact): Detection | undefined {
  const argument = modeArgument(call);
  if (argument === undefined) return undefined;
  const written = textOf(facts.syntax, argument.node);
  if (facts.syntax.kind[argument.node] === Kind.integer && isOctalByMistake(written)) {
    const who = `accounts do something else than was meant: it is decimal, and stands for \`0o${Number(written).toString(8)}\``;
    return { node: call.node, value: argument.node, fields: { mode: written, own: `0o${written}`, who } };
  }
  const bits = fileModeOf(facts, argument.node);
  if (!everyoneWrites(bits)) return undefined;
  const fields = { mode: written, who: "every account on the machine change it" };
  const isOwnKnown = ((bits.ones | bits.zeros) & OWNER) === OWNER;
  if (!isOwnKnown) return { node: call.node, fields };
  const own = `0o${(bits.ones & OWNER).toString(8)}`;
  return { node: call.node, value: argument.node, fields: { ...fields, own } };
}

/** `os.umask(0)` for good, or while something is made; with the result kept and nothing in between it is how the current mask is read. */
function openMask(facts: ModuleFacts, call: CallFact): Detection | undefined {
  const [argument] = call.args;
  if (!call.callee.includes("os.umask") || argument === undefined) return undefined;
  const isKept = facts.syntax.kind[facts.syntax.parent[call.node]] !== Kind.expression_statement;
  const bits = fileModeOf(facts, argument.node);
  if ((bits.zeros & OTHERS_WRITE) === 0 || (isKept && !makesFiles(facts, call))) return undefined;
  const who = "every account change the files made from here on";
  const fields = { mode: textOf(facts.syntax, argument.node), own: "0o077", who };
  return { node: call.node, value: argument.node, fields };
}

/** Whether something is made before the mask is set back, with whatever rights the mask leaves. */
function makesFiles(facts: ModuleFacts, { node }: CallFact): boolean {
  const { calls } = facts;
  const scope = facts.scopeOf(node);
  for (let at = firstFrom(calls, node) + 1; at < calls.length; at++) {
    const call = calls[at];
    if (call === undefined || call.callee.includes("os.umask")) return false;
    if (makesFile(call) && facts.scopeOf(call.node) === scope) return true;
  }
  return false;
}

function makesFile({ name, callee, args }: CallFact): boolean {
  if (callee.some((path) => /^os\.(?:mkdir|makedirs)$/.test(path))) return args.length === 1;
  if (/\.write_(?:text|bytes)$/.test(name)) return true;
  const [mode] = args.find(({ position, keyword }) => position === 1 || keyword === "mode")?.value.constants ?? [];
  return name === "open" && typeof mode === "string" && /[wax]/.test(mode);
}

function everyoneWrites({ ones }: KnownBits): boolean {
  return (ones & OTHERS_WRITE) !== 0 && (ones & STICKY) === 0;
}

/** `755`, `644`: three octal digits that begin as modes do. */
function isOctalByMistake(literal: string): boolean {
  return /^[4-7][0-7]{2}$/.test(literal);
}
