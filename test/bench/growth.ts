/**
 * How CPU grows with lines, functions, calls and flows: `node test/bench/growth.ts [CHART.svg]`. Each series doubles up to the size limit
 * of a file, then in files of 1,000 lines up to 100,000; the exponent is the slope of the logarithms, and above 1.1 ends with 1.
 */
import { writeFileSync } from "node:fs";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { cpuTime } from "./cpu-time.ts";
import { drawGrowth } from "./growth-chart.ts";

const MOST = 1.1;
const ROUNDS = 5;
/** How often the largest size is analysed in a round. */
const REPEATS = 3;

const analyse = createAnalyse({ parser: await chooseParser(), ruleSet: await loadRules(), detectors: DETECTORS });
const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;

interface Series {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly filesOf: (size: number) => readonly string[];
}

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => write(at)).join("");
const plain = (index: number) => `value_${index} = compute(${index}, "text ${index}")\n`;
const helper = (index: number) => `def helper_${index}(value):\n    return value + "${index}"\n\n\n`;
const handler = (index: number) =>
  `@app.route("/${index}")\ndef view_${index}():\n    name = request.args["name"]\n    return db.execute("SELECT " + name)\n\n\n`;
const FLASK =
  'import sqlite3\nfrom flask import Flask, request\n\napp = Flask(__name__)\ndb = sqlite3.connect("x")\n\n\n';
const files = (count: number, text: string) => Array.from({ length: Math.ceil(count) }, () => text);

const SERIES: readonly Series[] = [
  { name: "lines at module level", sizes: [1_000, 2_000, 4_000, 8_000], filesOf: (size) => [repeat(size, plain)] },
  {
    name: "lines of one function",
    sizes: [1_000, 2_000, 4_000, 8_000],
    filesOf: (size) => [`def work():\n${repeat(size, (index) => `    ${plain(index)}`)}`],
  },
  { name: "functions", sizes: [1_000, 2_000, 4_000, 8_000], filesOf: (size) => [repeat(size, helper)] },
  {
    name: "functions that call the next",
    sizes: [1_000, 2_000, 4_000],
    filesOf: (size) => [
      repeat(size, (index) => `def step_${index}(value):\n    return step_${index + 1}(value)\n\n\n`),
    ],
  },
  { name: "routes with a flow", sizes: [500, 1_000, 2_000], filesOf: (size) => [FLASK + repeat(size, handler)] },
  {
    name: "branches in a function",
    sizes: [500, 1_000, 2_000],
    filesOf: (size) => [
      `def work(value):\n${repeat(size, (index) => `    if value == ${index}:\n        value = other(${index})\n`)}`,
    ],
  },
  {
    name: "methods of one class",
    sizes: [1_000, 2_000, 4_000],
    filesOf: (size) => [
      `class Store:\n${repeat(size, (index) => `    def get_${index}(self):\n        self.last = ${index}\n        return self.last\n\n`)}`,
    ],
  },
  {
    name: "lines in files of 1,000",
    sizes: [12_500, 25_000, 50_000, 100_000],
    filesOf: (size) => files(size / 1_000, repeat(200, helper) + repeat(200, plain)),
  },
  {
    name: "functions in files of 250",
    sizes: [12_500, 25_000, 50_000, 100_000],
    filesOf: (size) => files(size / 250, repeat(250, helper)),
  },
];

const measured = SERIES.map(measure);
for (const { name, exponent, points } of measured) {
  if (exponent > MOST) process.exitCode = 1;
  const cells = points.map(({ size, milliseconds }) => `${size}: ${milliseconds.toFixed(0)} ms`);
  console.log(`${name.padEnd(30)} exponent ${exponent.toFixed(2)}   ${cells.join("   ")}`);
}
const [chart] = process.argv.slice(2);
if (chart !== undefined) writeFileSync(chart, drawGrowth(measured));

/**
 * The least of several rounds for each size, all sizes in each round: what slows the machine for a while slows them alike. A smaller size is
 * repeated until as much was analysed as of the largest: else it would be over before there is garbage to collect.
 */
function measure({ name, sizes, filesOf }: Series) {
  const texts = sizes.map(filesOf);
  const times = sizes.map(() => Number.POSITIVE_INFINITY);
  const largest = Math.max(...sizes);
  texts.forEach(timeOf);
  for (let round = 0; round < ROUNDS; round++) {
    sizes.forEach((size, at) => {
      const runs = Math.round((REPEATS * largest) / size);
      const spent = timeOf(Array.from({ length: runs }, () => texts[at] ?? []).flat());
      times[at] = Math.min(times[at] ?? 0, spent / runs);
    });
  }
  const points = sizes.map((size, at) => ({ size, milliseconds: times[at] ?? 0 }));
  return { name, points, exponent: slope(sizes.map(Math.log), times.map(Math.log)) };
}

function timeOf(texts: readonly string[]): number {
  return cpuTime(() => {
    for (const text of texts) analyse({ kind: "file", file: { path: "shop/example.py", text }, options });
  });
}

/** Least squares. */
function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const products = x.map((one, at) => (one - middleX) * ((y[at] ?? 0) - middleY));
  const squares = x.map((one) => (one - middleX) ** 2);
  return products.reduce((sum, one) => sum + one, 0) / squares.reduce((sum, one) => sum + one, 0);
}
