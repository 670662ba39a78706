/**
 * CPU of the whole analysis and of its parts as multiples of a bare native parse of the same files:
 * `node test/bench/analysis-against-parse.ts FOLDER…`. File by file in turn, so that a busy machine slows all alike.
 */
import { analysePython, levelOf } from "../../src/analysis/analyse-python.ts";
import { compileCatalogue } from "../../src/analysis/catalogue.ts";
import { findIn } from "../../src/analysis/find-in-module.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { loadNativeAddon } from "../../src/python/native-addon.ts";
import { createNativeParser } from "../../src/python/native-parser.ts";
import { indexFacts } from "../../src/rules/indexed-facts.ts";
import { type AnalysedModule, analyseModule } from "../../src/taint/analyse-module.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";
import { cpuTime } from "./cpu-time.ts";
import { type BenchText, countLines, readTexts } from "./read-texts.ts";

const WARM_UP = 200;
/** Of a file, in which matching is measured by itself: the least counts, for it is a small part of what runs before it. */
const TURNS = 5;
const OPTIONS = { profile: "default", levels: {}, today: "2026-01-01" } as const;

const ALONE = { isCompared: false, project: NO_PROJECT, versionOf: () => undefined, isKeptOut: () => undefined };

const texts = readTexts(process.argv.slice(2));
const bare = loadNativeAddon();
const parser = createNativeParser();
if (bare === undefined || parser === undefined) throw new Error("the native parser does not load here");
const catalogue = compileCatalogue(await loadRules(), DETECTORS);

const steps: readonly (readonly [string, (file: BenchText) => void])[] = [
  ["bare parse", bareParse],
  ["syntax arrays", ({ text }) => void parser.parse(text)],
  ["syntax arrays and flow", (file) => void flowOf(file)],
  [
    "whole analysis",
    (file) => void analysePython(parser, catalogue, { ...file, context: "product" }, OPTIONS, (path) => path, ALONE),
  ],
];
for (const file of texts.slice(0, WARM_UP)) for (const [, run] of steps) run(file);
const spent = new Map<string, number>();
for (const file of texts) {
  for (const [name, run] of steps) spent.set(name, (spent.get(name) ?? 0) + cpuTime(() => run(file)));
}
const unit = spent.get("bare parse") ?? Number.NaN;
console.log(`${texts.length} files, ${countLines(texts)} lines, ${catalogue.modules.length} rules`);
for (const [name, milliseconds] of spent) {
  console.log(
    `${name.padEnd(24)} ${milliseconds.toFixed(0).padStart(7)} ms  ${(milliseconds / unit).toFixed(2)} × bare`,
  );
}
const [parsed, matched] = texts.map(leastOf).reduce((sum, least) => sum.map((one, at) => one + least[at]), [0, 0]);
console.log(`matching all rules, least of ${TURNS} turns a file: ${(matched / parsed).toFixed(3)} × bare`);

/** Milliseconds of CPU of a bare parse, and of asking all rules of a model that is built anew for each turn. */
function leastOf(file: BenchText): readonly number[] {
  const turns = Array.from({ length: TURNS }, () => {
    const analysed = flowOf(file);
    return [cpuTime(() => bareParse(file)), analysed === undefined ? 0 : cpuTime(() => match(analysed))];
  });
  return [0, 1].map((step) => Math.min(...turns.map((turn) => turn[step])));
}

function match({ facts, syntaxOf }: AnalysedModule): void {
  const indexed = indexFacts(facts, () => undefined);
  const rules = catalogue.awake(indexed).flatMap((one) => {
    const level = levelOf(one.rule, "product", OPTIONS);
    return level === undefined ? [] : [{ ...one, level }];
  });
  findIn(indexed, rules, { identityOf: (path) => path, syntaxOf, notices: [] });
}

function bareParse({ text }: BenchText): void {
  bare?.parse((index) => text.slice(index, index + 16_384));
}

function flowOf({ path, text }: BenchText): AnalysedModule | undefined {
  const syntax = parser?.parse(text);
  if (syntax === undefined || "reason" in syntax) return undefined;
  return analyseModule({ path, syntax, models: catalogue.models, project: NO_PROJECT });
}
