import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../src/", import.meta.url));

/** The folders of `src`, from the ground up: each imports from itself and from lower layers only. */
const LAYERS: readonly (readonly string[])[] = [
  ["text"],
  ["diff", "python", "manifests"],
  ["taint", "documents"],
  ["rules"],
  ["detectors"],
  ["analysis"],
  ["report", "config"],
  ["review", "pages"],
  ["service"],
  ["database"],
  ["packages", "github", "queue", "store", "engine", "web", "metrics", "tracing", "cli"],
];

/** Packages that one place of the code knows, as a prefix of the file's path. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "tree-sitter": ["python/"],
  "web-tree-sitter": ["python/"],
  "tree-sitter-python": ["python/"],
  probot: ["github/"],
  "@octokit/rest": ["github/"],
  "@octokit/auth-app": ["github/"],
  "@octokit/plugin-throttling": ["github/"],
  "@octokit/webhooks-methods": ["github/"],
  yaml: [
    "rules/load.ts",
    "taint/models/load-models.ts",
    "config/parse-yaml.ts",
    "config/settings-tree.ts",
    "config/open-yaml.ts",
    "documents/",
    "manifests/",
  ],
  "ae-cvss-calculator": ["packages/"],
  hono: ["web/"],
  "hono/html": ["pages/"],
  "@hono/node-server": ["web/"],
  "markdown-it": ["pages/"],
  "highlight.js/lib/core": ["pages/"],
  pg: ["database/", "queue/", "store/"],
  kysely: ["store/"],
  "prom-client": ["metrics/"],
  "@opentelemetry/api": ["tracing/"],
  "@opentelemetry/sdk-trace": ["tracing/"],
  "node:sqlite": ["database/", "queue/", "store/"],
  "node:child_process": ["engine/", "cli/"],
};

/** Pure layers touch nothing of the world around them. */
const PURE = new Set(LAYERS.slice(0, 8).flat());
const WORLD = /^node:(?:fs|net|http|https|child_process|worker_threads|dns|process)(?:\/|$)/;

interface Import {
  readonly file: string;
  readonly from: string;
}

function importsOf(file: string, text: string): Import[] {
  const { module } = parseSync(file, text);
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      text.slice(moduleRequest.start, moduleRequest.end).replace(/["'`]/g, ""),
    ),
  ];
  return names.map((from) => ({ file, from }));
}

function problemOf({ file, from }: Import): string | undefined {
  const folder = file.split("/")[0] ?? "";
  const layer = layerOf(folder);
  if (!from.startsWith(".")) {
    if (PURE.has(folder) && WORLD.test(from)) return `${file} touches ${from}`;
    const owners = OWNERS[from];
    const isRoot = file === "main.ts";
    return owners === undefined || isRoot || owners.some((owner) => file.startsWith(owner))
      ? undefined
      : `${file} knows ${from}`;
  }
  const target = normalize(join(dirname(file), from));
  if (file === "cli/command-line.ts" && !target.includes("/")) return undefined;
  const other = target.split("/")[0] ?? "";
  if (layer === undefined || other === folder) return undefined;
  const below = layerOf(other);
  const isLower = below !== undefined && (below < layer || (below === layer && isEdge(folder) && other === "engine"));
  return isLower ? undefined : `${file} imports ${target}`;
}

function layerOf(folder: string): number | undefined {
  const index = LAYERS.findIndex((folders) => folders.includes(folder));
  return index === -1 ? undefined : index;
}

/** The command line is a composition root: it puts the engine together, and its main file what stands beside the folders. */
function isEdge(folder: string): boolean {
  return folder === "cli";
}

/** Of packages that may be missing neither code nor types are imported: a build without them would end. */
function optionalPackages(): readonly string[] {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(manifest.optionalDependencies);
}

describe("packages that may be missing", () => {
  test("are imported nowhere: what needs them asks whether they load", () => {
    const root = fileURLToPath(new URL("../", import.meta.url));
    const files = globSync("{src,scripts,test}/**/*.ts", { cwd: root });
    const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));
    const optional = optionalPackages();
    expect(optional).toContain("tree-sitter");
    expect(imports.filter(({ from }) => optional.includes(from))).toEqual([]);
  });
});

describe("the layers of src", () => {
  const files = globSync("**/*.ts", { cwd: ROOT }).sort();
  const imports = files.flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), "utf8")));

  test("are read from real files and real imports", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  test("are known for every folder", () => {
    const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
    expect([...folders].filter((folder) => folder !== undefined && layerOf(folder) === undefined)).toEqual([]);
  });

  test("import downwards only, and leave each package to its owner", () => {
    expect(imports.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test.each([
    ["an import upwards", "taint/values/value.ts", 'import { planReview } from "../../review/plan-review.ts";'],
    ["the parser outside python/", "rules/match.ts", 'import Parser from "tree-sitter";'],
    ["the disk in a pure layer", "rules/load.ts", 'import { readFileSync } from "node:fs";'],
    ["a dynamic import upwards", "text/span.ts", 'await import("../cli/main.ts");'],
  ])("notice %s", (_, file, text) => {
    expect(importsOf(file, text).map(problemOf)).not.toEqual([undefined]);
  });
});
