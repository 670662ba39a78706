import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/analysis/finding.ts";
import type { ReviewedFile } from "../../src/review/review-plan.ts";
import { suggest, suggestionBlock } from "../../src/review/suggestion.ts";
import { edit, file, finding, locate, newFile } from "./build.ts";

const code = "import yaml\n\n\ndef read(text):\n\treturn yaml.load(text)\n\n\nprint(read('a: 1'))\n";

function withFix(text: string, changes: readonly (readonly [string, string])[], at = "yaml.load(text)"): Finding {
  const edits = changes.map(([before, after]) => edit(text, before, after));
  return finding({ location: locate("a.py", text, at), fix: { title: "Load safely", applicability: "safe", edits } });
}

function suggested(entry: Finding, reviewed: ReviewedFile, others: readonly Finding[] = []) {
  const result = suggest(entry, reviewed, [entry, ...others]);
  return result && [result.lines.first, result.lines.count, result.text];
}

describe("a fix is suggested as", () => {
  test("its whole lines, indentation and all", () => {
    const entry = withFix(code, [["yaml.load", "yaml.safe_load"]]);
    expect(suggested(entry, newFile("a.py", code))).toEqual([5, 1, "\treturn yaml.safe_load(text)"]);
  });

  test("one block for several edits, with the lines between them", () => {
    const entry = withFix(code, [
      ["yaml.load", "yaml.safe_load"],
      ["text):", "text: str):"],
    ]);
    expect(suggested(entry, newFile("a.py", code))).toEqual([
      4,
      2,
      "def read(text: str):\n\treturn yaml.safe_load(text)",
    ]);
  });

  test("nothing where lines go: an empty block removes them", () => {
    const entry = withFix(code, [["\treturn yaml.load(text)\n", ""]]);
    const result = suggest(entry, newFile("a.py", code), []);
    expect(result).toMatchObject({ lines: { first: 5, count: 1 }, text: "" });
    expect(result && suggestionBlock(result)).toBe("```suggestion\n```");
  });

  test("lines that end as the file's do", () => {
    const windows = code.replaceAll("\n", "\r\n");
    const entry = withFix(windows, [["yaml.load(text)", "yaml.safe_load(\n\t\ttext\n\t)"]]);
    expect(suggested(entry, newFile("a.py", windows))).toEqual([5, 1, "\treturn yaml.safe_load(\r\n\t\ttext\r\n\t)"]);
  });

  test("a block that backticks in the code do not close", () => {
    const text = 'x = eval("```")\n';
    const entry = withFix(text, [["eval", "literal_eval"]], "eval");
    const result = suggest(entry, newFile("a.py", text), []);
    expect(result && suggestionBlock(result)).toBe('````suggestion\nx = literal_eval("```")\n````');
  });
});

describe("a fix is not suggested", () => {
  const entry = withFix(code, [["yaml.load", "yaml.safe_load"]]);

  test("where its lines are not all in one hunk", () => {
    const far = withFix(code, [
      ["yaml.load", "yaml.safe_load"],
      ["import yaml", "import yaml, os"],
    ]);
    expect(suggested(far, file("a.py", code, [5]))).toBeUndefined();
  });

  test("where the change removed a line among them", () => {
    const two = withFix(code, [
      ["yaml.load", "yaml.safe_load"],
      ["text):", "text: str):"],
    ]);
    expect(suggested(two, file("a.py", code, [5], [5]))).toBeUndefined();
  });

  test("where another finding is on its lines", () => {
    const other = finding({ ruleId: "weak-hash", location: locate("a.py", code, "text)\n\n") });
    expect(suggested(entry, newFile("a.py", code), [other])).toBeUndefined();
  });

  test("where its lines end in different ways", () => {
    const mixed = "a = 1\r\nb = eval(\n  x)\r\n";
    const both = withFix(mixed, [["eval(\n  x)", "x"]], "eval");
    expect(suggested(both, newFile("a.py", mixed))).toBeUndefined();
  });

  test("where a reader would not see all of it", () => {
    const hidden = "ok = eval(x)  # \u202egnihton\n";
    const entryWithControl = withFix(hidden, [["eval(x)", "x"]], "eval(x)");
    expect(suggested(entryWithControl, newFile("a.py", hidden))).toBeUndefined();
  });

  test("where its edits lie elsewhere than the finding", () => {
    const elsewhere = withFix(code, [["import yaml", "import json"]]);
    expect(suggested(elsewhere, newFile("a.py", code))).toBeUndefined();
  });
});
