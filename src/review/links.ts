import type { Location } from "../text/span.ts";
import { codeSpan } from "./escape.ts";
import type { ReviewLinks, Revision } from "./review-plan.ts";

/** Where a comment's links lead: lines of the head as it was when the comment was written, or of an earlier commit; rule pages. */
export interface LinkTo {
  /** `` [`views.py` line 12](…) `` */
  line(location: Location, commit?: string): string;
  file(path: string): string;
  rulePage(ruleId: string): string;
}

export function linkTo(links: ReviewLinks, revision: Revision): LinkTo {
  const blob = (path: string, commit = revision.headSha) =>
    `${links.repositoryUrl}/blob/${commit}/${path.split("/").map(urlPart).join("/")}`;
  return {
    line: ({ path, span }, commit) =>
      `[${codeSpan(path)} line ${span.start.line}](${blob(path, commit)}#L${span.start.line})`,
    file: (path) => `[${codeSpan(path)}](${blob(path)})`,
    rulePage: (ruleId) => links.ownPages?.get(ruleId) ?? `${links.rulePages}/${urlPart(ruleId)}.md`,
  };
}

/** Parentheses would end a Markdown link; a lone surrogate has no encoding. */
function urlPart(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[()'!*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
