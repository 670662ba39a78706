/** CPU of the whole analysis of Python files as a multiple of a bare native parse of the same files: `node FILE FOLDER`. */
import { globSync, readFileSync } from "node:fs";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadNativeAddon } from "../../src/python/native-addon.ts";

const [folder = "."] = process.argv.slice(2);
const texts = globSync("**/*.py", { cwd: folder }).map((path) => ({
  path,
  text: readFileSync(`${folder}/${path}`, "utf8"),
}));
const bare = loadNativeAddon();
if (bare === undefined) throw new Error("the native parser does not load here");
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet: await loadRules(), detectors: DETECTORS });
const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;

const parse = (text: string) => bare.parse((index) => text.slice(index, index + 16_384));
for (const { path, text } of texts.slice(0, 200)) {
  parse(text);
  analyse({ kind: "file", file: { path, text }, options });
}
let parseMs = 0;
let analyseMs = 0;
let lines = 0;
for (const { path, text } of texts) {
  const start = performance.now();
  parse(text);
  const middle = performance.now();
  analyse({ kind: "file", file: { path, text }, options });
  parseMs += middle - start;
  analyseMs += performance.now() - middle;
  lines += text.split("\n").length;
}
console.log(`${texts.length} files, ${lines} lines: analysis / bare parse = ${(analyseMs / parseMs).toFixed(2)}`);
console.log(`parse ${parseMs.toFixed(0)} ms, analysis ${analyseMs.toFixed(0)} ms`);
