import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../taint/facts.ts";

const EXTRACT_ALL =
  /^tarfile\.(?:open|TarFile|TarFile\.open|TarFile\.gzopen|TarFile\.bz2open|TarFile\.xzopen)\(\)\.extractall$/;

const UNPACK = "shutil.unpack_archive";

/** Formats of `shutil.unpack_archive` that cannot leave the target, and the position of the format. */
const SAFE_FORMATS = new Set(["zip"]);

/** Calls with which a function looks at where members would go. */
const LOOKS = /(?:\.getmembers|\.getnames|\.is_relative_to|\.commonpath|\.commonprefix|\.realpath|\.isabs)$/;

/** Tar archives unpacked without a filter, members or a look at them. */
export const archiveExtract: ModuleDetector = {
  kind: "module",
  name: "archive-extract",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (setsDefaultFilter(facts)) return;
  for (const call of facts.calls) {
    const isTar = call.callee.some((path) => EXTRACT_ALL.test(path));
    const isUnpack = call.callee.includes(UNPACK);
    if (!isTar && !isUnpack) continue;
    if (isFiltered(call) || (isTar && hasMembers(call)) || (isUnpack && isSafeFormat(call)) || looksFirst(facts, call))
      continue;
    yield { node: call.node, call, fields: { callee: call.name } };
  }
}

/** A filter that is known to be `fully_trusted` filters nothing; any other is trusted. */
function isFiltered(call: CallFact): boolean {
  const filter = argument(call, "filter", undefined);
  if (filter === undefined) return call.doubleSplat;
  const { constants, paths } = filter.value;
  return (
    !(constants.length === 1 && constants[0] === "fully_trusted") && !paths.includes("tarfile.fully_trusted_filter")
  );
}

function hasMembers(call: CallFact): boolean {
  const members = argument(call, "members", 1);
  return members !== undefined && members.value.constants[0] !== null;
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
  const scope = facts.scopeOf(call.node);
  return facts.calls.some(
    (other) =>
      other.node < call.node && facts.scopeOf(other.node) === scope && LOOKS.test(other.name.replace(/\(.*\)/gs, "")),
  );
}

/** `tarfile.TarFile.extraction_filter = …` holds for the whole process. */
function setsDefaultFilter(facts: ModuleFacts): boolean {
  return facts.assignments.some((fact) => fact.name.endsWith("TarFile.extraction_filter"));
}
