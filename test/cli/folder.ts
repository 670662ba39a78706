import { type ExecFileSyncOptions, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own for one test. Paths in reports are checked: no part of it may look like a folder of tests. */
export interface Folder {
  readonly path: string;
  write(file: string, content: string | Uint8Array): void;
  remove(file: string): void;
  git(...args: readonly string[]): string;
  /** Commits everything and returns the commit. */
  commit(): string;
}

export function createFolder(): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "safepath-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const git = (...args: readonly string[]) => execFileSync("git", args, gitOptions(path)).toString().trim();
  return {
    path,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
      if (!file.includes(".")) chmodSync(join(path, file), 0o755);
    },
    remove: (file) => rmSync(join(path, file), { recursive: true }),
    git,
    commit() {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "a change");
      return git("rev-parse", "HEAD");
    },
  };
}

export function createRepository(): Folder {
  const folder = createFolder();
  folder.git("init", "--quiet", "--initial-branch", "main");
  return folder;
}

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function run(main: string, cwd: string, args: readonly string[], environment: Record<string, string> = {}): Run {
  const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env: { ...inherited, ...environment },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Nothing of the machine's own settings of git. */
function gitOptions(cwd: string): ExecFileSyncOptions {
  const person = { NAME: "A", EMAIL: "a@example.org" };
  const identity = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((role) =>
      Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  );
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", ...identity };
  return { cwd, env, stdio: ["ignore", "pipe", "pipe"] };
}
