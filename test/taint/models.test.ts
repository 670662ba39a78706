import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadModels } from "../../src/taint/models/load-models.ts";
import { compileModels } from "../../src/taint/models/model-index.ts";

const FOLDER = new URL("../../rules/models/", import.meta.url);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ({ path: `rules/models/${name}`, text: readFileSync(new URL(name, FOLDER), "utf8") }));

describe("the models", () => {
  const { vocabulary, models } = loadModels(files);
  const index = compileModels(vocabulary, models);

  it("are found, and each is named as its file", () => {
    expect(models.length).toBeGreaterThan(15);
    const names = files.map(({ path }) => path.replace(/^.*\/|\.yml$/g, "")).filter((name) => name !== "kinds");
    expect(models.map((model) => model.package)).toEqual(names);
  });

  it("hold no path that an alias makes unreachable", () => {
    const written = models.flatMap((model) => [
      ...model.sources.flatMap(({ at }) => at),
      ...model.sinks.flatMap(({ at }) => at),
      ...model.sanitizers.flatMap(({ at }) => at),
    ]);
    const reachable = (path: string) =>
      index.source(index.canonical(path)) !== undefined ||
      index.sinks(index.canonical(path)).length > 0 ||
      index.sanitizes(index.canonical(path)) !== 0;
    expect(written.filter((path) => !reachable(path))).toEqual([]);
  });
});
