import { describe, expect, test } from "vitest";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { analyseModule } from "../../src/taint/analyse-module.ts";
import type { ModuleFacts } from "../../src/taint/facts.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";
import { flowsOf, models } from "./flows-of.ts";

const parser = await chooseParser();

function factsOf(code: string): ModuleFacts {
  const syntax = parser.parse(code);
  if ("reason" in syntax) throw new Error(syntax.reason);
  return analyseModule({ path: "app.py", syntax, models, project: NO_PROJECT }).facts;
}

/** `flag0 = name in ALLOWED`, and then each asks twice for the one before it. */
const DOUBLING = Array.from({ length: 60 }, (_, index) => `    flag${index + 1} = flag${index} and flag${index}`);

/** `a or b` that holds says its left side both ways, and so do the `and` and the `or` in there. */
const NESTED = Array.from({ length: 60 }).reduce<string>(
  (inner, _, index) => `(${inner}) ${index % 2 === 0 ? "or" : "and"} name.f${index}()`,
  "name.f()",
);

describe("what a condition assumes costs steps of the budget", () => {
  test.each([
    ["names that ask twice for each other", `${DOUBLING.join("\n")}\n    if flag60:\n        print(name)`],
    ["alternatives inside alternatives", `    if ${NESTED}:\n        print(name)`],
  ])("%s end by it", (_, body) => {
    const { spent } = factsOf(
      `from flask import request\n\ndef view(name):\n    flag0 = name in request.args\n${body}\n`,
    );
    expect(spent.map(({ budget }) => budget)).toEqual(["steps"]);
  });

  test("a name that asks for itself ends without it", () => {
    const code = [
      "def view(name, other):",
      "    ok = name in ('a', 'b')",
      "    ok = ok and other",
      "    while name:",
      "        errors = errors or other",
      "        if not errors and not other:",
      "            errors.append(name)",
      "    if ok and not errors:",
      "        print(name)",
    ];
    expect(factsOf(code.join("\n")).spent).toEqual([]);
  });

  test("two flags that each stand for the other on another way are no match of each other", () => {
    const code = [
      "import os",
      "from flask import request",
      "def view():",
      "    name = request.args['name']",
      "    if request.args.get('first'): a = True",
      "    else: a = False",
      "    if request.args.get('second'): b = True",
      "    else: b = False",
      "    if request.args.get('third'):",
      "        a = False",
      "        if b: a = True",
      "    else:",
      "        b = False",
      "        if a: b = True",
      "    if a is not None:",
      "        os.system(name)",
    ];
    expect(flowsOf(code.join("\n"))).toContain("16 remote to command from 4");
  });
});
