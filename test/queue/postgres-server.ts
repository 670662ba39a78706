import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL of its own, with its data in a folder that goes when it is stopped. */
export interface PostgresServer {
  readonly url: string;
  /** Ends at once, as when its machine does. */
  crash(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian's package puts the programs, newest last. */
const PROGRAMS = globSync("/usr/lib/postgresql/*/bin/postgres")
  .sort()
  .at(-1)
  ?.replace(/\/postgres$/u, "");

/** Without PostgreSQL the tests are left out and say so; where changes are checked, they fail. */
export function isPostgresMissing(): boolean {
  const isMissing = PROGRAMS === undefined && process.env.CI === undefined;
  if (isMissing) console.warn("PostgreSQL is not installed (apt-get install postgresql): its tests are left out");
  return isMissing;
}

export async function startPostgres(): Promise<PostgresServer> {
  if (PROGRAMS === undefined) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  const programs = PROGRAMS;
  const folder = mkdtempSync(join(tmpdir(), "safepath-postgres-"));
  const user = unprivileged();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  execFileSync(join(PROGRAMS, "initdb"), ["-D", data, "-U", "safepath", "-A", "trust", "--no-sync"], {
    ...user,
    cwd: folder,
  });
  const quick = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", "unix_socket_permissions=0777"];
  const start = async () => {
    const started = spawn(join(programs, "postgres"), ["-D", data, "-k", folder, ...quick], { ...user, cwd: folder });
    await ready(started);
    return started;
  };
  let server = await start();
  const end = async (signal: "SIGTERM" | "SIGQUIT") => {
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
  };
  return {
    url: `postgresql://safepath@localhost/postgres?host=${folder}`,
    crash: () => end("SIGQUIT"),
    async restart() {
      server = await start();
    },
    async stop() {
      await end("SIGTERM"); // waits for those who are still connected
      rmSync(folder, { recursive: true });
    },
  };
}

/** PostgreSQL does not run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | { readonly uid?: undefined } {
  const NOBODY = 65_534;
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

async function ready({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error("the server cannot be heard");
  let said = "";
  for await (const text of stderr.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    said += text;
    if (said.includes("ready to accept connections")) {
      stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}
