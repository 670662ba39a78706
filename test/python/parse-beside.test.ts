import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNativeParser } from "../../src/python/native-parser.ts";
import { parseBeside } from "../../src/python/parse-beside.ts";
import type { ParseRefusal, PythonParser, SyntaxArrays } from "../../src/python/syntax-arrays.ts";
import { createWasmParser } from "../../src/python/wasm-parser.ts";

const native = createNativeParser();
const wasm = await createWasmParser();
const parsers = native === undefined ? [wasm] : [native, wasm];

function arraysOf(parser: PythonParser, text: string): SyntaxArrays {
  const parsed = parser.parse(text);
  if ("reason" in parsed) throw new Error(`refused: ${parsed.reason}`);
  return parsed;
}

const MODULE = `import os

# routes
@app.route("/a")
def a(name):
    return os.path.join(name)
    # the end of a


class B(Base):
    def b(self, name):
        return [name, self.c]

if DEBUG:
    x = """
text
"""
else:
    x = f"{DEBUG!r:>{width}}"
# the end
`;

const changes: readonly (readonly [string, (text: string) => string])[] = [
  ["a line of a function", (text) => text.replace("join(name)", "join(name, other)")],
  ["a decorator gone", (text) => text.replace('@app.route("/a")\n', "")],
  ["a function gone", (text) => text.replace(/def a[\s\S]*the end of a\n/, "")],
  ["a function put in", (text) => text.replace("class B", "def c():\n    pass\n\nclass B")],
  ["another name first", (text) => text.replace("import os", "import name, os")],
  ["something behind the end", (text) => `${text}y = x`],
  ["all but the first statement gone", (text) => text.slice(0, "import os\n".length)],
  ["an indented comment before a statement", (text) => text.replace("class B", "    # of a\nclass B")],
  ["an indented comment behind one at the left", (text) => text.replace("class B", "# c\n    # d\nclass B")],
  ["a line that goes on with the function before", (text) => text.replace("class B", "    y = name\nclass B")],
  ["another branch", (text) => text.replace("# the end\n", "").replace("else:", "elif y:\n    pass\nelse:")],
  ["a branch without its beginning", (text) => text.replace("if DEBUG:", "x = 1\nwhile x:")],
  ["a line that goes on below", (text) => text.replace("import os\n", "import os, \\\n")],
  ["a backslash before a statement", (text) => text.replace("if DEBUG", "y = 1 \\\nif DEBUG")],
  ["an open bracket", (text) => text.replace("import os", "import os\nf(")],
  ["an open text", (text) => text.replace("import os", 'import os\n"""')],
  ["a text that closes earlier", (text) => text.replace("\ntext\n", '\n"""\ntext\n"""')],
  ["a statement behind a semicolon", (text) => text.replace("import os", "import os; import re")],
  ["line ends of Windows", (text) => text.replaceAll("\n", "\r\n")],
  ["a byte order mark", (text) => `\uFEFF${text}`],
  ["a form feed", (text) => text.replace("class B", "\fclass B")],
  ["a NUL in a comment", (text) => text.replace("# routes", "# rou\0tes\n    # more")],
  ["nothing", (text) => text],
  ["everything", () => ""],
];

describe.each(parsers.map((parser) => [parser.name, parser] as const))("with the %s parser", (_, parser) => {
  test.each(changes)("a version beside another one is as if parsed alone: %s", (_, change) => {
    for (const [one, other] of [
      [MODULE, change(MODULE)],
      [change(MODULE), MODULE],
    ] as const)
      expect(parseBeside(parser, other, arraysOf(parser, one))).toEqual(parser.parse(other));
  });
});

test("what did not change is not parsed again", () => {
  const [parser] = parsers;
  const texts: string[] = [];
  const heard: PythonParser = {
    name: parser.name,
    parse: (text) => {
      texts.push(text);
      return parser.parse(text);
    },
  };
  parseBeside(heard, MODULE.replace("self.c", "self.d"), arraysOf(parser, MODULE));
  expect(texts).toEqual(["class B(Base):\n    def b(self, name):\n        return [name, self.d]\n\n"]);
});

/** Lines and pieces that change where a statement begins, ends or belongs. */
const PIECES = [
  ...["", "\n", "x = 1\n", "    y = 2\n", "        return z\n", "# c\n", "    # d\n", "@e\n", "def f():\n    pass\n"],
  ...[
    "class G:\n",
    "if h:\n    i\n",
    "else:\n    j\n",
    "elif k:\n    l\n",
    "except M:\n    n\n",
    "match o:\n    case 1: p\n",
  ],
  ...[
    "case (q)\n",
    "print >>r, s\n",
    '"""',
    "'",
    "(",
    ")",
    "[",
    "}",
    "\\\n",
    "\\",
    ";",
    ":",
    "\r\n",
    "\r",
    "\f",
    "\t",
    " ",
    "\0",
  ],
  ...["    ", 'f"{', "async ", "lambda: ", "from __future__ import t\n", "é", "🐍", "\uFEFF"],
];

const code = globSync("test/flows/**/*.py").toSorted();

/** A comparison of what is long is slow: it is made where there is something to show. */
function isSame(one: SyntaxArrays | ParseRefusal, other: SyntaxArrays | ParseRefusal): boolean {
  if ("reason" in one || "reason" in other) return "reason" in one && "reason" in other && one.reason === other.reason;
  const numbers = (of: SyntaxArrays) =>
    [of.kind, of.field, of.start, of.end, of.parent, of.next, of.name, of.lineStarts, of.errors].map((list) =>
      list.join(),
    );
  const all = (of: SyntaxArrays) => [of.text, of.count, of.hasError, of.names.join(), ...numbers(of)].join("\0");
  return all(one) === all(other);
}

test("any edit of any code gives the syntax that it has alone", () => {
  const [parser] = parsers;
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    isOfLine: fc.boolean(),
    removed: fc.nat({ max: 60 }),
    piece: fc.constantFrom(...PIECES),
  });
  const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...code), edits, (path, edits) => {
      const text = readFileSync(path, "utf8");
      let other = text;
      for (const { at, isOfLine, removed, piece } of edits) {
        const place = Math.floor(at * other.length);
        const from = isOfLine ? other.lastIndexOf("\n", place) + 1 : place;
        other = other.slice(0, from) + piece + other.slice(from + (piece === "" || !isOfLine ? removed : 0));
      }
      const found = parseBeside(parser, other, arraysOf(parser, text));
      const alone = parser.parse(other);
      if (!isSame(found, alone)) expect(found).toEqual(alone);
    }),
    { numRuns: 100, seed: 271127, endOnFailure: true },
  );
});
