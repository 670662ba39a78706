import { styleText } from "node:util";
import { commentedLines, type ReviewView } from "./review-view.ts";

/** The review as text: the check, then each comment under the lines that it is about. */
export function printReview(view: ReviewView): string {
  const failed = view.check.conclusion === "failure";
  const mark = styleText(failed ? "red" : "green", failed ? "✗" : "✓");
  const head = [styleText("bold", view.title), `${mark} Safepath: ${view.check.conclusion} · ${view.check.title}`];
  const comments = view.comments.map((comment) => {
    const place = comment.line === undefined ? comment.path : `${comment.path}:${comment.startLine ?? comment.line}`;
    const code = commentedLines(comment).map(({ number, text }) => `  ${styleText("dim", `${number} │`)} ${text}`);
    return [
      styleText("cyan", place),
      ...code,
      "",
      ...visible(comment.body)
        .split("\n")
        .map((line) => `  ${line}`),
    ].join("\n");
  });
  return [...head, "", ...comments.flatMap((comment) => [comment, ""]), visible(view.check.summary)].join("\n");
}

/** Without the comments that only the App reads. */
function visible(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->\n?/gu, "");
}
