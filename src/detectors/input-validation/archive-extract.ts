import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";

const EXTRACT =
  /^tarfile\.(?:open|TarFile|TarFile\.open|TarFile\.gzopen|TarFile\.bz2open|TarFile\.xzopen)\(\)\.extract(?:all)?$/;

const UNPACK = "shutil.unpack_archive";

/** Formats of `shutil.unpack_archive` that cannot leave the target, and the position of the format. */
const SAFE_FORMATS = new Set(["zip"]);

/** Calls with which a function looks at where members would go. */
const LOOKS = /(?:\.getmembers|\.getnames|\.is_relative_to|\.commonpath|\.commonprefix|\.realpath|\.isabs)$/;

const Options = z.strictObject({
  /** What is looked for: no filter, which leaves it to the version, or one that lets everything through. */
  filter: z.enum(["none", "fully-trusted"]),
});

/** Tar archives unpacked without a filter, members or a look at them. */
export const archiveExtract: ModuleDetector = {
  kind: "module",
  name: "archive-extract",
  triggers: { calls: [UNPACK], roots: ["tarfile"] },
  prepare: (raw) => {
    const { filter } = Options.parse(raw);
    return (facts) => detect(facts, filter);
  },
};

function* detect(facts: ModuleFacts, wanted: z.infer<typeof Options>["filter"]): Generator<Detection> {
  if (setsDefaultFilter(facts)) return;
  for (const call of facts.calls) {
    const isUnpack = call.callee.includes(UNPACK);
    if ((!isUnpack && !call.callee.some((path) => EXTRACT.test(path))) || filterOf(call) !== wanted) continue;
    if (call.callee.some((path) => path.endsWith(".extract"))) {
      if (!isUnseenMember(facts, call)) continue;
    } else if (isUnpack ? isSafeFormat(call) : hasMembers(call)) continue;
    else if (looksFirst(facts, call)) continue;
    yield { node: call.node, call, fields: { callee: call.name } };
  }
}

/** A filter that is known to be `fully_trusted` filters nothing; any other is trusted. */
function filterOf(call: CallFact): "none" | "fully-trusted" | "trusted" {
  const filter = argument(call, "filter", undefined);
  if (filter === undefined) return call.doubleSplat ? "trusted" : "none";
  const { constants, paths } = filter.value;
  const isOpen =
    (constants.length === 1 && constants[0] === "fully_trusted") || paths.includes("tarfile.fully_trusted_filter");
  return isOpen ? "fully-trusted" : "trusted";
}

function hasMembers(call: CallFact): boolean {
  const members = argument(call, "members", 1);
  return members !== undefined && members.value.constants[0] !== null;
}

/** `for member in archive: archive.extract(member)`: one after the other, without a look at any. */
function isUnseenMember({ syntax, scopeOf }: ModuleFacts, call: CallFact): boolean {
  const member = argument(call, "member", 0);
  if (member === undefined || syntax.kind[member.node] !== Kind.identifier) return false;
  const loop = ancestorOfKind(syntax, call.node, Kind.for_statement);
  if (loop === NONE) return false;
  const name = textOf(syntax, member.node);
  const target = childByField(syntax, loop, Field.left);
  const all = textOf(syntax, childByField(syntax, loop, Field.right));
  const archive = call.name.replace(/\.extract$/, "");
  if (textOf(syntax, target) !== name || ![archive, `${archive}.getmembers()`, `${archive}.getnames()`].includes(all))
    return false;
  const scope = scopeOf(call.node);
  return ![...nodesOfKind(syntax, Kind.identifier)].some(
    (node) => node !== target && node < call.node && textOf(syntax, node) === name && scopeOf(node) === scope,
  );
}

function isSafeFormat(call: CallFact): boolean {
  const format = argument(call, "format", 2)?.value.constants[0];
  const archive = argument(call, "filename", 0)?.value.constants[0];
  return (
    (typeof format === "string" && SAFE_FORMATS.has(format)) ||
    (typeof archive === "string" && archive.endsWith(".zip"))
  );
}

function argument(call: CallFact, keyword: string, position: number | undefined): ArgumentFact | undefined {
  return call.args.find((arg) => arg.keyword === keyword || (position !== undefined && arg.position === position));
}

function looksFirst(facts: ModuleFacts, call: CallFact): boolean {
  const archive = call.name.replace(/\.extractall$/, "");
  return factIndex(facts)
    .callsIn(facts.scopeOf(call.node))
    .some(
      (other) =>
        other.node < call.node && (LOOKS.test(other.name.replace(/\(.*\)/gs, "")) || isCheckOf(facts, other, archive)),
    );
}

/** `validate_members(archive, target)`: a function that is named for a check is given the archive. */
function isCheckOf({ syntax }: ModuleFacts, { name, args }: CallFact, archive: string): boolean {
  const isCheck = nameWords(lastPart(name)).some((word) => CHECKS.has(word));
  return isCheck && args.some(({ node }) => textOf(syntax, node) === archive);
}

const CHECKS: ReadonlySet<string> = new Set(["check", "validate", "verify", "ensure", "inspect", "assert", "safe"]);

/** `tarfile.TarFile.extraction_filter = …` holds for the whole process. */
function setsDefaultFilter(facts: ModuleFacts): boolean {
  return facts.assignments.some((fact) => fact.name.endsWith("TarFile.extraction_filter"));
}
