import { type CheckInput, mayBeVerifiedLater, unverified } from "./check-input.ts";
import { fails } from "./standing.ts";
import { countLevels, countOf, number } from "./words.ts";

/** The first line of the summary: what a person has to do for the check to pass, or that there is nothing to do. */
export function whatToDo(input: CheckInput): string {
  if (input.findings.length === 0 && unverified(input) === 0) {
    return input.analyses.length === 0 ? "No Python changes: nothing to do." : "Nothing to do.";
  }
  return [aboutFindings(input), aboutUncommented(input), aboutUnverified(input)]
    .filter((part) => part !== "")
    .join(" ");
}

/** What the line gains when the code host refused comments: their findings are in the table like all others. */
export function aboutRefused(findings: number): string {
  return `GitHub took no comment for ${countOf(findings, "finding")}: the table has ${findings === 1 ? "it" : "them"}.`;
}

function aboutFindings(input: CheckInput): string {
  const { findings } = input;
  if (findings.length === 0) return "";
  const failing = findings.filter((finding) => fails(finding, input));
  if (failing.length === 0) return `${countLevels(findings)} to look at; nothing fails this check.`;
  const others = findings.length - failing.length;
  const rest =
    others === 0
      ? ""
      : others === 1
        ? " The other one does not fail it."
        : ` The other ${number(others)} do not fail it.`;
  return `**Fix or answer ${countLevels(failing)}** to pass this check.${rest}`;
}

/** Those that fail and the others were counted apart: "them" would be taken for the others alone. */
function aboutUncommented(input: CheckInput): string {
  const { findings, commented, quiet } = input;
  if (quiet !== undefined && quiet !== "bot" && findings.length > 0) return QUIET[quiet];
  const silent = findings.length - commented.size;
  if (silent === 0) return "";
  if (findings.length === 1) return "It has no comment in the code.";
  const failing = findings.filter((finding) => fails(finding, input)).length;
  const isSplit = failing > 0 && failing < findings.length;
  if (commented.size === 0) return `${isSplit ? "None has a" : "They have no"} comment in the code.`;
  const whole = isSplit ? `the ${countOf(findings.length, "finding")}` : "them";
  return `${number(silent)} of ${whole} ${silent === 1 ? "has" : "have"} no comment in the code.`;
}

function aboutUnverified(input: CheckInput): string {
  const missing = unverified(input);
  if (missing === 0) return "";
  const fails = input.policy.onIncomplete === "failure";
  const consequence = fails ? "so this check fails" : "which by policy does not fail this check";
  const isAcceptable = fails && missing > (input.coverage.truncated ? 1 : 0);
  const beyond = input.coverage.truncated
    ? " GitHub lists no more than 3,000 files of a change: split it to have all of them reviewed."
    : "";
  return `${countOf(missing, "file")} could not be verified, ${consequence}. ${mayBeVerifiedLater(input) ? "Re-run it; if that does not help, the" : "The"} reason is below.${isAcceptable ? ACCEPT : ""}${beyond}`;
}

const QUIET = {
  "installed-later": "The pull request was opened before Safepath was installed: comments begin with its next push.",
  draft: "The pull request is a draft: comments begin when it is ready for review.",
};

const ACCEPT = " `/safepath accept unverified <file> <reason>` in the conversation lets one file through.";
