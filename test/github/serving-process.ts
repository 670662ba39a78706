/** The service as `serve` runs it, in a process of its own: its settings come from a file, and the word that it is told is what goes wrong. */
import { readFileSync } from "node:fs";
import { serveUntilStopped } from "../../src/serve.ts";
import type { Settings } from "../../src/settings.ts";

interface Orders {
  readonly settings: Settings;
  readonly graceMs?: number;
  /** Held in memory, and in an error as a client of GitHub's makes them. */
  readonly marks?: string;
}

const [, , path = ""] = process.argv;
const { settings, graceMs, marks } = JSON.parse(readFileSync(path, "utf8")) as Orders;

process.stdin.on("data", (word) => {
  const error = Object.assign(new Error("a bug"), { request: { method: "POST", url: "/", body: marks } });
  if (String(word) === "throw") throw error;
  void Promise.reject(error);
});
process.stdin.unref();

await serveUntilStopped(settings, graceMs);
