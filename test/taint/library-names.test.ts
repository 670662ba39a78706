import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Model } from "../../src/taint/models/model.ts";
import { ruleSet } from "./flows-of.ts";

/** Drawn by scripts/library-names.py from the libraries' own code. */
const index: {
  readonly found: Readonly<Record<string, readonly string[]>>;
  readonly unchecked: readonly string[];
} = JSON.parse(readFileSync(new URL("library-names.json", import.meta.url), "utf8"));
/** Beginnings of paths that the versions at hand do not have, and why they are in the models. */
const elsewhere: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("library-names-elsewhere.json", import.meta.url), "utf8"),
);

/** Every name that a model speaks of. */
function pathsOf(model: Model): readonly string[] {
  const { aliases, types, sources, sinks, sanitizers, guards, entries, propagators, texts, opaque, noreturn } = model;
  return [
    ...Object.entries(aliases).flat(),
    ...Object.values(types).flat(),
    ...[...Object.keys(types), ...Object.keys(model.extends)].map((name) => `${name}()`),
    ...Object.values(model.extends).flat(),
    ...[...sources, ...sinks, ...sanitizers, ...guards].flatMap(({ at }) => at),
    ...entries.flatMap((entry) => [...entry.decorators, ...entry.bases, ...entry.registrations]),
    ...entries.flatMap(({ parameterTypes }) => Object.values(parameterTypes)),
    ...propagators,
    ...texts,
    ...opaque,
    ...noreturn,
  ];
}

const written = [...new Set(ruleSet.models.flatMap(pathsOf))];
const topOf = (path: string) => /^\w+/.exec(path)?.[0] ?? path;
const isOf = (path: string, beginning: string) =>
  path.startsWith(beginning) && !/^\w/.test(path.slice(beginning.length));

describe("the names in the models", () => {
  const found = new Set(Object.values(index.found).flat());
  const unchecked = new Set(index.unchecked);

  it("are those of the libraries, or say in which version they are", () => {
    const wrong = written.filter((path) => {
      const isExplained = Object.keys(elsewhere).some((beginning) => isOf(path, beginning));
      return !found.has(path) && !unchecked.has(topOf(path)) && !isExplained;
    });
    expect(wrong).toEqual([]);
  });

  it("were looked up for most libraries", () => {
    expect(found.size).toBeGreaterThan(1500);
    const checked = written.filter((path) => !unchecked.has(topOf(path)));
    expect(checked.length).toBeGreaterThan(written.length * 0.7);
  });

  it("are no others than the index has", () => {
    const all = new Set(written);
    expect([...found].filter((path) => !all.has(path))).toEqual([]);
    const tops = new Set(written.map(topOf));
    expect(index.unchecked.filter((top) => !tops.has(top))).toEqual([]);
    const unused = Object.keys(elsewhere).filter((beginning) => !written.some((path) => isOf(path, beginning)));
    expect(unused).toEqual([]);
  });
});
