import type { LineIndex } from "../text/line-index.ts";
import type { Span } from "../text/span.ts";
import type { Include, IndexEntry, ManifestEntry, RequirementGroup } from "./manifest.ts";
import { normalizeName, readRequirement } from "./requirement.ts";
import { type Word, wordAt } from "./words.ts";

/** One logical line: the words lie in `blanked`, which is as long as the file. */
export interface RequirementsLine {
  readonly blanked: string;
  readonly words: readonly Word[];
  readonly lines: Pick<LineIndex, "spanOf">;
  readonly group: RequirementGroup;
}

/** What the options of one line declare; undefined when pip would not know one of them. */
export function readOptions(line: RequirementsLine): readonly ManifestEntry[] | undefined {
  const { words, lines } = line;
  const entries: ManifestEntry[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word?.text === "--pre") {
      entries.push({ kind: "setting", role: "prereleases", span: lines.spanOf(word.start, word.outerEnd) });
      continue;
    }
    if (word === undefined || flags.has(word.text)) continue;
    const { role, attached } = readOption(word);
    const value = attached ?? words[at + 1];
    if (role === undefined || value === undefined) return undefined;
    if (attached === undefined) at += 1;
    if (role === "editable") {
      // In quotes it is one word; without, a marker may follow.
      const isQuoted = value.outerEnd > value.end;
      const valueEnd = isQuoted ? value.end : (words.at(-1)?.outerEnd ?? value.end);
      const editable = readEditable(line, { start: word.start, value: value.start, end: valueEnd });
      return editable === undefined ? undefined : [...entries, editable];
    }
    const span = lines.spanOf(word.start, value.outerEnd);
    if (role === "prereleases") {
      entries.push(...value.text.split(",").flatMap((name) => allReleases(name.trim(), span)));
      continue;
    }
    const entry = entryOf(role, value.text);
    if (entry === undefined) continue;
    entries.push(
      entry.kind === "index" ? { ...entry, span, valueSpan: lines.spanOf(value.start, value.end) } : { ...entry, span },
    );
  }
  return entries;
}

/** `--all-releases :all:`, `--all-releases a,b`; `:none:` takes back what stands before. */
function allReleases(name: string, span: Span): readonly ManifestEntry[] {
  if (name === "" || name === ":none:") return [];
  return [{ kind: "setting", role: "prereleases", ...(name !== ":all:" && { package: normalizeName(name) }), span }];
}

type Role = IndexEntry["role"] | Include["role"] | "editable" | "prereleases" | "irrelevant";

/** Options that take a value. */
const roles: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["-i", "primary"],
  ["--index-url", "primary"],
  ["--pypi-url", "primary"],
  ["--extra-index-url", "extra"],
  ["-f", "find-links"],
  ["--find-links", "find-links"],
  ["--trusted-host", "trusted-host"],
  ["-r", "requirements"],
  ["--requirement", "requirements"],
  ["-c", "constraints"],
  ["--constraint", "constraints"],
  ["-e", "editable"],
  ["--editable", "editable"],
  ["--all-releases", "prereleases"],
  ["--only-final", "irrelevant"],
  ["--uploaded-prior-to", "irrelevant"],
  ["--no-binary", "irrelevant"],
  ["--only-binary", "irrelevant"],
  ["--use-feature", "irrelevant"],
  ["--hash", "irrelevant"],
  ["-C", "irrelevant"],
  ["--config-settings", "irrelevant"],
  ["--global-option", "irrelevant"],
]);

const flags: ReadonlySet<string> = new Set(["--no-index", "--prefer-binary", "--require-hashes"]);

/** `--name value`, `--name=value`, `-n value` and `-nvalue`. */
function readOption(word: Word): { readonly role: Role | undefined; readonly attached?: Word } {
  const whole = roleNamed(word.text);
  if (whole !== undefined) return { role: whole };
  const equals = word.text.indexOf("=");
  const nameLength = word.text.startsWith("--") ? equals : 2;
  if (nameLength === -1) return { role: undefined };
  const valueStart = word.text.startsWith("--") || equals === 2 ? nameLength + 1 : nameLength;
  const attached = wordAt(word.text.slice(valueStart), word.start + valueStart);
  return { role: roleNamed(word.text.slice(0, nameLength)), attached };
}

/** Of a long name pip needs no more than tells it from others: `--extra-index`. */
function roleNamed(name: string): Role | undefined {
  const role = roles.get(name);
  if (role !== undefined || !/^--\w/.test(name)) return role;
  const [only, ...others] = [...roles.keys(), ...flags, "--pre"].filter((one) => one.startsWith(name));
  return only === undefined || others.length > 0 ? undefined : roles.get(only);
}

interface Offsets {
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

function readEditable(
  { blanked, lines, group }: RequirementsLine,
  { start, value, end }: Offsets,
): ManifestEntry | undefined {
  const requirement = readRequirement(
    { text: blanked, start: value, end, spanOf: lines.spanOf },
    { group, editable: true, hashes: [] },
  );
  return requirement && { ...requirement, span: lines.spanOf(start, end) };
}

type WithoutSpans = Omit<IndexEntry, "span" | "valueSpan"> | Omit<Include, "span">;

function entryOf(role: Exclude<Role, "editable" | "prereleases">, value: string): WithoutSpans | undefined {
  switch (role) {
    case "irrelevant":
      return undefined;
    case "requirements":
    case "constraints":
      return { kind: "include", role, path: value };
    default:
      return { kind: "index", role, value };
  }
}
