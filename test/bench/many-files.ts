/**
 * 1,000 files of 300 lines through `scan`: how the work is shared among its children, and the most memory that each had.
 * `node test/bench/many-files.ts FILE…`, after `npm run build`; the given files are cut and repeated. Linux only (it reads /proc).
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTexts } from "./read-texts.ts";

const FILES = 1_000;
const LINES = 300;
const LOOK_EVERY_MS = 50;

const given = readTexts(process.argv.slice(2)).filter(({ text }) => text.split("\n").length >= LINES);
if (given.length === 0)
  throw new Error("usage: node test/bench/many-files.ts FOLDER…, with files of 300 lines or more");

const folder = mkdtempSync(join(tmpdir(), "safepath-bench-"));
for (let index = 0; index < FILES; index++) {
  const { text = "" } = given[index % given.length] ?? {};
  writeFileSync(join(folder, `file_${index}.py`), text.split("\n").slice(0, LINES).join("\n"));
}
const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const scan = spawn(process.execPath, [program, "scan", folder, "--format", "json"], { stdio: "ignore" });
const peaks = new Map<string, { megabytes: number; ticks: number }>();
const timer = setInterval(() => look(String(scan.pid)), LOOK_EVERY_MS);
scan.once("exit", () => {
  clearInterval(timer);
  rmSync(folder, { recursive: true });
  const all = [...peaks.values()].reduce((sum, { ticks }) => sum + ticks, 0);
  for (const [name, { megabytes, ticks }] of peaks) {
    console.log(
      `${name.padEnd(16)} at most ${megabytes.toFixed(0)} MB, ${((100 * ticks) / all).toFixed(0)} % of all CPU`,
    );
  }
});

function look(pid: string): void {
  measure(`scan ${pid}`, pid);
  for (const child of read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean))
    measure(`child ${child}`, child);
}

function measure(name: string, pid: string): void {
  const peak = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1];
  const [, , , , , , , , , , , user = "0", system = "0"] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /, "")
    .split(" ");
  if (peak !== undefined) peaks.set(name, { megabytes: Number(peak) / 1_024, ticks: Number(user) + Number(system) });
}

/** Empty where the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
