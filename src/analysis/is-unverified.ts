import { isAboutSuppression, type Notice } from "./finding.ts";

/**
 * Whether something that should have been looked at was not, so that a clean result would be an empty promise. Limits,
 * syntax errors and files that are no text for Python either are stated policy: they are listed, and fail nothing.
 */
export function isUnverified(notice: Notice): boolean {
  if (isAboutSuppression(notice)) return false;
  switch (notice.kind) {
    case "crashed":
    case "too-slow":
    case "rule-failed":
      return true;
    case "unreadable":
      return notice.reason === "not-fetched" || notice.reason === "unknown-encoding";
    case "syntax-error":
    case "limit":
    case "left-out":
    case "generated":
    case "broken-manifest":
    case "advisories-unchecked":
      return false;
  }
}
