import { UsageError } from "./context.ts";
import { GitError, git } from "./git.ts";

/** What is compared: two commits, or a commit and the index. Always object names, never words of the command line. */
export interface GitRange {
  readonly root: string;
  readonly base: string;
  /** Absent: the index. */
  readonly head?: string;
}

/** `BASE..HEAD`, `BASE...HEAD`; a side that is left out is `HEAD`. Throws `UsageError`. */
export async function resolveRange(folder: string, range: string): Promise<GitRange> {
  const parts = /^(.*?)(\.{2,3})(.*)$/.exec(range);
  if (parts === null) throw new UsageError(`\`${range}\` is not a range: write BASE..HEAD`);
  const [, from = "", dots, to = ""] = parts;
  const root = await rootOf(folder);
  const base = await commitOf(root, from === "" ? "HEAD" : from);
  const head = await commitOf(root, to === "" ? "HEAD" : to);
  return { root, base: dots === "..." ? await mergeBase(root, base, head, range) : base, head };
}

/** The index against the last commit; against nothing before the first one. */
export async function stagedRange(folder: string): Promise<GitRange> {
  const root = await rootOf(folder);
  return { root, base: (await revision(root, "HEAD")) ?? (await emptyTree(root)) };
}

async function rootOf(folder: string): Promise<string> {
  try {
    return withoutLineEnd(await git(folder, ["rev-parse", "--show-toplevel"])) || folder;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // A bare repository has no work tree and can be compared all the same.
    const isBare = await git(folder, ["rev-parse", "--is-bare-repository"]).catch(() => undefined);
    if (isBare !== undefined && withoutLineEnd(isBare) === "true") return folder;
    throw new UsageError(`git: ${error.message.replace(/^fatal: /, "")}`);
  }
}

async function commitOf(root: string, name: string): Promise<string> {
  const found = await revision(root, name);
  if (found === undefined) throw new UsageError(`unknown revision \`${name}\` in ${root}`);
  return found;
}

async function revision(root: string, name: string): Promise<string | undefined> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return git(root, args).then(withoutLineEnd, (error: unknown) => {
    if (error instanceof GitError) return undefined;
    throw error;
  });
}

async function mergeBase(root: string, base: string, head: string, range: string): Promise<string> {
  return git(root, ["merge-base", base, head]).then(withoutLineEnd, (error: unknown) => {
    if (error instanceof GitError) throw new UsageError(`\`${range}\`: the two have no commit in common`);
    throw error;
  });
}

async function emptyTree(root: string): Promise<string> {
  return withoutLineEnd(await git(root, ["hash-object", "-t", "tree", "--stdin"]));
}

function withoutLineEnd(output: Buffer): string {
  return output.toString("utf8").replace(/\r?\n$/, "");
}
