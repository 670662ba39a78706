import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

export interface GitObject {
  readonly oid: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  readonly bytes: Buffer;
}

/** The git program over one bare repository. Objects are read through one process that stays. */
export class Git {
  readonly folder: string;
  private reader: ObjectReader | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The output of one command; throws when git refuses. */
  async run(args: readonly string[], input?: Buffer): Promise<Buffer> {
    const child = start(this.folder, args);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.stdin.end(input);
    const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${Buffer.concat(err).toString()}`);
    return Buffer.concat(out);
  }

  /** An object by any name that git knows (`sha`, `sha:path`, `refs/heads/main`), or undefined. */
  read(name: string): Promise<GitObject | undefined> {
    this.reader ??= new ObjectReader(start(this.folder, ["cat-file", "--batch"]));
    return this.reader.read(name);
  }

  close(): void {
    this.reader?.close();
  }
}

/** Anything else says that there is no such object; it repeats the name, which may hold anything. */
const answerLine = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/;

/** `git cat-file --batch`: answers come in the order of the questions. */
class ObjectReader {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((object: GitObject | undefined) => void)[] = [];
  private buffered: Buffer[] = [];
  private size = 0;
  /** Bytes without which the next answer cannot be complete. */
  private needed = 1;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    child.stdout.on("data", (chunk: Buffer) => this.take(chunk));
    child.stderr.resume();
    child.stdin.on("error", () => undefined);
  }

  read(name: string): Promise<GitObject | undefined> {
    if (name === "" || /[\n\0]/.test(name)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${name}\n`);
    });
  }

  close(): void {
    this.child.stdin.end();
  }

  private take(chunk: Buffer): void {
    this.buffered.push(chunk);
    this.size += chunk.length;
    if (this.size < this.needed) return;
    let rest = Buffer.concat(this.buffered);
    for (;;) {
      const lineEnd = rest.indexOf(10);
      if (lineEnd < 0) break;
      const header = answerLine.exec(rest.subarray(0, lineEnd).toString());
      const [, oid = "", type, length] = header ?? [];
      if (!isObjectType(type)) {
        rest = rest.subarray(lineEnd + 1);
        this.waiting.shift()?.(undefined);
        continue;
      }
      const end = lineEnd + 1 + Number(length);
      if (rest.length <= end) {
        this.keep(rest, end + 1);
        return;
      }
      this.waiting.shift()?.({ oid, type, bytes: Buffer.from(rest.subarray(lineEnd + 1, end)) });
      rest = rest.subarray(end + 1);
    }
    this.keep(rest, rest.length + 1);
  }

  private keep(rest: Buffer, needed: number): void {
    this.buffered = rest.length === 0 ? [] : [rest];
    this.size = rest.length;
    this.needed = needed;
  }
}

function isObjectType(text: string | undefined): text is GitObject["type"] {
  return text === "blob" || text === "tree" || text === "commit" || text === "tag";
}

function start(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn("git", ["--git-dir", folder, ...args], { env: environment() });
}

/** Without the settings of the person and of a repository whose hook may be running this. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
  };
}
