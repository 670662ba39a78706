import { spawn, spawnSync } from "node:child_process";
import { UsageError } from "./context.ts";

/**
 * Runs git without anything that a repository's own settings could start: no hooks, no file-system monitor, no pager, no
 * fetching of missing objects. Rejects with git's own words.
 */
export async function git(repository: string, args: readonly string[], input = ""): Promise<Buffer> {
  const child = spawn("git", ["-C", repository, ...safely, ...args], {
    env: environment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // When git ends early, what is left of the input is of no interest.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new UsageError("the program `git` was not found");
    throw error;
  });
  if (status === 0) return Buffer.concat(out);
  throw new GitError(Buffer.concat(err).toString("utf8").trim());
}

/** The same at once: undefined where git fails, or says more than `mostBytes`. */
export function gitNow(
  repository: string,
  args: readonly string[],
  input: string,
  mostBytes: number,
): Buffer | undefined {
  const options = { env: environment(), input, maxBuffer: mostBytes };
  const { status, stdout } = spawnSync("git", ["-C", repository, ...safely, ...args], options);
  return status === 0 ? stdout : undefined;
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...{ GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
  };
}

export class GitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GitError";
  }
}

const safely = ["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
