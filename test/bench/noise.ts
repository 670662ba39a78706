/**
 * Errors and warnings of the profile `default` over well-kept projects, a thousand lines: `node test/bench/noise.ts FOLDER`,
 * where each folder in FOLDER is a project. Lists what it counts, for `docs/noise.md` to go through.
 */
import { spawnSync } from "node:child_process";
import { relative, resolve } from "node:path";

interface Scan {
  readonly summary: { readonly files: number; readonly lines: number };
  readonly findings: readonly {
    readonly rule: string;
    readonly path: string;
    readonly level: string;
    readonly start: { readonly line: number };
    readonly scope: string;
  }[];
}

const folder = resolve(process.argv[2] ?? ".");
const program = new URL("../../dist/cli/main.js", import.meta.url).pathname;
const args = ["scan", folder, "--format", "json", "--min-level", "warning"];
const { stdout, status } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
if (status === 3) console.log("Not all files could be analysed in time: run it again on a machine with less to do.");

const { summary, findings } = JSON.parse(stdout) as Scan;
for (const { rule, level, path, start, scope } of findings) {
  console.log(`${relative(folder, resolve(path))}:${start.line}\t${level}\t${rule}\t${scope}`);
}
const counts = new Map<string, number>();
for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
for (const [rule, count] of [...counts].toSorted(([, a], [, b]) => b - a)) console.log(`${count}\t${rule}`);
const rate = (findings.length / summary.lines) * 1000;
console.log(`${findings.length} in ${summary.lines} lines of ${summary.files} files: ${rate.toFixed(3)} a 1,000 lines`);
