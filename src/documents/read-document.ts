import { type DataNode, dataEntries } from "../manifests/data-tree.ts";
import { readToml } from "../manifests/toml-tree.ts";
import { createLineIndex } from "../text/line-index.ts";
import type { DocumentFacts, NamedValue } from "./document.ts";
import { documentFormat } from "./document-format.ts";
import { type FoundValue, lineValues } from "./line-values.ts";
import { yamlValues } from "./yaml-values.ts";

/** Characters above which a file is data and no settings: its values are not read. */
const LARGEST = 128 * 1024;

/** Tables inside of tables: deeper ones are no settings. */
const DEEPEST = 40;

/** What the file at `path` says; undefined when its name is none of settings or a template. */
export function readDocument(path: string, text: string): DocumentFacts | undefined {
  const format = documentFormat(path);
  if (format === undefined) return undefined;
  const lines = createLineIndex(text);
  const values = text.length > LARGEST ? [] : valuesIn(format, text);
  return {
    path,
    text,
    format,
    comments: format === "json" ? [] : commentsIn(text).map(([start, end]) => lines.spanOf(start, end)),
    values: values.map(({ name, value, start, end }): NamedValue => ({ name, value, span: lines.spanOf(start, end) })),
  };
}

/** In YAML and its like behind `#`, in templates between `{#` and `#}`. */
const COMMENT = /(?<=^|[\s{])#\s*(?:safepath:|nosec\b|noqa:)(?:(?!#\})[^\n])*/gmu;

function commentsIn(text: string): readonly (readonly [number, number])[] {
  return [...text.matchAll(COMMENT)].map(({ 0: comment, index }) => [index, index + comment.trimEnd().length] as const);
}

function valuesIn(format: DocumentFacts["format"], text: string): readonly FoundValue[] {
  switch (format) {
    case "yaml":
    case "json":
      return yamlValues(text);
    case "toml": {
      const result = readToml(text);
      return result.kind === "broken" ? [] : tomlValues(result.root, DEEPEST);
    }
    case "ini":
    case "env":
    case "dockerfile":
      return lineValues(format, text);
    case "ignore":
    case "text":
    case "template":
      return [];
  }
}

function tomlValues(node: DataNode, depth: number): readonly FoundValue[] {
  if (depth === 0) return [];
  if (node.kind === "array") return node.items.flatMap((item) => tomlValues(item, depth - 1));
  return dataEntries(node).flatMap(([name, { value }]) =>
    value.kind === "string"
      ? [{ name, value: value.value, start: value.start, end: value.end }]
      : tomlValues(value, depth - 1),
  );
}
