import { describe, expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { analyseModule } from "../../src/taint/analyse-module.ts";
import { compileModels } from "../../src/taint/models/model-index.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";

const parser = await chooseParser();
const models = compileModels({ labels: [], kinds: {}, shared: {}, does: {} }, []);

const TEXT = `
first = 0
class Outer:
    second = 0
    class Inner:
        third = 0
        def method(self):
            fourth = 0
        fifth = 0
    sixth = 0
def function():
    def nested():
        seventh = 0
    eighth = 0
ninth = 0
`;

describe("the scope of a node", () => {
  test("is that of the innermost definition around it, also behind one that has ended", () => {
    const syntax = parser.parse(TEXT);
    if ("reason" in syntax) throw new Error(syntax.reason);
    const { facts } = analyseModule({ path: "a.py", syntax, models, project: NO_PROJECT });
    const scopes = facts.assignments.map(({ name, node }) => [name, facts.scopeOf(node)]);
    expect(scopes).toEqual([
      ["first", ""],
      ["second", "Outer"],
      ["third", "Outer.Inner"],
      ["fourth", "Outer.Inner.method"],
      ["fifth", "Outer.Inner"],
      ["sixth", "Outer"],
      ["seventh", "function.nested"],
      ["eighth", "function"],
      ["ninth", ""],
    ]);
  });

  test("of a definition is the one around it", () => {
    const syntax = parser.parse(TEXT);
    if ("reason" in syntax) throw new Error(syntax.reason);
    const { facts } = analyseModule({ path: "a.py", syntax, models, project: NO_PROJECT });
    const around = facts.definitions.map(({ qualifiedName, node }) => [qualifiedName, facts.scopeOf(node)]);
    expect(around).toContainEqual(["Outer", ""]);
    expect(around).toContainEqual(["Outer.Inner", "Outer"]);
    expect(around).toContainEqual(["function.nested", "function"]);
  });
});
