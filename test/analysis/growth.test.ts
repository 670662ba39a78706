import { Session } from "node:inspector";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

/**
 * The work of an analysis is how often the engine entered a block of code, as its coverage counts it: the same on every machine.
 * What runs in native code, a search in a long text, is not in it.
 */
const session = new Session();
const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

beforeAll(() => {
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
});
afterAll(() => session.disconnect());

interface CoverageOfScripts {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** Since it was last asked. */
function enteredBlocks(): number {
  let entered = 0;
  session.post("Profiler.takePreciseCoverage", (error: Error | null, coverage: CoverageOfScripts) => {
    if (error !== null) throw error;
    const own = coverage.result.filter(({ url }) => url.includes("/src/"));
    const ranges = own.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
    entered = ranges.reduce((sum, { count }) => sum + count, 0);
  });
  return entered;
}

function workOf(base: string | undefined, head: string): number {
  const path = "shop/views.py";
  const change = {
    ...(base !== undefined && { base: { path, text: base } }),
    head: { path, text: head },
    hunks: diffTexts(base ?? "", head),
  };
  enteredBlocks();
  analyse({ kind: "change", change, options: { profile: "audit", levels: {}, today: "2026-01-01" } });
  return enteredBlocks();
}

/** A part of a file by its number; `isAfter` as the change leaves it. */
type Write = (index: number, isAfter: boolean) => string;

const FLASK =
  "from flask import Flask, request, abort\nfrom flask_login import login_required, current_user\n\napp = Flask(__name__)\n\n\n";

const SERIES: Readonly<Record<string, { readonly head?: string; readonly write: Write }>> = {
  functions: { write: (index, isAfter) => `def f${index}(a):\n    return a + ${isAfter ? index + 1 : index}\n\n\n` },
  "functions of one name": {
    write: (index, isAfter) => `def f(a):\n    check(a)\n    return a + ${isAfter ? index + 1 : index}\n\n\n`,
  },
  "functions that get another name": {
    write: (index, isAfter) =>
      `def ${isAfter ? "g" : "f"}${index}(a):\n    b = read(a)\n    log(b, ${index})\n    return b\n\n\n`,
  },
  "functions that refuse": {
    write: (index, isAfter) =>
      `def f${index}(a):\n    if a ${isAfter ? "<" : "<="} ${index}:\n        raise ValueError(a)\n    return a\n\n\n`,
  },
  classes: { write: (index, isAfter) => `class C${index}:\n    size = ${isAfter ? index + 1 : index}\n\n\n` },
  "routes that lose a check": {
    head: FLASK,
    write: (index, isAfter) =>
      `@app.route("/${index}")\n${isAfter ? "" : "@login_required\n"}def v${index}():\n    return rows(request.args["n"])\n\n\n`,
  },
  "routes of one name": {
    head: FLASK,
    write: (index, isAfter) =>
      `@app.route("/${index}")\n${isAfter ? "" : "@login_required\n"}def view():\n    return rows(request.args["n"])\n\n\n`,
  },
  "owners that are asked for no more": {
    head: FLASK,
    write: (index, isAfter) =>
      `@app.route("/${index}/<id>")\ndef v${index}(id):\n    order = Order.query.get(id)\n${isAfter ? "" : "    if order.owner != current_user.id:\n        abort(403)\n"}    return order.total\n\n\n`,
  },
  "views of an interface": {
    head: "from rest_framework import permissions, viewsets\n\n\n",
    write: (index, isAfter) =>
      `class V${index}(viewsets.ModelViewSet):\n${isAfter ? "" : "    permission_classes = [permissions.IsAuthenticated]\n"}    queryset = A.objects.all()\n    throttle_classes = [Slow]\n\n\n`,
  },
  forms: {
    head: "from pydantic import BaseModel, Field, validator\n\n\n",
    write: (index, isAfter) =>
      `class F${index}(BaseModel):\n    a: int = Field(gt=0${isAfter ? "" : ", lt=10"})\n${isAfter ? "" : '\n    @validator("a")\n    def fit(cls, a):\n        if a > 3:\n            raise ValueError(a)\n        return a\n'}\n\n`,
  },
  "passwords that are written down": {
    write: (index, isAfter) => `PASSWORD_${index} = "hunter${index}${isAfter ? "Q" : "X"}yz"\n`,
  },
  "branches of one chain": {
    head: "def f(a):\n    if a == 0:\n        b = 0\n",
    write: (index, isAfter) => `    elif a == ${index + 1}:\n        b = ${isAfter ? index + 1 : index}\n`,
  },
  "modules whose names are all imported": {
    write: (index, isAfter) => `from m${index} import *\nf${index}(${isAfter ? 1 : 2})\n`,
  },
  "texts that are added up": {
    head: 'text = "a"\\\n',
    write: (index, isAfter) => `    + "b${isAfter ? index + 1 : index}"\\\n`,
  },
  "calls that lose an argument": {
    head: "import requests\n\n\n",
    write: (index, isAfter) => `requests.get("https://shop.example/"${isAfter ? "" : ", timeout=3"})\nwork(${index})\n`,
  },
  "comments that silence": {
    write: (index, isAfter) =>
      `eval(code_${isAfter ? index + 1 : index})  # safepath: ignore[eval-exec-dynamic] -- written by ourselves\n`,
  },
  "statements with values in them": {
    head: 'import sqlite3\nfrom flask import request\n\ndb = sqlite3.connect("x")\n',
    write: (index, isAfter) =>
      `db.execute("SELECT a FROM ${isAfter ? "t" : "u"} WHERE b = %s AND c = ${index}" % request.args["b"])\n`,
  },
};

const SIZES = [40, 80, 160] as const;
/**
 * Where the size doubles, what is added at most doubles, too, where it would be four times as much if all were looked through for each; the
 * rest is for what is looked up in logarithmic time, and for names that any of the modules imported by `*` may have.
 */
const MOST = 2.5;

function growthOf(work: (size: number) => number): number {
  work(20);
  const [small, middle, large] = SIZES.map(work) as [number, number, number];
  return (large - middle) / (middle - small);
}

for (const [name, { head = "", write }] of Object.entries(SERIES)) {
  const text = (size: number, isAfter: boolean) =>
    head + Array.from({ length: size }, (_, index) => write(index, isAfter)).join("");

  test(`work grows no faster than a change: ${name}`, () => {
    expect(growthOf((size) => workOf(text(size, false), text(size, true)))).toBeLessThan(MOST);
  });

  test(`work grows no faster than a new file: ${name}`, () => {
    expect(growthOf((size) => workOf(undefined, text(size, false)))).toBeLessThan(MOST);
  });
}

test("a text that gets twice as long with each line is followed no further than its limit", () => {
  const text = `text = "aa"\n${'text = text.replace("a", "aa")\n'.repeat(80)}eval(text)\n`;
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  expect(analyse({ kind: "file", file: { path: "shop/views.py", text }, options }).notices).toEqual([]);
});

test("a union of thousands of types is no reason to end an analysis", () => {
  const types = Array.from({ length: 5_000 }, (_, index) => `T${index}`).join(" | ");
  expect(workOf(undefined, `def f(a: ${types}):\n    return a.run()\n`)).toBeGreaterThan(0);
});
