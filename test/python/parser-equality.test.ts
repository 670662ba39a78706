import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Kind, kindName } from "../../src/python/kinds.ts";
import { createNativeParser } from "../../src/python/native-parser.ts";
import type { PythonParser, SyntaxArrays } from "../../src/python/syntax-arrays.ts";
import { createWasmParser } from "../../src/python/wasm-parser.ts";

const native = createNativeParser();
const wasm = await createWasmParser();
const parsers = native === undefined ? [wasm] : [native, wasm];

const odd: Readonly<Record<string, string>> = {
  empty: "",
  "a blank line": "\n",
  "a byte order mark": "\uFEFFimport os\nos.system(x)\n",
  "CRLF line ends": "def f(x):\r\n    return [\r\n        x,\r\n    ]\r\n",
  "lone carriage returns": "x = 1\ry = 2\rif x:\r    y = 3\r",
  "mixed line ends": "x = 1\r\ny = 2\rz = 3\n",
  "a form feed": "x = 1\n\f\ndef f():\n    pass\n",
  "astral characters": 'x = "🐍" + f"{𝒶}🐍"; y = 1  # 🐍\n',
  "an astral character across two chunks": `x = "${"a".repeat(16_378)}🐍${"b".repeat(16_383)}🐍"\n`,
  "half a surrogate pair": 'x = "\uD83D" + y\n',
  "a NUL": "x = 1\0\ny = 2\n",
  "no line end at the end": "x = f(1)",
  tabs: "if x:\n\ty = 1\n        z = 2\n",
  continuations: "x = 1 + \\\n  2\nassert x, \\\r\n  y\n",
  comments: "# a\nx = (  # b\n  1,\n  # c\n)  # d\nf(a,  # e\n  # g\n  b=1)\n",
  "operators of two words": "a not in b is not c\na not    in b\na is \\\n not b\n",
  "keywords as names": "match = type = print = exec = 1\nmatch(type)\nprint(match.case, exec)\n_ = async_ = 1\n",
  "Python 2": 'print "x", y\nexec "code" in scope\nraise E, "m"\nprint >>f, x\n',
  "every statement":
    "from __future__ import annotations\nfrom . import a as b, c\nfrom .x import *\nimport d.e as f\n" +
    "@g\n@h(1)\nasync def i(j, /, k: int = 1, *l, m, **n) -> o:\n    async with p() as q, r:\n        yield await s\n" +
    "    async for t in u: continue\n    else: break\n    global v; nonlocal w\n    del x, y[0]\n    return lambda *z: z\n" +
    "class A[T: int](B, metaclass=C):\n    x: int = 1\n    def f(self): ...\n" +
    "try:\n    raise E from e\nexcept (X, Y) as z:\n    pass\nelse:\n    pass\nfinally:\n    pass\n" +
    "try:\n    pass\nexcept* X:\n    pass\n" +
    "match x:\n    case {'a': 1, **rest} if y: pass\n    case A(b, c=2) | [1, *_] as d: pass\n    case -1 | 'x' | None | _: pass\n" +
    "type P[**Q] = int\nwhile (n := 1) and not True: assert n, 'm'\n" +
    "with (open(a) as b, c): pass\nx = [a for b in c if d for e in f] + {**g} + {*h} + {i: j for i in k}\n" +
    "x **= ~y // z @ w <= u != v\nx = a[1:2:3, ..., b] if c else (yield)\n" +
    "s = rb'\\x' u'\\n' '''a\n\"b\"''' f'{x!r:>{w}.2f} {{}} {y=}' f'''{\n  z\n}'''\n",
  "a broken signature": "def f(:\n    pass\nclass A:\n    x = 1\n",
  "a missing bracket": "x = f(1, (2\ny = 3\n",
  "a missing name": "import \nfrom x import\nx.\ny = \n",
  "a missing colon": "if x\n    y = 1\nelse\n    z = 2\n",
  "an unterminated string": 'x = \'abc\ny = """def\nz = 1\n',
  "a broken f-string": 'x = f"{y" + f"}" + f"{!r}"\n',
  "a conflict marker": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n",
  "no Python at all": "<html>\n  <body onload='x()'>{{ y }}</body>\n</html>\n",
};

function arraysOf(parser: PythonParser, text: string): SyntaxArrays {
  const parsed = parser.parse(text);
  if ("reason" in parsed) throw new Error(`refused: ${parsed.reason}`);
  return parsed;
}

/** What must hold of any arrays: children lie inside their parents, in order, and `next` skips exactly a subtree. */
function inconsistencies({ text, count, start, end, parent, next, kind }: SyntaxArrays): string[] {
  const found: string[] = [];
  const report = (node: number, what: string) => found.push(`${node} (${kindName(kind[node])}): ${what}`);
  for (let node = 0; node < count; node++) {
    if (start[node] > end[node] || end[node] > text.length) report(node, "span");
    if (next[node] <= node || next[node] > count) report(node, "next");
    if (kindName(kind[node]).startsWith("kind ")) report(node, "unknown kind");
    if (node === 0) continue;
    const above = parent[node];
    if (above >= node || next[node] > next[above]) report(node, "parent");
    if (start[node] < start[above] || end[node] > end[above]) report(node, "outside its parent");
    if (next[node] < next[above] && end[node] > start[next[node]]) report(node, "overlaps its sibling");
  }
  return found;
}

test.each(Object.entries(odd))("both parsers fill equal and sound arrays: %s", (_, text) => {
  const [first, ...others] = parsers.map((parser) => arraysOf(parser, text));
  for (const other of others) expect(other).toEqual(first);
  expect(inconsistencies(first)).toEqual([]);
  expect(first.text.length).toBe(text.length);
  expect(first.lineStarts.length).toBe(text.split(/\r\n|\r|\n/).length);
});

test("errors are the ERROR and the missing nodes; whole code has none", () => {
  for (const parser of parsers) {
    expect(arraysOf(parser, odd["every statement"]).errors).toEqual([]);
    const broken = arraysOf(parser, odd["a broken signature"]);
    expect(broken.errors.length).toBeGreaterThan(0);
    const missing = arraysOf(parser, "def f(a=[1):\n    pass\n");
    expect(missing.errors.map((node) => [missing.kind[node], missing.start[node], missing.end[node]])).toEqual([
      [Kind.token_close_bracket, 10, 10],
    ]);
  }
});

/** A sample of the standard library, where Python is installed: every n-th file, the same in each run. */
const SAMPLE = 60;
const library = globSync("/usr/lib/python3*/**/*.py").sort();
const step = Math.max(1, Math.floor(library.length / SAMPLE));
const sample = library.filter((_, at) => at % step === 0).slice(0, SAMPLE);

test.skipIf(native === undefined || sample.length === 0)("both parsers fill equal arrays from real files", () => {
  for (const path of sample) {
    const text = readFileSync(path, "utf8");
    const [first, second] = parsers.map((parser) => parser.parse(text));
    if ("reason" in first) {
      expect(second, path).toEqual(first);
      continue;
    }
    expect(inconsistencies(first), path).toEqual([]);
    expect(second, path).toEqual(first);
  }
});
