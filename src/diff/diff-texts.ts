import { createPatch } from "diff";
import type { Hunk } from "./hunk.ts";
import { parsePatch } from "./parse-patch.ts";

/** Lines of context around a change, as in git. */
const CONTEXT = 3;

/** Removed and added lines; the cost of a diff grows with their square, and this process has other work: more is a rewrite. */
const MOST_EDITS = 1_000;

/** The hunks between two texts, for a change that the code host gives no patch of. */
export function diffTexts(base: string, head: string): readonly Hunk[] {
  if (base === head) return [];
  if (base === "" || head === "") return rewrite(base, head);
  const patch = createPatch("", base, head, undefined, undefined, { context: CONTEXT, maxEditLength: MOST_EDITS });
  return patch === undefined ? rewrite(base, head) : parsePatch(patch);
}

/** One hunk: every line of the base goes, every line of the head comes. */
function rewrite(base: string, head: string): readonly Hunk[] {
  const removed = linesOf(base);
  const added = linesOf(head);
  return [
    {
      base: { first: removed.length === 0 ? 0 : 1, count: removed.length },
      head: { first: added.length === 0 ? 0 : 1, count: added.length },
      lines: [
        ...removed.map((text, index) => ({ kind: "removed" as const, baseLine: index + 1, text })),
        ...added.map((text, index) => ({ kind: "added" as const, headLine: index + 1, text })),
      ],
    },
  ];
}

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split(/\r?\n/u);
  return text.endsWith("\n") ? lines.slice(0, -1) : lines;
}
