import { expect, test } from "vitest";
import type { Palette } from "../../src/report/palette.ts";
import type { Report } from "../../src/report/report.ts";
import { type TextOptions, toText } from "../../src/report/text.ts";
import { analysis, finding, placeIn, report, source } from "./fixtures.ts";

function textOf(change: Partial<Report> = {}, options: TextOptions = { sourceOf: () => source }): string {
  return toText(report(change), options);
}

test("a finding shows place, source, message, trace and fix", () => {
  expect(textOf()).toBe(`app/views.py:5:23: error: SQL built from request data [sql-injection]
  5 |     return db.execute(f"SELECT id FROM person WHERE name = '{name}'")
    |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  \`name\` comes from the query string and becomes part of the statement that \`db.execute\` runs.
  How the value gets here:
    1. app/views.py:4:12: \`name\` is read from the query string
    2. app/views.py:5:23: and becomes part of the statement
  Fix: Hand the value over separately
  @@ -5 +5 @@
  -    return db.execute(f"SELECT id FROM person WHERE name = '{name}'")
  +    return db.execute("SELECT id FROM person WHERE name = ?", (name,))

1 error in 1 file (5 lines)
`);
});

test("nothing found is one line", () => {
  expect(textOf({ analyses: [analysis({ findings: [] }), analysis({ path: "b.py", findings: [] })] })).toBe(
    "No findings in 2 files (10 lines)\n",
  );
});

test("the arrow stands under the place, behind tabs and wide signs too", () => {
  const line = `\tx = "日本" + call(a)`;
  const location = placeIn("a.py", line, "call(a)");
  const bare = { location, excerpt: line, trace: [], fix: undefined } as unknown as Partial<ReturnType<typeof finding>>;
  const [, shown = "", arrow = ""] = textOf({ analyses: [analysis({ findings: [finding(bare)] })] }).split("\n");
  const wideSigns = 2;
  expect(arrow.indexOf("^")).toBe(shown.indexOf("call(a)") + wideSigns);
  expect(arrow).toMatch(/\^{7}$/);
});

test("a long line is cut around the place", () => {
  const line = `${"x".repeat(5_000)}call(a)${"y".repeat(5_000)}`;
  const location = placeIn("a.py", line, "call(a)");
  const [, shown = "", arrow = ""] = textOf({
    analyses: [analysis({ findings: [finding({ location, excerpt: line })] })],
  }).split("\n");
  expect(shown.length).toBeLessThan(160);
  expect(shown.slice(arrow.indexOf("^"), arrow.indexOf("^") + 7)).toBe("call(a)");
});

test("the diff of a fix is cut around what changes where its line is very long", () => {
  const line = `${"x".repeat(5_000)}call(a)${"y".repeat(5_000)}`;
  const location = placeIn("a.py", line, "call(a)");
  const fix = { title: "Ask", applicability: "safe", edits: [{ span: location.span, text: "ask(a)" }] } as const;
  const analyses = [analysis({ findings: [finding({ location, excerpt: line, fix })] })];
  const drawn = textOf({ analyses }, { sourceOf: () => line }).split("\n");
  const [removed = "", added = ""] = ["  -", "  +"].map((sign) => drawn.find((one) => one.startsWith(sign)) ?? "");
  expect(removed).toMatch(/x{40}call\(a\)y/u);
  expect(added).toMatch(/x{40}ask\(a\)y/u);
  expect(Math.max(removed.length, added.length)).toBeLessThan(410);
});

test("no control character of names, code or messages reaches the terminal", () => {
  const hostile = "\u001b[31m\u202e\r\u0007\u009b";
  const path = `a${hostile}.py`;
  const { span } = finding().location;
  const trace = [
    { location: { path, span }, role: "source", note: hostile },
    { location: { path, span }, role: "sink", note: "" },
  ] as const;
  const hostileFinding = finding({ location: { path, span }, message: hostile, excerpt: hostile, trace });
  const text = textOf({
    analyses: [
      analysis({
        path,
        findings: [hostileFinding],
        notices: [{ kind: "rule-failed", path, ruleId: "r", error: hostile }],
      }),
    ],
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test("notices say what was not looked at, and the summary counts it", () => {
  const text = textOf({
    analyses: [
      analysis({
        findings: [],
        notices: [
          { kind: "unreadable", path: "old.py", reason: "unknown-encoding" },
          { kind: "limit", path: "data.json", limit: "size", measured: 612 * 1024, bound: 512 * 1024 },
        ],
      }),
    ],
  });
  expect(text).toBe(`data.json: notice: not analysed: 612 kB, limit 512 kB
old.py: could not verify: not analysed: it names an encoding that is not read here

No findings in 1 file (5 lines) · could not verify 1 file
`);
});

test("where no file is of a kind that is analysed, that is said in place of a clean bill", () => {
  expect(textOf({ analyses: [] })).toBe(
    "Nothing to look at: no Python, and no file of dependencies, settings or templates\n",
  );
});

test("colour is a second sign: without it the same words stand there", () => {
  const mark = (text: string) => `<${text}>`;
  const palette: Palette = {
    level: (_, text) => mark(text),
    place: mark,
    strong: mark,
    dim: mark,
    added: mark,
    removed: mark,
  };
  const coloured = textOf({}, { sourceOf: () => source, palette });
  expect(coloured).toContain("<app/views.py:5:23>: <error>: <SQL built from request data> <[sql-injection]>");
  const plain = textOf();
  expect(coloured.replaceAll(/[<>]/g, "")).toBe(plain);
});

test("messages are wrapped to the terminal", () => {
  const message = "word ".repeat(60);
  const lines = textOf({ analyses: [analysis({ findings: [finding({ message })] })] }, { width: 60 }).split("\n");
  expect(lines.filter((line) => line.startsWith("  word")).every((line) => line.length <= 60)).toBe(true);
});

test("many generated files are one line", () => {
  const generated = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      analysis({ path: `${at}_pb2.py`, findings: [], notices: [{ kind: "generated", path: `${at}_pb2.py` }] }),
    );
  const noticesIn = (text: string) =>
    text.split("\n").filter((line) => line.includes("notice: taken for the work of a tool"));
  expect(noticesIn(textOf({ analyses: generated(3) }))).toHaveLength(3);
  expect(noticesIn(textOf({ analyses: generated(42) }))).toEqual([
    expect.stringMatching(/^0_pb2\.py: .*; so are 41 more files$/),
  ]);
});
