import { createLineIndex, type LineIndex } from "../text/line-index.ts";
import { readDependencyLink } from "./dependency-link.ts";
import { leaveOutOwn } from "./leave-out.ts";
import type { ManifestComment, ManifestEntry, ManifestFacts, ManifestProblem, RequirementGroup } from "./manifest.ts";
import { readRequirement } from "./requirement.ts";
import { readSpecifiers } from "./specifiers.ts";

/** `setup.cfg`: what setuptools reads of it, as Python's ConfigParser splits it. */
export function readSetupCfg(path: string, text: string): ManifestFacts {
  const lines = createLineIndex(text);
  const entries: ManifestEntry[] = [];
  const problems: ManifestProblem[] = [];
  const comments: ManifestComment[] = [];
  const spanOf = (start: number, end: number) => lines.spanOf(start, end);
  let name: string | undefined;
  for (const item of itemsOf(text, comments, lines)) {
    const file = /^file:\s*/.exec(item.text);
    if (file !== null) {
      entries.push(...includes(item, file[0].length, lines));
      continue;
    }
    if (item.group === "name") {
      name = item.text;
      continue;
    }
    if (item.group === "links" || item.group === "index") {
      entries.push(...addresses(item, item.group, text, spanOf));
      continue;
    }
    if (item.group === "python") {
      const specifiers = readSpecifiers(item.text);
      const span = lines.spanOf(item.start, item.start + item.text.length);
      if (specifiers !== undefined) entries.push({ kind: "setting", role: "python", specifiers, span });
      continue;
    }
    const source = { text, start: item.start, end: item.start + item.text.length, spanOf };
    const requirement = readRequirement(source, { group: item.group, editable: false, hashes: [] });
    if (requirement !== undefined) entries.push(requirement);
    else problems.push({ line: lines.positionAt(item.start).line, reason: "this is not a requirement" });
  }
  leaveOutOwn(entries, name);
  return { path, text, format: "setup-cfg", entries, comments, problems };
}

/** One piece of a list of requirements. */
interface Item {
  readonly text: string;
  readonly start: number;
  readonly group: Group;
}

/** Of requirements, or what else the option holds: versions of Python, addresses, the project's name. */
type Group = RequirementGroup | "python" | "links" | "index" | "name";

function* itemsOf(text: string, comments: ManifestComment[], { positionAt, spanOf }: LineIndex): Generator<Item> {
  let section = "";
  let group: Group | undefined;
  let start = 0;
  for (const whole of text.split(/(?<=\n|\r(?!\n))/)) {
    const at = start;
    start += whole.length;
    const [comment] = /^\s*[#;].*|\s#.*/.exec(whole) ?? [];
    const line = comment === undefined ? whole : whole.slice(0, whole.indexOf(comment));
    if (comment !== undefined) {
      const from = at + line.length + comment.search(/\S/);
      comments.push({ span: spanOf(from, from + comment.trim().length), joinedFrom: positionAt(from).line });
    }
    const written = line.trim();
    if (written === "" && comment !== undefined) continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const option = /^([^\s=:][^=:]*?)\s*[=:][ \t]*/.exec(line);
    if (header !== undefined) [section, group] = [header.trim(), undefined];
    else if (option === null) {
      if (!/^\s/.test(line)) group = undefined;
      if (group !== undefined && written !== "") yield { text: written, start: at + line.indexOf(written), group };
    } else {
      group = groupOf(section, option[1] ?? "");
      if (group !== undefined) yield* inline(line.slice(option[0].length).trimEnd(), at + option[0].length, group);
    }
  }
}

/** On the line of the name semicolons part the list. */
function* inline(value: string, start: number, group: Group): Generator<Item> {
  for (const { 0: piece, index } of value.matchAll(/[^;]+/g)) {
    const written = piece.trim();
    if (written !== "") yield { text: written, start: start + index + piece.indexOf(written), group };
  }
}

function groupOf(section: string, option: string): Group | undefined {
  const key = option.replaceAll("-", "_");
  if (section === "options.extras_require") return { kind: "extra", name: option };
  if (section === "metadata") return key === "name" ? "name" : undefined;
  if (section === "easy_install" && key === "index_url") return "index";
  if (section === "easy_install" && key === "find_links") return "links";
  if (section !== "options") return undefined;
  switch (key) {
    case "dependency_links":
      return "links";
    case "install_requires":
      return { kind: "main" };
    case "setup_requires":
      return { kind: "build" };
    case "python_requires":
      return "python";
    case "tests_require":
      return { kind: "group", name: "tests" };
    default:
      return undefined;
  }
}

/** Addresses, several on a line. */
function addresses(
  { text: written, start }: Item,
  kind: "links" | "index",
  text: string,
  spanOf: LineIndex["spanOf"],
): readonly ManifestEntry[] {
  return [...written.matchAll(/\S+/g)].flatMap(({ 0: value, index }): readonly ManifestEntry[] => {
    const source = { text, start: start + index, end: start + index + value.length, spanOf };
    const span = spanOf(source.start, source.end);
    if (kind === "index") return [{ kind: "index", role: "primary", value, span, valueSpan: span }];
    const link = readDependencyLink(source);
    return link === undefined ? [] : [link];
  });
}

/** `file: requirements.txt, more.txt`. */
function includes({ text, start }: Item, prefix: number, { spanOf }: LineIndex): readonly ManifestEntry[] {
  return [...text.slice(prefix).matchAll(/[^\s,]+/g)].map(({ 0: path, index }) => {
    const from = start + prefix + index;
    return { kind: "include", role: "requirements", path, span: spanOf(from, from + path.length) };
  });
}
