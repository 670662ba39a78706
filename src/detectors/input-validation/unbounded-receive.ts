import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";

/** What comes over the network, or out of an archive, and is kept in memory however much it is. */
export const unboundedReceive: ModuleDetector = {
  kind: "module",
  name: "unbounded-receive",
  triggers: {
    names: ["recv", "rfile", "infolist", "namelist", "unpack", "unpack_from", "from_bytes"],
    and: { nodes: [Kind.call] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.augmented_assignment)) {
    if (isReceived(facts, node) && !isBounded(facts, node))
      yield { node, fields: { what: textOf(syntax, childByField(syntax, node, Field.left)) } };
  }
  for (const call of facts.calls) {
    const isWhole = isBodyOfAnyLength(facts, call) || isFrameOfAnyLength(facts, call) || isWholeMember(facts, call);
    if (isWhole) yield { node: call.node, fields: { what: call.name } };
  }
}

/** `buffer += sock.recv(4096)` in a loop, also by a name. */
function isReceived(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const value = childByField(syntax, node, Field.right);
  const target = childByField(syntax, node, Field.left);
  if (value === NONE || !NAMES.has(syntax.kind[target]) || loopAround(facts, node) === NONE) return false;
  if (RECEIVES.test(textOf(syntax, value))) return true;
  if (syntax.kind[value] !== Kind.identifier) return false;
  const made = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, value));
  return made.some((one) => RECEIVES.test(textOf(syntax, one.value)));
}

const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.attribute]);
const RECEIVES = /^(?:await\s+)?[\w.]+\.recv(?:_into)?\([^()]*\)$/;

function loopAround({ syntax }: ModuleFacts, node: number): number {
  const loop = ancestorOfKind(syntax, node, Kind.while_statement, Kind.for_statement, Kind.function_definition);
  return loop !== NONE && syntax.kind[loop] === Kind.while_statement ? loop : NONE;
}

/** UTF-16 code units of a function or loop that is looked through for a limit: longer ones are taken to have one. */
const MAX_CODE = 8_000;

function codeAt({ syntax }: ModuleFacts, node: number): string | undefined {
  return node === NONE || syntax.end[node] - syntax.start[node] > MAX_CODE ? undefined : textOf(syntax, node);
}

/** The loop compares a length, or counts down to what is still to come. */
function isBounded(facts: ModuleFacts, node: number): boolean {
  const loop = codeAt(facts, loopAround(facts, node));
  if (loop === undefined) return true;
  return /\blen\(|\b(?:remaining|left|missing|needed|expected|total|size|length|count|limit)\w*\b|\bmin\(/i.test(
    loop.replaceAll(/#.*$/gm, ""),
  );
}

/** `self.rfile.read(int(self.headers["Content-Length"]))`: the sender says how much. */
function isBodyOfAnyLength(facts: ModuleFacts, { name, args: [size], node }: CallFact): boolean {
  if (!/(?:^|\.)rfile\.read$/.test(name)) return false;
  if (size === undefined) return true;
  const { syntax } = facts;
  const written = textOf(syntax, size.node);
  if (OF_SENDER.test(written)) return true;
  const scope = facts.scopeOf(node);
  const isGiven = factIndex(facts)
    .assignmentsTo(scope, written)
    .some(({ value }) => OF_SENDER.test(textOf(syntax, value)));
  const around = codeAt(facts, ancestorOfKind(syntax, node, Kind.function_definition));
  return isGiven && around !== undefined && /^\w+$/.test(written) && !comparesName(around, written);
}

const OF_SENDER = /^(?:int\()?\s*[\w.]*headers(?:\.get\(|\[)\s*["']content-length["']/i;

/** What reads as many bytes as it is told: `sock.recv(length)`, `reader.readexactly(length)`, `recv_exact(sock, length)`. */
const READS_SO_MANY = /(?:^|\.)_?(?:recv|(?:recv|read)_?(?:exact(?:ly)?|all|n|bytes))$/;

/** Where a length is read out of bytes that came before, as a number of four bytes or more. */
const WIDE =
  /unpack(?:_from)?\(\s*["'][<>=!@]?\w*[ILQilqN]|int\.from_bytes\([^()]*\.(?:recv|read)\w*\(\s*(?:[4-9]|\d\d)\s*\)/;

/** Assignments to a name that are looked at: a length is read at one place or two. */
const MAX_MADE = 8;

/** `(length,) = struct.unpack(">I", …)`, and then as much as that: the sender says how much, up to four gigabytes. */
function isFrameOfAnyLength(facts: ModuleFacts, { name, args, node }: CallFact): boolean {
  if (!READS_SO_MANY.test(name)) return false;
  const { syntax } = facts;
  const scope = facts.scopeOf(node);
  const size = args.find(({ node: given }) => {
    if (syntax.kind[given] !== Kind.identifier) return false;
    const made = factIndex(facts).assignmentsTo(scope, textOf(syntax, given));
    return made.length > 0 && made.length <= MAX_MADE && made.every(({ value }) => isWideNumber(facts, value));
  });
  if (size === undefined) return false;
  const around = codeAt(facts, ancestorOfKind(syntax, node, Kind.function_definition));
  return around !== undefined && !comparesName(around, textOf(syntax, size.node));
}

/** Read by a format that is written in the call, or by the module's one `Struct`. */
function isWideNumber(facts: ModuleFacts, value: number): boolean {
  const written = codeAt(facts, value) ?? "";
  if (WIDE.test(written)) return true;
  if (!/\.unpack(?:_from)?\(/.test(written) || /\bstruct\.unpack/.test(written)) return false;
  return hasWideStruct(facts);
}

/** Whether the module makes one `Struct`, and that begins with a number of four bytes or more. */
const hasWideStruct: (facts: ModuleFacts) => boolean = oncePer((facts) => {
  const [made, ...others] = factIndex(facts).calledAs(["struct.Struct"]);
  const format = String(made?.args[0]?.value.constants[0] ?? "");
  return others.length === 0 && /^[<>=!@]?\w{0,9}[ILQilqN]/.test(format);
});

function comparesName(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b\\s*(?:[<>]|not in\\b|in\\b)|[<>]=?\\s*${name}\\b`, "u").test(code);
}

/** `archive.read(name)` and `archive.open(info).read()` in a loop over all of an archive: nothing asks how large each is. */
function isWholeMember(facts: ModuleFacts, { name, args, node }: CallFact): boolean {
  const { syntax } = facts;
  if (lastPart(name) !== "read" || args.length > 1) return false;
  const loop = ancestorOfKind(syntax, node, Kind.for_statement, Kind.function_definition);
  if (loop === NONE || syntax.kind[loop] !== Kind.for_statement) return false;
  const [, archive] =
    /^([\w.]+)\.(?:infolist|namelist)\(\)$/.exec(textOf(syntax, childByField(syntax, loop, Field.right))) ?? [];
  if (archive === undefined) return false;
  const around = codeAt(facts, ancestorOfKind(syntax, loop, Kind.function_definition, Kind.module));
  if (around === undefined || /\bfile_size\b/.test(around)) return false;
  return name === `${archive}.read` ? args.length === 1 : args.length === 0 && isOpened(facts, node, archive);
}

/** What is read was opened of the archive: `with archive.open(info) as source: source.read()`. */
function isOpened(facts: ModuleFacts, node: number, archive: string): boolean {
  const { syntax } = facts;
  const object = childByField(syntax, childByField(syntax, node, Field.function), Field.object);
  if (object === NONE) return false;
  if (textOf(syntax, object).startsWith(`${archive}.open(`)) return true;
  const opened = ancestorOfKind(syntax, node, Kind.with_statement, Kind.for_statement);
  if (opened === NONE || syntax.kind[opened] !== Kind.with_statement) return false;
  const head = syntax.text.slice(syntax.start[opened], syntax.start[childByField(syntax, opened, Field.body)]);
  return head.includes(`${archive}.open(`) && head.trimEnd().endsWith(`as ${textOf(syntax, object)}:`);
}
