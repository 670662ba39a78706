import { describe, expect, test } from "vitest";
import { anchorOf } from "../../src/review/anchor.ts";
import { file, filesByPath, finding, lines } from "./build.ts";

const text = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`).join("\n");
/** Hunks of lines 7–13 and 37–43. */
const files = filesByPath(file("a.py", text, [10, 40]));

function place(first: number, last = first, anchor?: number) {
  const location = lines("a.py", first, last);
  const found = anchorOf(finding({ location, ...(anchor ? { anchor: lines("a.py", anchor) } : {}) }), files);
  return found.kind === "lines" ? [found.lines.first, found.lines.count] : found.kind;
}

describe("a comment is placed", () => {
  test("on the finding's own lines where they lie in one hunk", () => {
    expect(place(10)).toEqual([10, 1]);
    expect(place(9, 11)).toEqual([9, 3]);
  });

  test("on the part of a long expression that lies in the hunk", () => {
    expect(place(12, 20)).toEqual([12, 2]);
    expect(place(1, 8)).toEqual([7, 2]);
  });

  test("on a single line where the finding spans more lines than a comment should hide", () => {
    const added = Array.from({ length: 60 }, (_, index) => index + 1);
    const all = filesByPath(file("a.py", text, added));
    const found = anchorOf(finding({ location: lines("a.py", 5, 40) }), all);
    expect(found).toEqual({ kind: "lines", path: "a.py", lines: { first: 5, count: 1 } });
  });

  test("on the nearest changed line where its own are outside every hunk", () => {
    expect(place(16)).toEqual([10, 1]);
    expect(place(33)).toEqual([40, 1]);
  });

  test("on the changed line of its flow, where the analysis names one", () => {
    expect(place(25, 25, 40)).toEqual([40, 1]);
  });

  test("on the whole file where nothing near it was changed", () => {
    expect(place(25)).toBe("file");
  });

  test("nowhere in a file that is not part of the change", () => {
    expect(anchorOf(finding({ location: lines("b.py", 1) }), files)).toEqual({ kind: "nowhere" });
  });
});

test("a span that ends before a line's first character does not take that line", () => {
  const location = {
    path: "a.py",
    span: { start: { line: 10, column: 0, offset: 0 }, end: { line: 11, column: 0, offset: 9 } },
  };
  expect(anchorOf(finding({ location }), files)).toMatchObject({ lines: { first: 10, count: 1 } });
});
