/**
 * What is known of a text that becomes part of a path, kept among its API paths. Text without `..` stays below what stands in front of it;
 * text that is no absolute path either stays in the folder that it is joined to. Text that begins with no slash of either kind leads, behind
 * one, to no other host. The ending of a name may be one that the program lists.
 */
export type PathMark = "path.WithoutParent()" | "path.Relative()" | "path.KnownEnding()" | "text.WithoutSlash()";

/** What is known of a text that is put between quotes: it has none that could end them, or not this one. */
export type QuoteMark = "text.WithoutQuotes()" | "text.WithoutApostrophe()" | "text.WithoutDoubleQuote()";

/** What a condition proves of a text, beside the kinds that it is harmless for. */
export type TextMark = PathMark | QuoteMark;

/** What a cursor is called, among its API paths, that was told last to list names of tables and columns: nothing else, on no way. */
export const LISTED = "sql.SchemaCursor()";

const PATH_MARKS: ReadonlySet<string> = new Set<PathMark>([
  "path.WithoutParent()",
  "path.Relative()",
  "path.KnownEnding()",
  "text.WithoutSlash()",
]);
const QUOTE_MARKS: ReadonlySet<string> = new Set<QuoteMark>([
  "text.WithoutQuotes()",
  "text.WithoutApostrophe()",
  "text.WithoutDoubleQuote()",
]);

export function isMark(path: string): path is TextMark {
  return PATH_MARKS.has(path) || QUOTE_MARKS.has(path);
}

/** Whether it says of an answer which check gave it (`kept-checks.ts`). */
export function isChecked(path: string): boolean {
  return path.startsWith("checked.");
}

/** Whether it says of a text what was written into it (`round-trips.ts`). */
export function isWritten(path: string): boolean {
  return path.startsWith("written.");
}

export function marksOf({ paths }: { readonly paths: readonly string[] }): TextMark[] {
  return paths.filter(isMark);
}

export function pathMarksOf({ paths }: { readonly paths: readonly string[] }): PathMark[] {
  return paths.filter((path): path is PathMark => PATH_MARKS.has(path));
}
