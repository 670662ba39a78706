/** Pastes made to be a burden, each as large as is taken. */
const SIZE = 60_000;

export const HOSTILE_PASTES: Readonly<Record<string, string>> = {
  "open brackets": "(".repeat(SIZE),
  "nested brackets": `x = ${"[".repeat(SIZE / 2)}${"]".repeat(SIZE / 2)}`,
  continuations: "x = \\\n".repeat(SIZE / 6),
  "deep blocks": Array.from({ length: 340 }, (_, depth) => `${" ".repeat(depth)}if x:`).join("\n"),
  "one long sum": `x = ${"a + ".repeat(SIZE / 4)}a`,
  "branch after branch": "if input():\n    x = input()\n".repeat(SIZE / 28),
  "a string without an end": `x = """${"\\".repeat(SIZE)}`,
  "calls of calls": `${"f(".repeat(SIZE / 3)}${")".repeat(SIZE / 3)}`,
  "decorators in a row": `${"@f\n".repeat(SIZE / 3)}def g(): pass\n`,
  "format fields": `x = f"${"{x!r:{y}}".repeat(SIZE / 9)}"`,
  "signs of no width": "\u200b\u202e\ufeff".repeat(SIZE / 9),
  "nothing but line ends": "\n".repeat(SIZE),
  "a diff of lone lines": `--- a/x.py\n+++ b/x.py\n${Array.from({ length: 1_500 }, (_, at) => `@@ -${at * 60 + 1} +${at * 60 + 1} @@\n-a\n+b\n`).join("")}`,
  "a diff of many files": Array.from(
    { length: 700 },
    (_, at) => `diff --git a/${at}.py b/${at}.py\n--- a/${at}.py\n+++ b/${at}.py\n@@ -1 +1 @@\n-a\n+b\n`,
  ).join(""),
};
