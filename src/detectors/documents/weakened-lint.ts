import type { DocumentFacts } from "../../documents/document.ts";
import {
  type DataNode,
  type DataString,
  dataAt,
  dataEntries,
  dataItems,
  dataStrings,
} from "../../manifests/data-tree.ts";
import { readToml } from "../../manifests/toml-tree.ts";
import type { DocumentChangeDetector, DocumentSides, ManifestDetection } from "../../rules/detector.ts";
import { createLineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { placeOf } from "./place-of.ts";

/** Rules about security that a linter was told to look for, and no longer is. */
export const weakenedLint: DocumentChangeDetector = {
  kind: "document-change",
  name: "weakened-lint",
  prepare: () => ({
    concerns: (path) => /(?:^|\/)(?:pyproject\.toml|\.?ruff\.toml|setup\.cfg|tox\.ini|\.flake8|\.bandit)$/.test(path),
    detect,
  }),
};

/** A code in a list of those to look for, or to leave out. */
interface Listed {
  readonly tool: string;
  readonly list: "select" | "ignore";
  readonly code: string;
  readonly span: Span;
}

function* detect({ base, head }: DocumentSides): Generator<ManifestDetection> {
  const [before, after] = [listedIn(base), listedIn(head)];
  if (before === undefined || after === undefined) return;
  const added = after.filter((one) => one.list === "ignore" && one.code !== OTHER && isLost(one, before, after));
  for (const one of added) yield { span: one.span, fields: { what: nameOf(one) } };
  if (added.length > 0) return;
  // A list that is gone as a whole may have moved to another file.
  const dropped = before.find(
    (one) => one.list === "select" && one.code !== OTHER && isListed(after, one) && isLost(one, before, after),
  );
  if (dropped !== undefined)
    yield { span: placeOf(head, dropped.span.start.line - 1), fields: { what: nameOf(dropped) } };
}

/** What was looked for, and no longer is. */
function isLost(one: Listed, before: readonly Listed[], after: readonly Listed[]): boolean {
  return isLookedFor(one, before) && !isLookedFor(one, after);
}

/** Flake8's plugin and Bandit look for all that they know where nobody chose; Ruff has to be told. */
function isLookedFor({ tool, code }: Listed, listed: readonly Listed[]): boolean {
  const own = listed.filter((one) => one.tool === tool);
  const selected = own.filter(({ list }) => list === "select");
  const isSelected = selected.length === 0 ? tool !== "Ruff" : selected.some((one) => covers(one.code, code));
  return isSelected && !own.some((one) => one.list === "ignore" && covers(one.code, code));
}

/** `S1` is all codes that begin so, and `ALL` is all; what stands for all is looked for where its group is. */
function covers(group: string, code: string): boolean {
  if (group === OTHER) return false;
  return group === "ALL" || (code === "ALL" ? group === "S" : code.startsWith(group));
}

function nameOf({ code, tool }: Listed): string {
  return `\`${code}\` of ${tool}`;
}

function isListed(listed: readonly Listed[], { tool, list }: Listed): boolean {
  return listed.some((one) => one.tool === tool && one.list === list);
}

/** Stands for codes that are not about security: that the list is there. */
const OTHER = "";

/** `assert` in tests is what most projects allow: its code says nothing. */
const RUFF_CODE = /^(?!S101$)(?:S\d*|ALL)$/u;
const BANDIT_CODE = /^(?!B101$)B[1-7]\d\d$/u;

/** Undefined where the text cannot be read. */
function listedIn(document: DocumentFacts): readonly Listed[] | undefined {
  return document.format === "toml" ? inToml(document.text) : inLines(document);
}

function inToml(text: string): readonly Listed[] | undefined {
  const toml = readToml(text);
  if (toml.kind === "broken") return undefined;
  const { spanOf } = createLineIndex(text);
  const { root } = toml;
  const ruff = dataAt(root, "tool", "ruff") ?? root;
  const listed = (tool: string, list: Listed["list"], nodes: readonly DataString[], code: RegExp) =>
    nodes.map(
      ({ value, start, end }): Listed => ({
        tool,
        list,
        code: code.test(value) ? value : OTHER,
        span: spanOf(start, end),
      }),
    );
  return [
    ...[ruff, dataAt(ruff, "lint")].flatMap((table) => [
      ...listed("Ruff", "select", strings(table, "select", "extend-select"), RUFF_CODE),
      ...listed("Ruff", "ignore", [...strings(table, "ignore", "extend-ignore"), ...perFile(table)], RUFF_CODE),
    ]),
    ...listed("Bandit", "ignore", strings(dataAt(root, "tool", "bandit"), "skips"), BANDIT_CODE),
    ...listed("Bandit", "select", strings(dataAt(root, "tool", "bandit"), "tests"), BANDIT_CODE),
  ];
}

function strings(table: DataNode | undefined, ...keys: readonly string[]): readonly DataString[] {
  return keys.flatMap((key) => dataStrings(dataAt(table, key)));
}

/** Files where nothing is served. */
const APART = /test|conftest|example|docs?\b|script|migration|bench|noxfile|setup\.py/u;

function perFile(table: DataNode | undefined): readonly DataString[] {
  return ["per-file-ignores", "extend-per-file-ignores"].flatMap((key) =>
    dataEntries(dataAt(table, key)).flatMap(([pattern, { value }]) =>
      APART.test(pattern) ? [] : dataItems(value).filter((item) => item.kind === "string"),
    ),
  );
}

/** `ignore = S608, B105`, on one line. */
const LINE_LISTS: readonly (readonly [key: RegExp, tool: string, list: Listed["list"], code: RegExp])[] = [
  [/^(?:extend-)?ignore$/u, "Flake8", "ignore", RUFF_CODE],
  [/^(?:extend-)?select$/u, "Flake8", "select", RUFF_CODE],
  [/^skips$/u, "Bandit", "ignore", BANDIT_CODE],
  [/^tests$/u, "Bandit", "select", BANDIT_CODE],
];

/** Codes and nothing else: other tools have settings of the same name. */
const CODES = /^[A-Z]+\d*(?:[\s,]+[A-Z]+\d*)*,?$/u;

function inLines({ text, values }: DocumentFacts): readonly Listed[] {
  const { spanOf } = createLineIndex(text);
  return values.flatMap(({ name, value, span }) => {
    const [, tool, list, code] = LINE_LISTS.find(([key]) => key.test(name)) ?? [];
    if (tool === undefined || list === undefined || code === undefined || !CODES.test(value)) return [];
    return [...value.matchAll(/[A-Z]+\d*/gu)].map(({ 0: word, index }): Listed => {
      const start = span.start.offset + index;
      return { tool, list, code: code.test(word) ? word : OTHER, span: spanOf(start, start + word.length) };
    });
  });
}
