/**
 * CPU of a whole scan, children included, against that of another tool on the same files:
 * `node test/bench/against.ts FOLDER ROUNDS COMMAND…`, after `npm run build`; the folder is appended to the command. POSIX only.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { countLines, readTexts } from "./read-texts.ts";

const [folder, rounds, ...command] = process.argv.slice(2);
if (folder === undefined || command.length === 0)
  throw new Error("usage: node test/bench/against.ts FOLDER ROUNDS COMMAND…");

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const ours = [process.execPath, program, "scan", folder, "--format", "json"];
const theirs = [...command, folder];
const lines = countLines(readTexts([folder]));
const best = { ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
for (let round = 0; round < Number(rounds); round++) {
  best.ours = Math.min(best.ours, cpuOf(ours));
  best.theirs = Math.min(best.theirs, cpuOf(theirs));
}
const perSecond = (seconds: number) => Math.round(lines / seconds);
console.log(`${lines} lines`);
console.log(`safepath  ${best.ours.toFixed(1)} s of CPU, ${perSecond(best.ours)} lines a CPU-second`);
console.log(`the other ${best.theirs.toFixed(1)} s of CPU, ${perSecond(best.theirs)} lines a CPU-second`);
console.log(`lines a CPU-second, ours / theirs: ${(best.theirs / best.ours).toFixed(2)}`);

/** Seconds; the shell adds up what the command and its children took. */
function cpuOf(args: readonly string[]): number {
  const { stdout, stderr } = spawnSync("sh", ["-c", '"$@" >/dev/null 2>&1; echo $?; times', "sh", ...args], {
    encoding: "utf8",
  });
  const [code, , children = ""] = stdout.trim().split("\n");
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  // 1 says that there are findings; more, that it did not work.
  if (Number(code) > 1 || seconds.length !== 2) throw new Error(`no figure from ${args.join(" ")}: ${stderr}`);
  return seconds.reduce((sum, part) => sum + part, 0);
}
