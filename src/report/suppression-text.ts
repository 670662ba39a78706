import type { SuppressionNotice } from "../analysis/finding.ts";

/** What is to be said of a suppression; one clause without the place. `code` draws what people wrote. */
export function suppressionText(notice: SuppressionNotice, code: (text: string) => string): string {
  const { kind, text, about = "", meant } = notice;
  switch (kind) {
    case "suppression-without-rule":
      return `${code(text)} names no rule, so it does not count: ${code("# safepath: ignore[rule] -- reason")}`;
    case "suppression-unknown-rule":
      return `${code(text)} names ${code(about)}, which is no rule${meant === undefined ? "" : ` (did you mean ${code(meant)}?)`}`;
    case "suppression-bad-date":
      return `${code(text)} ends on ${code(about)}, which is no day (${code("until 2027-03-31")}), so it does not count`;
    case "suppression-without-reason":
      return `${code(text)} gives no reason, so it does not count: end it with ${code("-- <reason>")}`;
    case "suppression-expired":
      return `${code(text)} ended on ${about}, so it does not count any more`;
    case "suppression-ends-soon":
      return `${code(text)} ends on ${about}; what it silences is reported again from the next day on`;
    case "suppression-unused":
      return `${code(text)} silences nothing: ${code(about)} finds nothing there${meant === undefined ? "" : `, ${code(meant)} does`}`;
  }
}
