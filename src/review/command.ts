import { isIsoDate } from "../text/iso-date.ts";

/** What a person asks of us in a reply: a line that begins with `/safepath`. */
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
  const line = lines.find((each) => /^\/safepath(?:\s|$)/u.test(each));
  if (line === undefined) return undefined;
  const [verb = "help", ...words] = line
    .slice("/safepath".length)
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "");
  switch (verb.toLowerCase()) {
    case "ignore":
      return withReason(words, "ignore");
    case "false-positive":
      return withReason(words, "false-positive");
    case "rotated":
      return rotated(words);
    case "accept":
      return words[0] === "unverified" ? acceptUnverified(words.slice(1)) : acceptUntil(words);
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

/** A path with spaces stands in backticks. */
function acceptUnverified(words: readonly string[]): Command {
  const [, quoted, plain, rest = ""] = /^(?:`([^`]+)`|(\S+))(?:\s+(.*))?$/u.exec(words.join(" ")) ?? [];
  const path = quoted ?? plain ?? "";
  const reason = reasonOf([rest]);
  if (path === "" || reason === "") {
    return {
      verb: "unclear",
      expected: "Name the file and a reason: `/safepath accept unverified path/to/file.py <reason>`.",
    };
  }
  return { verb: "accept-unverified", path, reason };
}

function reasonOf(words: readonly string[]): string {
  return words.join(" ").slice(0, LONGEST_REASON);
}
