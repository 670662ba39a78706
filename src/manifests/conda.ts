import { readCondaSpecifiers } from "./conda-specifiers.ts";
import { readDataManifest } from "./data-manifest.ts";
import { type DataString, dataAt, dataItems, dataStrings } from "./data-tree.ts";
import type { ManifestFacts, Requirement } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { readPipLine } from "./requirements.ts";
import { addIndex, type Section } from "./section.ts";
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

/** `name[version='>=1.8', channel=conda-forge]`: what stands in brackets counts for more. */
function inBrackets(brackets: string | undefined, key: "version" | "channel"): string | undefined {
  const pairs = (brackets ?? "").matchAll(/(?:^|,)\s*(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]*))/g);
  return [...pairs].flatMap(([, name, ...values]) => (name === key ? (values.find((value) => value) ?? []) : []))[0];
}

/** The address of an archive, `…/name-version-build.conda#checksum`. */
const ARCHIVE = /^[a-z]+:\/\/.*\/([A-Za-z0-9_][\w.-]*)-[^-/]+-[^-/]+\.(?:conda|tar\.bz2)(?:#.*)?$/;

function addConda(section: Section, { value, verbatim, start, end }: DataString): void {
  const span = section.spanOf(start, end);
  const archive = ARCHIVE.exec(value)?.[1];
  if (archive !== undefined) {
    section.entries.push({
      ...ofConda,
      name: normalizeName(archive),
      writtenName: archive,
      specifiers: [],
      origin: { kind: "url", url: value, urlSpan: span },
      span,
    });
    return;
  }
  const parts = MATCH.exec(value);
  const writtenName = parts?.[2];
  const range = (inBrackets(parts?.[4], "version") ?? parts?.[3] ?? "").trim();
  const specifiers = readCondaSpecifiers(range);
  if (writtenName === undefined || specifiers === undefined) {
    section.problems.push({ line: span.start.line, reason: "this is not a package of conda" });
    return;
  }
  if (writtenName === "python") section.entries.push({ kind: "setting", role: "python", specifiers, span });
  if (writtenName === "python" || writtenName === "pip") return;
  const nameStart = start + value.indexOf(writtenName, parts?.[1] === undefined ? 0 : parts[1].length + 2);
  const rangeStart = start + value.lastIndexOf(range);
  section.entries.push({
    ...ofConda,
    name: normalizeName(writtenName),
    writtenName,
    specifiers,
    origin: { kind: "index", index: inBrackets(parts?.[4], "channel") ?? parts?.[1] ?? "conda", ofConda: true },
    span,
    ...(verbatim && { nameSpan: section.spanOf(nameStart, nameStart + writtenName.length) }),
    ...(verbatim && range !== "" && { versionSpan: section.spanOf(rangeStart, rangeStart + range.length) }),
  });
}

const ofConda = {
  kind: "requirement",
  extras: [],
  hashes: [],
  editable: false,
  group: { kind: "main" },
  variables: [],
} as const satisfies Partial<Requirement>;

function addPip(section: Section, text: string, { value, verbatim, start, end }: DataString): void {
  // Escapes move the letters: such a line is read as it stands in a text of its own.
  const words = verbatim ? wordsOf(value, start) : wordsOf(value, 0);
  const whole = section.spanOf(start, end);
  const context = verbatim ? { blanked: text, lines: section } : { blanked: value, lines: { spanOf: () => whole } };
  const entries = words.length === 0 ? [] : readPipLine({ ...context, words, group: { kind: "main" } });
  if (entries !== undefined) section.entries.push(...entries);
  else section.problems.push({ line: whole.start.line, reason: "neither a requirement nor an option of pip" });
}
