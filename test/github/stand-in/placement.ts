import { type ChangedFile, listedPatch } from "./changed-files.ts";
import { pullFiles } from "./pull-shape.ts";
import type { CurrentPlace, Place, PullRequest, ReviewComment, Side } from "./pull-state.ts";

/** Where a comment is asked to be. */
export interface WantedPlace {
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly start_line?: number | undefined;
  readonly start_side?: Side | undefined;
  /** Lines below the first hunk header; the old way of saying it. */
  readonly position?: number | undefined;
}

/** What GitHub finds wrong with the place of a comment; the field is the one it names. */
export interface Misplaced {
  readonly field: "path" | "line" | "start_line" | "position";
  readonly message: string;
}

interface PatchLine {
  readonly position: number;
  readonly hunk: number;
  readonly left: number | undefined;
  readonly right: number | undefined;
  readonly text: string;
}

/** A comment is accepted on a line that the diff shows, and over lines of one hunk alone. */
export function placeComment(file: ChangedFile | undefined, wanted: WantedPlace): Place | Misplaced {
  if (file === undefined) return { field: "path", message: "Path could not be resolved" };
  const lines = parsePatch(listedPatch(file) ?? "");
  if (wanted.position !== undefined) return placeAtPosition(lines, wanted);
  if (wanted.line === undefined) return { field: "line", message: "Line could not be resolved" };
  const side = wanted.side ?? "RIGHT";
  const end = findLine(lines, wanted.line, side);
  if (end === undefined) return { field: "line", message: "Line could not be resolved" };
  const place = { line: wanted.line, side, position: end.position };
  if (wanted.start_line === undefined) return place;
  const startSide = wanted.start_side ?? side;
  const start = findLine(lines, wanted.start_line, startSide);
  if (start === undefined) return { field: "start_line", message: "Start line could not be resolved" };
  if (start.position >= end.position) return { field: "start_line", message: "Start line must precede the end line." };
  if (start.hunk !== end.hunk)
    return { field: "start_line", message: "Start line must be part of the same hunk as the line." };
  return { ...place, startLine: wanted.start_line, startSide };
}

/** The hunk down to the line of a comment, as it is quoted above it. */
export function hunkAbove(file: ChangedFile, place: Place | undefined): string {
  if (place === undefined || file.patch === undefined) return "";
  const lines = file.patch.split("\n").slice(0, place.position + 1);
  return lines.slice(lines.findLastIndex((line) => line.startsWith("@@ "))).join("\n");
}

/** Where a comment is in the diff that its pull request has now; undefined when it is outdated. */
export async function currentPlace(pull: PullRequest, comment: ReviewComment): Promise<CurrentPlace | undefined> {
  const { place } = comment;
  if (place === undefined) return undefined;
  const shown = (await pullFiles(pull)).find((file) => file.path === comment.path);
  if (shown === undefined) return undefined;
  const since = await pull.repository.changedFiles(comment.commitId, pull.headSha);
  const moves = since.find((file) => file.path === comment.path || file.previousPath === comment.path);
  const follow = (line: number, side: Side) => (side === "LEFT" ? line : movedLine(moves, line));
  const line = follow(place.line, place.side);
  const startLine = place.startLine === undefined ? undefined : follow(place.startLine, place.startSide ?? place.side);
  if (line === undefined || (place.startLine !== undefined && startLine === undefined)) return undefined;
  const found = placeComment(shown, { line, side: place.side, start_line: startLine, start_side: place.startSide });
  return "field" in found ? undefined : found;
}

/** Where a line of the old side of a patch is on its new side; undefined when it was removed. */
function movedLine(file: ChangedFile | undefined, line: number): number | undefined {
  if (file === undefined) return line;
  let shift = 0;
  for (const each of parsePatch(file.patch ?? "")) {
    if (each.left === line) return each.right;
    if (each.left !== undefined && each.left > line) break;
    if (each.left === undefined) shift += 1;
    if (each.right === undefined) shift -= 1;
  }
  return line + shift;
}

function placeAtPosition(lines: readonly PatchLine[], wanted: WantedPlace): Place | Misplaced {
  const at = lines.find((line) => line.position === wanted.position);
  if (at === undefined || wanted.line !== undefined)
    return { field: "position", message: "Position could not be resolved" };
  const side = at.right === undefined ? "LEFT" : "RIGHT";
  return { line: at.right ?? at.left ?? 0, side, position: at.position };
}

/** The left side holds what was removed; what is unchanged is commented on the right. */
function findLine(lines: readonly PatchLine[], line: number, side: Side): PatchLine | undefined {
  return lines.find((each) =>
    side === "RIGHT" ? each.right === line : each.left === line && each.right === undefined,
  );
}

function parsePatch(patch: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let hunk = 0;
  let left = 0;
  let right = 0;
  for (const [position, text] of patch.split("\n").entries()) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (header !== null) {
      hunk += 1;
      left = Number(header[1]);
      right = Number(header[2]);
    } else if (text.startsWith("+")) {
      lines.push({ position, hunk, left: undefined, right: right++, text });
    } else if (text.startsWith("-")) {
      lines.push({ position, hunk, left: left++, right: undefined, text });
    } else if (text.startsWith(" ")) {
      lines.push({ position, hunk, left: left++, right: right++, text });
    }
  }
  return lines;
}
