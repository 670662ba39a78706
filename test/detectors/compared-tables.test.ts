import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { compileCatalogue } from "../../src/analysis/catalogue.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { indexFacts } from "../../src/rules/indexed-facts.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { analyseModule } from "../../src/taint/analyse-module.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";

const catalogue = compileCatalogue(loadRuleSet(readRuleFiles()), DETECTORS);
const parser = await chooseParser();

function namesFound(text: string): readonly string[] {
  const syntax = parser.parse(text);
  if ("reason" in syntax) return [];
  const { facts } = analyseModule({ path: "app.py", syntax, models: catalogue.models, project: NO_PROJECT });
  const rule = catalogue.modules.find(({ rule }) => rule.id === "password-hardcoded");
  return [...(rule?.matcher(indexFacts(facts, () => undefined)) ?? [])].map(({ fields }) => fields.name ?? "");
}

const TABLE = `ACCOUNTS = {"ann": "kd83-Lq0", "bob": "Vz71-mmT"}\n`;
const comparedWith = (name: string) => `if ACCOUNTS[user] == ${name}:\n    enter()\n`;

test("an entry of a table is looked at once, however often the table is compared with a secret", () => {
  expect(namesFound(TABLE + comparedWith("password"))).toEqual(["password", "password"]);
  expect(namesFound(TABLE + comparedWith("password").repeat(50))).toEqual(["password", "password"]);
});

test("and the secret is found behind whatever else the table is compared with", () => {
  expect(namesFound(TABLE + comparedWith("colour") + comparedWith("password"))).toEqual(["password", "password"]);
  expect(namesFound(TABLE + comparedWith("colour"))).toEqual([]);
});
