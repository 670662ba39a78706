import type { DocumentFacts } from "../documents/document.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import { Kind } from "../python/kinds.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { spanOf, textOf } from "../python/walk.ts";
import { oncePer } from "../text/once-per.ts";
import type { Span } from "../text/span.ts";
import type { PythonAnalysis } from "./analyse-python.ts";
import { readSuppression, type Suppressing } from "./read-suppression.ts";

/** A comment that silences findings on its lines, or on the next one when it stands alone. */
export interface SuppressionComment extends Suppressing {
  readonly span: Span;
  readonly text: string;
  /** The lines that it speaks of. */
  readonly first: number;
  readonly last: number;
  /** The part of those lines that it speaks of, where one line of the file holds several of code; offsets, the end excluded. */
  readonly part?: { readonly start: number; readonly end: number };
}

/** Of a file that was analysed, whatever it is. */
export function suppressionComments({
  syntax,
  manifest,
  document,
  comments,
}: Pick<PythonAnalysis, "syntax" | "manifest" | "document" | "comments">): readonly SuppressionComment[] {
  if (comments !== undefined) return comments;
  if (syntax !== undefined) return commentsOfPython(syntax);
  if (document !== undefined) return commentsOfDocument(document);
  return manifest === undefined ? [] : commentsOfManifest(manifest);
}

/** Text inside strings is no comment. */
export const commentsOfPython = oncePer((syntax: SyntaxArrays): readonly SuppressionComment[] => {
  const nodes = nodesOfKind(syntax, Kind.comment);
  return place(
    syntax.text,
    [...nodes].map((node) => ({ span: spanOf(syntax, node), text: textOf(syntax, node) })),
  );
});

function commentsOfDocument({ text, comments }: DocumentFacts): readonly SuppressionComment[] {
  return place(
    text,
    comments.map((span) => ({ span, text: text.slice(span.start.offset, span.end.offset) })),
  );
}

function commentsOfManifest({ text, comments }: ManifestFacts): readonly SuppressionComment[] {
  const textOf = ({ start, end }: Span) => text.slice(start.offset, end.offset);
  return place(
    text,
    comments.map(({ span, joinedFrom }) => ({ span, text: textOf(span), joinedFrom })),
  );
}

interface Comment {
  readonly span: Span;
  readonly text: string;
  /** The first of the lines that are joined to the comment's own. */
  readonly joinedFrom?: number;
}

function place(text: string, comments: readonly Comment[]): readonly SuppressionComment[] {
  const alone = new Set(comments.filter((comment) => isAlone(text, comment)).map(({ span }) => span.start.line));
  return comments.flatMap((comment) => {
    const read = readSuppression(comment.text);
    return read === undefined ? [] : [{ ...read, ...comment, ...linesOf(comment, read, alone) }];
  });
}

/** Comments below one that stands alone belong to it. */
function linesOf(
  { span, joinedFrom }: Comment,
  { isOfFile }: Suppressing,
  alone: ReadonlySet<number>,
): Pick<SuppressionComment, "first" | "last"> {
  if (isOfFile) return { first: 1, last: Number.POSITIVE_INFINITY };
  let { line } = span.start;
  if (!alone.has(line)) return { first: joinedFrom ?? line, last: line };
  while (alone.has(line)) line += 1;
  return { first: line, last: line };
}

function isAlone(text: string, { span, joinedFrom = span.start.line }: Comment): boolean {
  const before = text.slice(span.start.offset - span.start.column, span.start.offset);
  return joinedFrom === span.start.line && before.trim() === "";
}
