/**
 * CPU of parsing and of the pass into syntax arrays, as multiples of a bare native parse of the same files:
 * `node test/bench/parse-cost.ts DIRECTORY [ROUNDS]`. Rounds are interleaved, so that a busy machine slows all alike.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadNativeAddon } from "../../src/python/native-addon.ts";
import { createNativeParser } from "../../src/python/native-parser.ts";
import { createWasmParser } from "../../src/python/wasm-parser.ts";

const MAX_CHARACTERS = 4_000_000;

const [directory, rounds = "5"] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: node test/bench/parse-cost.ts DIRECTORY [ROUNDS]");

const texts = readTexts(directory);
const lines = texts.reduce((sum, text) => sum + text.split("\n").length, 0);
const native = createNativeParser();
const wasm = await createWasmParser();
const bare = createBareParser();
const steps: readonly (readonly [string, (text: string) => void])[] = [
  ["bare native parse", bare],
  ...(native === undefined ? [] : [["native arrays", (text: string) => void native.parse(text)] as const]),
  ["wasm arrays", (text) => void wasm.parse(text)],
];
const best = new Map<string, number>();
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, run] of steps) {
    const before = process.cpuUsage();
    for (const text of texts) run(text);
    const spent = process.cpuUsage(before);
    const milliseconds = (spent.user + spent.system) / 1000;
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, milliseconds));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const unit = best.get("bare native parse") ?? Number.NaN;
console.log(`${texts.length} files, ${lines} lines`);
for (const [name, spent] of best) {
  console.log(`${name.padEnd(20)} ${spent.toFixed(0).padStart(6)} ms  ${(spent / unit).toFixed(2)} × bare`);
}

function readTexts(root: string): string[] {
  const found: string[] = [];
  let size = 0;
  for (const path of globSync("**/*.py", { cwd: root }).sort()) {
    const text = readFileSync(join(root, path), "utf8");
    if (size + text.length > MAX_CHARACTERS) break;
    size += text.length;
    found.push(text);
  }
  return found;
}

function createBareParser(): (text: string) => void {
  const parser = loadNativeAddon();
  if (parser === undefined) throw new Error("the native parser does not load here");
  return (text) => void parser.parse((index) => text.slice(index, index + 16_384));
}
