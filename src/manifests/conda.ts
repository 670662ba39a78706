import { readDataManifest } from "./data-manifest.ts";
import { type DataString, dataAt, dataItems, dataStrings } from "./data-tree.ts";
import type { ManifestFacts, Requirement, Specifier } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { readPipLine } from "./requirements.ts";
import { addIndex, type Section } from "./section.ts";
import { readSpecifiers } from "./specifiers.ts";
import { wordsOf } from "./words.ts";
import { readYaml } from "./yaml-tree.ts";

/** `environment.yml`: conda's packages, and those of pip below them. Other files of that name declare nothing. */
export function readConda(path: string, text: string): ManifestFacts {
  const isOfConda = /^dependencies:/m.test(text);
  const data = readYaml(isOfConda ? text : "{}");
  return readDataManifest({ path, text, format: "conda" }, data, (section) => {
    for (const channel of dataStrings(dataAt(section.root, "channels")))
      if (/^https?:\/\//.test(channel.value)) addIndex(section, "explicit", channel);
    for (const item of dataItems(dataAt(section.root, "dependencies"))) {
      if (item.kind === "string") addConda(section, item);
      for (const line of dataStrings(dataAt(item, "pip"))) addPip(section, text, line);
    }
  });
}

/** `channel::name version=build`, in each of the ways that conda reads. */
const MATCH = /^(?:([^\s:]+)::)?([A-Za-z0-9_][\w.-]*)\s*([=<>!~ ][^[]*)?(?:\[([^\]]*)\])?$/;

/** `name[version='>=1.8', build=py39*]`: what stands in brackets counts for more. */
const VERSION_KEY = /(?:^|,)\s*version\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]*))/;

function addConda(section: Section, { value, verbatim, start, end }: DataString): void {
  const parts = MATCH.exec(value);
  const span = section.spanOf(start, end);
  const writtenName = parts?.[2];
  const keyed = VERSION_KEY.exec(parts?.[4] ?? "");
  const range = (keyed?.[1] ?? keyed?.[2] ?? keyed?.[3] ?? parts?.[3] ?? "").trim();
  const specifiers = condaSpecifiers(range);
  if (writtenName === undefined || specifiers === undefined) {
    section.problems.push({ line: span.start.line, reason: "this is not a package of conda" });
    return;
  }
  if (writtenName === "python" || writtenName === "pip") return;
  const nameStart = start + value.indexOf(writtenName, parts?.[1] === undefined ? 0 : parts[1].length + 2);
  const rangeStart = start + value.lastIndexOf(range);
  const requirement: Requirement = {
    kind: "requirement",
    name: normalizeName(writtenName),
    writtenName,
    extras: [],
    specifiers,
    origin: { kind: "index", index: parts?.[1] ?? "conda" },
    hashes: [],
    editable: false,
    group: { kind: "main" },
    variables: [],
    span,
    ...(verbatim && { nameSpan: section.spanOf(nameStart, nameStart + writtenName.length) }),
    ...(verbatim && range !== "" && { versionSpan: section.spanOf(rangeStart, rangeStart + range.length) }),
  };
  section.entries.push(requirement);
}

/** `=1.2` is any `1.2.x`; behind a second `=` stands a build; `1.2|1.3` are alternatives, of which the first counts. */
function condaSpecifiers(range: string): readonly Specifier[] | undefined {
  const [first = ""] = range.split("|", 1);
  const fuzzy = /^=?\s*(\d[^=\s]*)(?:[=\s]+(\S+))?$/.exec(first);
  if (fuzzy?.[1] === undefined) return first === "" || first === "*" ? [] : readSpecifiers(first.replace(/ +/g, ""));
  const version = fuzzy[1].replace(/\.?\*$/, "");
  const isExact = fuzzy[2] !== undefined || !first.startsWith("=");
  return isExact && version === fuzzy[1]
    ? [{ operator: "==", version, wildcard: false }]
    : [{ operator: "==", version: `${version}.*`, wildcard: true }];
}

function addPip(section: Section, text: string, { value, verbatim, start, end }: DataString): void {
  // Escapes move the letters: such a line is read as it stands in a text of its own.
  const words = verbatim ? wordsOf(value, start) : wordsOf(value, 0);
  const whole = section.spanOf(start, end);
  const context = verbatim ? { blanked: text, lines: section } : { blanked: value, lines: { spanOf: () => whole } };
  const entries = words.length === 0 ? [] : readPipLine({ ...context, words, group: { kind: "main" } });
  if (entries !== undefined) section.entries.push(...entries);
  else section.problems.push({ line: whole.start.line, reason: "neither a requirement nor an option of pip" });
}
