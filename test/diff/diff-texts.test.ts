import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { Hunk } from "../../src/diff/hunk.ts";
import { parsePatch } from "../../src/diff/parse-patch.ts";
import { linesOf, rebuildHead } from "./rebuild.ts";

const someLine = fc.constantFrom("a", "b", "c", "", " ", "-", "+++ x", "--- y", "@@ -1 +1 @@", "\\ No newline");
const anyText = fc
  .tuple(fc.array(someLine, { maxLength: 25 }), fc.boolean())
  .map(([lines, isEnded]) => lines.join("\n") + (isEnded && lines.length > 0 ? "\n" : ""));

function editsOf(hunks: readonly Hunk[]): { readonly added: number; readonly removed: number } {
  const kinds = hunks.flatMap(({ lines }) => lines.map(({ kind }) => kind));
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return { added: count("added"), removed: count("removed") };
}

function print(hunks: readonly Hunk[]): string {
  const markers = { context: " ", added: "+", removed: "-" } as const;
  return hunks
    .map(({ base, head, lines }) => {
      const side = ({ first, count }: Hunk["base"]) => `${count === 0 ? first - 1 : first},${count}`;
      const body = lines.map(({ kind, text }) => `${markers[kind]}${text}\n`).join("");
      return `@@ -${side(base)} +${side(head)} @@\n${body}`;
    })
    .join("");
}

test("the difference of two texts rebuilds the head from the base", () => {
  fc.assert(
    fc.property(anyText, anyText, (base, head) => {
      expect(rebuildHead(linesOf(base), diffTexts(base, head))).toEqual(linesOf(head));
    }),
  );
});

test("printed and parsed again, hunks are the same", () => {
  fc.assert(
    fc.property(anyText, anyText, (base, head) => {
      const hunks = diffTexts(base, head);
      expect(parsePatch(print(hunks))).toEqual(hunks);
    }),
  );
});

test("no shorter difference than git's is missed, and none is claimed", () => {
  const folder = mkdtempSync(join(tmpdir(), "safepath-diff-"));
  const [one, other] = [join(folder, "base"), join(folder, "head")];
  fc.assert(
    fc.property(anyText, anyText, (base, head) => {
      writeFileSync(one, base);
      writeFileSync(other, head);
      const { stdout } = spawnSync("git", ["diff", "--no-index", "--minimal", "--numstat", one, other]);
      const [added = "0", removed = "0"] = stdout.toString().split("\t");
      expect(editsOf(diffTexts(base, head))).toEqual({ added: Number(added || 0), removed: Number(removed || 0) });
    }),
    { numRuns: 40 },
  );
});

test("texts that differ in too much are one hunk between the first and the last difference", () => {
  const lines = (mark: string) => Array.from({ length: 3_000 }, (_, at) => `${mark}${at}\n`).join("");
  const [before, after] = ["1\n2\n3\n4\n", "5\n6\n7\n8\n"];
  const hunks = diffTexts(`${before}${lines("a")}${after}`, `${before}${lines("b")}${lines("c")}${after}`);
  expect(hunks.map(({ base, head }) => [base, head])).toEqual([
    [
      { first: 2, count: 3_006 },
      { first: 2, count: 6_006 },
    ],
  ]);
  expect(editsOf(hunks)).toEqual({ added: 6_000, removed: 3_000 });
  expect(rebuildHead(linesOf(`${before}${lines("a")}${after}`), hunks).length).toBe(6_008);
});

test("a new file is added from its first to its last line, however long it is", () => {
  for (const length of [1, 10_000]) {
    const hunks = diffTexts("", "x\n".repeat(length));
    expect(hunks.map(({ base, head }) => [base, head])).toEqual([
      [
        { first: 1, count: 0 },
        { first: 1, count: length },
      ],
    ]);
  }
});

test("equal texts have no hunks", () => {
  expect(diffTexts("a\nb", "a\nb")).toEqual([]);
  expect(diffTexts("", "")).toEqual([]);
});

test("line ends that change, change the line; they are not part of its text", () => {
  const [hunk] = diffTexts("a\nb\n", "a\r\nb\n");
  expect(hunk?.lines.map(({ kind, text }) => [kind, text])).toEqual([
    ["removed", "a"],
    ["added", "a"],
    ["context", "b"],
  ]);
});
