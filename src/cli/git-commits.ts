import type { Commit } from "../analysis/earlier-secrets.ts";
import { parseGitDiff } from "../diff/parse-git-diff.ts";
import { git } from "./git.ts";
import { plainDiff } from "./git-changes.ts";
import type { GitRange } from "./git-range.ts";

/** Commits of a range that are looked at; those behind them are older. */
const MOST_COMMITS = 50;

/** The commits between both sides of a range, merges and the last one aside, newest first. None of what is only staged. */
export async function gitCommits({ root, base, head }: GitRange): Promise<readonly Commit[]> {
  if (head === undefined) return [];
  const log = ["log", "--no-merges", `--max-count=${MOST_COMMITS}`, "--format=commit %H", "--patch", ...plainDiff];
  const output = (await git(root, [...log, `${base}..${head}`, "--"])).toString("utf8");
  // No line of a patch begins so: it has a sign, or names what it is about.
  return output.split(/^(?=commit [0-9a-f]{40,64}\n)/mu).flatMap((section) => {
    const sha = /^commit ([0-9a-f]+)\n/u.exec(section)?.[1];
    return sha === undefined || sha === head ? [] : [{ sha, files: filesOf(section) }];
  });
}

/** A patch that contradicts itself is as good as none. */
function filesOf(section: string): Commit["files"] {
  try {
    return parseGitDiff(section);
  } catch {
    return [];
  }
}
