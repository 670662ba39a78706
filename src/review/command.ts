import { isIsoDate } from "../text/iso-date.ts";

/** What a person asks of us in a reply: a line that begins with `/safepath`, however a keyboard capitalizes it. */
export type Command =
  | { readonly verb: "ignore" | "false-positive"; readonly reason: string }
  /** The finding comes back after the day, an ISO date. */
  | { readonly verb: "accept"; readonly until: string; readonly reason: string }
  /** One file that could not be verified, as it is at this head. */
  | { readonly verb: "accept-unverified"; readonly path: string; readonly reason: string }
  | { readonly verb: "agree" | "reopen" | "explain" | "review" | "help" }
  /** Meant for us, and not understood: what was expected, in Markdown. */
  | { readonly verb: "unclear"; readonly expected: string };

/** The longest reason that is kept. */
export const LONGEST_REASON = 500;

/** The first command of a body; undefined where there is none. Quoted lines and code blocks give no commands. */
export function readCommand(body: string): Command | undefined {
  const lines = body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1.*$/gmu, "").split(/\r?\n/u);
  const line = lines.find((each) => ADDRESS.test(each));
  if (line === undefined) return undefined;
  const asked = line.replace(ADDRESS, "").trim();
  const [verb = "help", ...words] = asked.split(/\s+/u).filter((word) => word !== "");
  switch (verb.toLowerCase()) {
    case "ignore":
      return withReason(words, "ignore");
    case "false-positive":
      return withReason(words, "false-positive");
    case "rotated":
      return rotated(words);
    case "accept":
      return words[0] === "unverified" ? acceptUnverified(asked.replace(/^\S+\s+\S+\s*/u, "")) : acceptUntil(words);
    case "agree":
      return { verb: "agree" };
    case "reopen":
      return { verb: "reopen" };
    case "explain":
      return { verb: "explain" };
    case "review":
      return { verb: "review" };
    case "help":
      return { verb: "help" };
    default:
      return {
        verb: "unclear",
        expected:
          "I know `ignore`, `false-positive`, `accept`, `rotated`, `agree`, `reopen`, `explain`, `review` and `help`.",
      };
  }
}

/** Four spaces would make it code. */
const ADDRESS = /^ {0,3}\/safepath:?(?:\s|$)/iu;

function withReason(words: readonly string[], verb: "ignore" | "false-positive"): Command {
  const reason = reasonOf(words);
  return reason === "" ? { verb: "unclear", expected: `Say why: \`/safepath ${verb} <reason>\`.` } : { verb, reason };
}

/** A secret that is revoked is no longer one: the finding is silenced, and says why. */
function rotated(words: readonly string[]): Command {
  const reason = reasonOf(words);
  if (reason === "") return { verb: "unclear", expected: "Say where and when: `/safepath rotated <reason>`." };
  return { verb: "ignore", reason: reasonOf(["rotated:", reason]) };
}

function acceptUntil(words: readonly string[]): Command {
  const [until, date = "", ...rest] = words;
  const reason = reasonOf(rest);
  const isDated = until === "until" && isIsoDate(date);
  if (!isDated || reason === "") {
    return { verb: "unclear", expected: "Give a day and a reason: `/safepath accept until 2027-03-31 <reason>`." };
  }
  return { verb: "accept", until: date, reason };
}

/** A path with spaces stands in backticks, one with backticks in more of them: as the check shows it. */
function acceptUnverified(asked: string): Command {
  const [, , quoted, plain, rest = ""] = /^(?:(`+)(.+?)\1(?!`)|(\S+))(?:\s+(.*))?$/u.exec(asked) ?? [];
  const path = quoted?.replace(/^ (.*) $/u, "$1") ?? plain ?? "";
  const reason = reasonOf([rest]);
  if (path === "" || reason === "") {
    return {
      verb: "unclear",
      expected: "Name the file and a reason: `/safepath accept unverified path/to/file.py <reason>`.",
    };
  }
  return { verb: "accept-unverified", path, reason };
}

/** None where nobody put one in the place of our own word for it. */
function reasonOf(words: readonly string[]): string {
  const reason = words.join(" ");
  return reason === "<reason>" ? "" : reason.slice(0, LONGEST_REASON);
}
