import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";

const EXTRACT_ALL =
  /^tarfile\.(?:open|TarFile|TarFile\.open|TarFile\.gzopen|TarFile\.bz2open|TarFile\.xzopen)\(\)\.extractall$/;

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
    const isTar = call.callee.some((path) => EXTRACT_ALL.test(path));
    const isUnpack = call.callee.includes(UNPACK);
    if (!isTar && !isUnpack) continue;
    if (
      filterOf(call) !== wanted ||
      (isTar && hasMembers(call)) ||
      (isUnpack && isSafeFormat(call)) ||
      looksFirst(facts, call)
    )
      continue;
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
