import { isAboutSuppression, type Notice } from "./finding.ts";
import { sourceKind } from "./source-kind.ts";

/**
 * Whether something that should have been looked at was not, so that a clean result would be an empty promise: a limit, too, for
 * who writes the file can make it meet one. Large files that are no program, syntax errors and files that are no text for Python
 * either are stated policy: they are listed, and fail nothing.
 */
export function isUnverified(notice: Notice): boolean {
  if (isAboutSuppression(notice)) return false;
  switch (notice.kind) {
    case "crashed":
    case "too-slow":
    case "rule-failed":
      return true;
    case "unreadable":
      return (
        notice.reason === "not-fetched" ||
        notice.reason === "unknown-encoding" ||
        (OF_PROGRAMS.has(notice.reason) && isProgram(notice.path))
      );
    case "limit":
      return notice.limit !== "notes" && (notice.limit !== "size" || isProgram(notice.path));
    case "syntax-error":
    case "left-out":
    case "generated":
    case "broken-manifest":
    case "advisories-unchecked":
      return false;
  }
}

/** What weighs of a program alone. */
const OF_PROGRAMS: ReadonlySet<string> = new Set(["too-large", "in-lfs", "nul-bytes"]);

/** Lock files, notebooks with their output and data are large as a matter of course. */
function isProgram(path: string): boolean {
  return sourceKind(path) === "python";
}
