import { styleText } from "node:util";
import { type CommentView, commentedLines, type ReviewView } from "./review-view.ts";
import { terminalLines } from "./terminal-markdown.ts";

/** The review as text of at most `columns`: the check, then each comment under the lines that it is about. */
export function printReview(view: ReviewView, columns: number): string {
  const width = Math.min(columns, WIDEST);
  const said = [...(view.reviewBody === undefined ? [] : terminalLines(view.reviewBody, width, []))];
  return [
    styleText("bold", view.title),
    "",
    checkLine(view),
    "",
    ...terminalLines(view.check.summary, width, []),
    ...(view.comments.length > 0 ? [styleText("bold", `${view.author} reviewed`), "", ...said] : []),
    ...view.comments.flatMap((comment) => printComment(comment, width)),
  ].join("\n");
}

/** Longer lines of prose are hard to read. */
const WIDEST = 110;

function checkLine({ check: { conclusion, title } }: ReviewView): string {
  const [mark, colour] = conclusion === "failure" ? (["✕", "red"] as const) : (["✓", "green"] as const);
  return `${styleText(colour, mark)} ${styleText("bold", "Safepath")} ${title} ${styleText("dim", `(${conclusion})`)}`;
}

function printComment(comment: CommentView, width: number): readonly string[] {
  const place = comment.line === undefined ? comment.path : `${comment.path}:${comment.startLine ?? comment.line}`;
  const code = comment.code.map(({ number, text }) => `${styleText("dim", `${String(number).padStart(4)} │`)} ${text}`);
  const body = terminalLines(comment.body, width - INDENT.length, commentedLines(comment)).map((line) => INDENT + line);
  return [styleText("cyan", place), ...code, "", ...body];
}

const INDENT = "     │ ";
