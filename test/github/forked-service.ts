import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { processorTime } from "../../src/engine/processor-time.ts";
import type { QueuePlace, Settings } from "../../src/settings.ts";
import type { StandIn } from "./stand-in/stand-in.ts";

/** The service in a process of its own, against a stand-in in this one. */
export interface ForkedService {
  readonly hook: { readonly url: string; readonly secret: string };
  /** Resident bytes of the service's process, its analysing children aside: now, and the most so far. */
  memory(): { readonly now: number; readonly most: number };
  /** Milliseconds of processor time that the service and its children have had. */
  processorMs(): number;
  kill(): Promise<void>;
}

const SECRET = "a secret that only the forked service knows";

/** From the sources, or from what `npm run build` made of them. */
export type Program = "sources" | "built";

const ENTRIES: Readonly<Record<Program, string>> = { sources: "service-process.ts", built: "built-service-process.js" };

/** As `npm start` and the image have them. */
const MEMORY_FLAGS: readonly string[] = [
  ...readFileSync(new URL("../../package.json", import.meta.url), "utf8").matchAll(/--max-[\w-]+=\d+/gu),
].map(([flag]) => flag);

export async function forkService(
  github: StandIn,
  queue: QueuePlace,
  changes: Partial<Settings> = {},
  program: Program = "sources",
): Promise<ForkedService> {
  const child = fork(fileURLToPath(new URL(ENTRIES[program], import.meta.url)), {
    execArgv: program === "built" ? [...MEMORY_FLAGS] : [],
  });
  const settings: Settings = {
    appId: github.app.id,
    privateKey: github.app.privateKey,
    previousPrivateKeys: [],
    webhookSecrets: [SECRET],
    apiUrl: github.url,
    host: "127.0.0.1",
    port: 0,
    logLevel: "fatal",
    rulePages: "https://example.com/rules",
    reviews: 2,
    analysers: 1,
    proxies: 0,
    queue,
    role: "all",
    recoveryMinutes: 0,
    retentionDays: 90,
    ...changes,
  };
  child.send(settings);
  const [message] = (await once(child, "message")) as [{ readonly port: number }];
  return {
    hook: { url: `http://127.0.0.1:${message.port}/api/github/webhooks`, secret: SECRET },
    memory: () => memoryOf(child),
    processorMs: () => [child.pid, ...childrenOf(child)].map(timeOf).reduce((sum, each) => sum + each, 0),
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function memoryOf({ pid }: ChildProcess) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(status)?.[1]);
  return { now: kilobytes("VmRSS") * 1_024, most: kilobytes("VmHWM") * 1_024 };
}

function childrenOf({ pid }: ChildProcess): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

function timeOf(pid: number | undefined): number {
  return pid === undefined ? 0 : (processorTime(pid)?.milliseconds ?? 0);
}
