import { readDependencyLink } from "../manifests/dependency-link.ts";
import { leaveOutOwn } from "../manifests/leave-out.ts";
import type { ManifestEntry, ManifestFacts, ManifestProblem, RequirementGroup } from "../manifests/manifest.ts";
import { readRequirement } from "../manifests/requirement.ts";
import { readSpecifiers } from "../manifests/specifiers.ts";
import { Field, Kind } from "../python/kinds.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, positionOf, spanOf, textOf } from "../python/walk.ts";

/** Names that stand for names: a longer chain is no setup script. */
const LONGEST_CHAIN = 5;

/** What `setup.py` passes to `setup()` in so many words. Nothing is run: what is worked out is not seen. */
export function readSetupScript(path: string, syntax: SyntaxArrays): ManifestFacts {
  const script: Script = { syntax, constants: moduleConstants(syntax), entries: [], problems: [], ownName: undefined };
  for (const call of nodesOfKind(syntax, Kind.call)) {
    if (!/^(?:\w+\.)?setup$/.test(textOf(syntax, childByField(syntax, call, Field.function)))) continue;
    for (const argument of namedChildren(syntax, childByField(syntax, call, Field.arguments))) {
      if (syntax.kind[argument] === Kind.keyword_argument) readArgument(script, argument);
    }
  }
  leaveOutOwn(script.entries, script.ownName);
  const entries = script.entries.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  return { path, text: syntax.text, format: "setup-py", entries, comments: [], problems: script.problems };
}

interface Script {
  readonly syntax: SyntaxArrays;
  /** What names of the module stand for that are assigned once. */
  readonly constants: ReadonlyMap<string, number>;
  readonly entries: ManifestEntry[];
  readonly problems: ManifestProblem[];
  /** Of the project. */
  ownName: string | undefined;
}

const GROUPS: ReadonlyMap<string, RequirementGroup> = new Map<string, RequirementGroup>([
  ["install_requires", { kind: "main" }],
  ["setup_requires", { kind: "build" }],
  ["tests_require", { kind: "group", name: "tests" }],
]);

function readArgument(script: Script, argument: number): void {
  const { syntax } = script;
  const name = textOf(syntax, childByField(syntax, argument, Field.name));
  const value = childByField(syntax, argument, Field.value);
  const group = GROUPS.get(name);
  if (group !== undefined) addAll(script, stringsIn(script, value), group);
  if (name === "python_requires") addPython(script, value);
  if (name === "dependency_links") addLinks(script, value);
  if (name === "name") script.ownName = stringsIn(script, value).map((content) => textOf(syntax, content))[0];
  if (name !== "extras_require") return;
  addExtras(script, resolved(script, value));
}

/** `{"web": ["flask"]}`, `dict(web=["flask"])`. */
function addExtras(script: Script, table: number): void {
  const { syntax } = script;
  if (table === NONE) return;
  if (syntax.kind[table] === Kind.call && textOf(syntax, childByField(syntax, table, Field.function)) === "dict") {
    for (const argument of namedChildren(syntax, childByField(syntax, table, Field.arguments))) {
      if (syntax.kind[argument] !== Kind.keyword_argument) continue;
      const name = textOf(syntax, childByField(syntax, argument, Field.name));
      addAll(script, stringsIn(script, childByField(syntax, argument, Field.value)), { kind: "extra", name });
    }
  }
  for (const pair of namedChildren(syntax, table).filter((node) => syntax.kind[node] === Kind.pair)) {
    const [key] = contentsOf(syntax, childByField(syntax, pair, Field.key));
    const extra = key === undefined ? "" : textOf(syntax, key);
    addAll(script, stringsIn(script, childByField(syntax, pair, Field.value)), { kind: "extra", name: extra });
  }
}

function addPython(script: Script, value: number): void {
  const { syntax, entries } = script;
  for (const content of stringsIn(script, value)) {
    const specifiers = readSpecifiers(textOf(syntax, content));
    const span = spanOf(syntax, content);
    if (specifiers !== undefined) entries.push({ kind: "setting", role: "python", specifiers, span });
  }
}

function addLinks(script: Script, value: number): void {
  const { syntax, entries } = script;
  const spanOf = (start: number, end: number) => ({ start: positionOf(syntax, start), end: positionOf(syntax, end) });
  for (const content of stringsIn(script, value)) {
    const { text } = syntax;
    const link = readDependencyLink({ text, start: syntax.start[content], end: syntax.end[content], spanOf });
    if (link !== undefined) entries.push(link);
  }
}

function addAll({ syntax, entries, problems }: Script, contents: readonly number[], group: RequirementGroup): void {
  const { text } = syntax;
  const spanOf = (start: number, end: number) => ({ start: positionOf(syntax, start), end: positionOf(syntax, end) });
  for (const content of contents) {
    const start = syntax.start[content];
    // A text of several lines is a list of them.
    for (const { 0: line, index } of text.slice(start, syntax.end[content]).matchAll(/[^\r\n]+/g)) {
      if (line.trim() === "") continue;
      const source = { text, start: start + index, end: start + index + line.length, spanOf };
      const requirement = readRequirement(source, { group, editable: false, hashes: [] });
      if (requirement !== undefined) entries.push(requirement);
      else problems.push({ line: positionOf(syntax, start + index).line, reason: "this is not a requirement" });
    }
  }
}

/** The contents of the strings of a list, of lists that are joined, and of names of both. */
function stringsIn(script: Script, node: number, chain = 0): readonly number[] {
  const { syntax } = script;
  const value = resolved(script, node);
  if (value === NONE || chain > LONGEST_CHAIN) return [];
  switch (syntax.kind[value]) {
    case Kind.string:
      return contentsOf(syntax, value);
    case Kind.list:
    case Kind.tuple:
      return namedChildren(syntax, value).flatMap((child) => stringsIn(script, child, chain + 1));
    case Kind.binary_operator:
      return isSum(syntax, value)
        ? namedChildren(syntax, value).flatMap((child) => stringsIn(script, child, chain + 1))
        : [];
    default:
      return [];
  }
}

function isSum(syntax: SyntaxArrays, node: number): boolean {
  const left = childByField(syntax, node, Field.left);
  const right = childByField(syntax, node, Field.right);
  return syntax.text.slice(syntax.end[left], syntax.start[right]).trim() === "+";
}

function resolved({ syntax, constants }: Script, node: number): number {
  let value = node;
  for (let left = LONGEST_CHAIN; left > 0 && value !== NONE && syntax.kind[value] === Kind.identifier; left--)
    value = constants.get(textOf(syntax, value)) ?? NONE;
  return value;
}

/** Of a string that stands there letter by letter. */
function contentsOf(syntax: SyntaxArrays, node: number): readonly number[] {
  if (node === NONE || syntax.kind[node] !== Kind.string) return [];
  const parts = namedChildren(syntax, node).filter((part) => syntax.kind[part] === Kind.string_content);
  const hasOthers = namedChildren(syntax, node).some((part) => syntax.kind[part] === Kind.interpolation);
  return hasOthers ? [] : parts.filter((part) => syntax.next[part] === part + 1);
}

function moduleConstants(syntax: SyntaxArrays): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const assignment of nodesOfKind(syntax, Kind.assignment)) {
    const target = childByField(syntax, assignment, Field.left);
    if (target === NONE || syntax.kind[target] !== Kind.identifier) continue;
    const name = textOf(syntax, target);
    found.set(name, found.has(name) ? NONE : childByField(syntax, assignment, Field.right));
  }
  return found;
}
