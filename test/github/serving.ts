import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Settings } from "../../src/settings.ts";
import type { StandIn } from "./stand-in/stand-in.ts";

export interface Serving {
  readonly child: ChildProcess;
  readonly said: { readonly stdout: string; readonly stderr: string };
  /** Of its analysing children. */
  analysers(): readonly number[];
  /** Waits for its end: the exit code, or the signal. */
  ended(): Promise<number | string>;
}

export interface ServingOptions {
  readonly settings?: Partial<Settings>;
  readonly graceMs?: number;
  readonly marks?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Of the shell, before the service starts. */
  readonly before?: string;
}

const ENTRY = fileURLToPath(new URL("serving-process.ts", import.meta.url));
const SECRET = "a secret that only the serving process knows";

/** What `npm start` runs, with the stand-in as GitHub; its files are in `folder`, where it also works. */
export async function startServing(github: StandIn, folder: string, options: ServingOptions = {}): Promise<Serving> {
  const settings: Settings = {
    appId: github.app.id,
    privateKey: github.app.privateKey,
    previousPrivateKeys: [],
    webhookSecrets: [SECRET],
    apiUrl: github.url,
    host: "127.0.0.1",
    port: 0,
    logLevel: "info",
    rulePages: "https://example.com/rules",
    reviews: 2,
    analysers: 1,
    proxies: 0,
    queue: { kind: "file", path: join(folder, "queue.db") },
    role: "all",
    recoveryMinutes: 0,
    retentionDays: 90,
    ...options.settings,
  };
  const orders = join(folder, "orders.json");
  writeFileSync(orders, JSON.stringify({ ...options, settings }));
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  const start = scripts.start.replace("node ", `${process.execPath} `).replace("dist/main.js", `${ENTRY} ${orders}`);
  const child = spawn("sh", ["-c", `${options.before ?? ""}\n${start}`], {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: folder, ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (text) => {
      said[stream] += text;
    });
  }
  const end = once(child, "close");
  while (!said.stdout.includes('"serving"')) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it did not start: ${said.stderr}`);
    await Promise.race([once(child.stdout, "data"), end]);
  }
  const line = said.stdout.split("\n").find((each) => each.includes('"serving"')) ?? "";
  const { port } = JSON.parse(line) as { readonly port: number };
  github.deliveries.target = { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret: SECRET };
  return {
    child,
    said,
    analysers: () =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    async ended() {
      const [code, signal] = (await end) as [number | null, string | null];
      return code ?? signal ?? "";
    },
  };
}
