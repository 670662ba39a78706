/**
 * CPU of whole processes that analyse one file of some 300 lines, beside a Node that does nothing:
 * `node test/bench/start-up.ts FILE [ROUNDS]`, after `npm run build`. In turn; the least of all rounds counts.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileCatalogue } from "../../src/analysis/catalogue.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { readRuleSet } from "../../src/rules/rule-set.ts";
import { cpuTime } from "./cpu-time.ts";

const [file, rounds = "15"] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node test/bench/start-up.ts FILE [ROUNDS]");

const dist = new URL("../../dist/", import.meta.url);
const program = fileURLToPath(new URL("cli/main.js", dist));
const commands: readonly (readonly [string, readonly string[]])[] = [
  ["node alone", ["-e", "0"]],
  ["safepath --version", [program, "--version"]],
  ["safepath scan FILE", [program, "scan", file]],
];
const best = new Map<string, number>();
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, args] of commands) {
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, cpuOf(args)));
  }
}
for (const [name, milliseconds] of best)
  console.log(`${name.padEnd(20)} ${milliseconds.toFixed(0).padStart(5)} ms of CPU`);

const json = readFileSync(new URL("rules.json", dist), "utf8");
const readRules = () => readRuleSet(json, () => "");
const read = cpuTime(() => void readRules());
const compile = cpuTime(() => void compileCatalogue(readRules(), DETECTORS)) - read;
console.log(`rules: JSON read in ${read.toFixed(0)} ms, compiled in ${compile.toFixed(0)} ms (cold, this process)`);

/** The process says it itself at its end: nobody else can tell its CPU from that of others without its help. */
function cpuOf(args: readonly string[]): number {
  const report =
    "process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('\\ncpu='+(user+system))})";
  const { stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(report)}`, ...args],
    {
      encoding: "utf8",
    },
  );
  const written = /cpu=(\d+)$/.exec(stderr)?.[1];
  if (written === undefined) throw new Error(`no figure from ${args.join(" ")}: ${stderr}`);
  return Number(written) / 1_000;
}
