import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: new Map(),
});
const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;

/** Analyses the first file; the others are modules that it may import. */
function analyseFirst(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const [file = { path: "", text: "" }] = files;
  return analyse({ kind: "file", file, options, project: { kind: "given", files } });
}

test("what a name of a module is given is no reason to read the modules that it needs, until the name is used", () => {
  const modules = {
    "store.py": "from tables import make\n\nNAME = 'store'\nTABLES = make(['item', 'order'], 'shop', {'depth': 2})\n",
    "tables.py": "def make(*parts):\n    return parts\n",
  };
  const { read } = analyseFirst({ "main.py": "from store import NAME\n\nprint(NAME)\n", ...modules });
  const { read: more } = analyseFirst({ "main.py": "from store import TABLES\n\nprint(TABLES)\n", ...modules });
  expect([read, more]).toEqual([["store.py"], ["store.py", "tables.py"]]);
});

test("so is a container that a name of a class is given", () => {
  const modules = {
    "store.py":
      "from tables import make\n\nclass Store:\n    name = 'store'\n    tables = {'item': make(1), 'order': make(2)}\n",
    "tables.py": "def make(*parts):\n    return parts\n",
  };
  const { read } = analyseFirst({ "main.py": "from store import Store\n\nprint(Store.name)\n", ...modules });
  const { read: more } = analyseFirst({ "main.py": "from store import Store\n\nprint(Store.tables)\n", ...modules });
  expect([read, more]).toEqual([["store.py"], ["store.py", "tables.py"]]);
});

/** `one` calls `two` and so on; the last reads the request, or runs what it is given. */
function nested(last: string): string {
  const names = ["one", "two", "three", "four"];
  const functions = names.map((name, at) => {
    const next = names[at + 1];
    return `def ${name}(value):\n    return ${next === undefined ? last : `${next}(value)`}\n`;
  });
  return `import os\nfrom flask import request\n\n${functions.join("\n")}`;
}

function rulesOf(main: string, chain: string): readonly string[] {
  const given = { "main.py": main, "chain.py": chain };
  const { findings, elsewhere = [] } = analyseFirst(given);
  return [...findings, ...elsewhere.map(({ finding }) => finding)].map(({ ruleId }) => ruleId);
}

test("what comes from outside is followed deep into a module, what a module reads itself is not looked for as deep", () => {
  const run =
    "import os\nfrom flask import Flask, request\nimport chain\napp = Flask(__name__)\n@app.route('/')\ndef run():\n";
  const deep = rulesOf(`${run}    chain.one(request.args['name'])\n    return ''\n`, nested("os.system(value)"));
  const near = rulesOf(`${run}    os.system(chain.two(1))\n    return ''\n`, nested("request.args['name']"));
  const far = rulesOf(`${run}    os.system(chain.one(1))\n    return ''\n`, nested("request.args['name']"));
  expect([deep, near, far].map((ids) => ids.includes("command-injection"))).toEqual([true, true, false]);
});
