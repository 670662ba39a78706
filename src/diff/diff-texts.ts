import { structuredPatch } from "diff";
import type { Hunk } from "./hunk.ts";
import { readHunk } from "./read-hunk.ts";

/** Lines around a change, as git shows them and GitHub accepts comments on them. */
const CONTEXT = 3;

/** Lines added and removed up to which the shortest difference is sought: its cost is quadratic in them, 0.4 s here. */
const MAX_EDITS = 2_000;

/**
 * The difference of two texts by lines, as git has it. Beyond 2,000 edits everything between the first and the last
 * difference counts as changed: the same texts give the same hunks on any machine, in bounded time.
 */
export function diffTexts(base: string, head: string): readonly Hunk[] {
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS };
  const shortest = structuredPatch("", "", base, head, "", "", options);
  return shortest?.hunks.map(readHunk) ?? [coarseHunk(linesOf(base), linesOf(head))];
}

function coarseHunk(base: readonly string[], head: readonly string[]): Hunk {
  const shorter = Math.min(base.length, head.length);
  let before = 0;
  while (before < shorter && base[before] === head[before]) before += 1;
  let after = 0;
  while (after < shorter - before && base.at(-1 - after) === head.at(-1 - after)) after += 1;
  const first = Math.max(0, before - CONTEXT);
  const kept = Math.max(0, after - CONTEXT);
  const lines = [
    ...base.slice(first, before).map((line) => ` ${line}`),
    ...base.slice(before, base.length - after).map((line) => `-${line}`),
    ...head.slice(before, head.length - after).map((line) => `+${line}`),
    ...head.slice(head.length - after, head.length - kept).map((line) => ` ${line}`),
  ];
  return readHunk({
    oldStart: first + 1,
    oldLines: base.length - kept - first,
    newStart: first + 1,
    newLines: head.length - kept - first,
    lines: lines.map((line) => line.replace(/\n$/, "")),
  });
}

/** With their line ends: a last line without one differs from the same line with one. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
