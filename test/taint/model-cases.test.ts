import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Model } from "../../src/taint/models/model.ts";
import { endsOf, models, ruleSet } from "./flows-of.ts";

const FOLDER = new URL("../flows/", import.meta.url);
const cases = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(new URL(name, FOLDER), "utf8"));
const examples = ruleSet.rules.flatMap(({ bad }) => bad.map(({ code }) => code));

/** Where flows begin or end that a model has a part in. */
function pathsOf({ sources, sinks, entries }: Model): readonly string[] {
  return [...sources, ...sinks]
    .flatMap(({ at }) => at)
    .concat(entries.flatMap(({ decorators, registrations }) => [...decorators, ...registrations]))
    .map((path) => models.canonical(path));
}

it("every model of sources and sinks has a flow that begins or ends in it", () => {
  const seen = new Set([...cases, ...examples].flatMap((code) => endsOf(code)));
  const untried = ruleSet.models
    .filter((model) => pathsOf(model).length > 0 && !pathsOf(model).some((path) => seen.has(path)))
    .map((model) => model.package);
  expect(untried).toEqual([]);
});
