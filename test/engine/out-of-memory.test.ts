import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";

const PARENT = fileURLToPath(new URL("small-heap-parent.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-memory-"));
  return () => rmSync(folder, { recursive: true });
});

test("a file for which the memory does not suffice costs a notice and leaves no dump; the next one is analysed", async () => {
  // As the service is started; reports are asked for in every way that there is.
  const child = spawn("sh", ["-c", `ulimit -c 0; exec ${process.execPath} ${PARENT}`], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_OPTIONS: "--report-on-fatalerror --heapsnapshot-near-heap-limit=1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(
    said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { reason: "crashed" },
    { path: "large.py", notices: [{ kind: "crashed", path: "large.py" }], findings: 0 },
    { path: "small.py", notices: [], findings: 1 },
  ]);
  expect(readdirSync(folder)).toEqual([]);
});
