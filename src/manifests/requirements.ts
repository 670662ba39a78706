import { createLineIndex, type LineIndex } from "../text/line-index.ts";
import type {
  ManifestComment,
  ManifestEntry,
  ManifestFacts,
  ManifestFormat,
  ManifestProblem,
  RequirementGroup,
} from "./manifest.ts";
import { type RequirementsLine, readOptions } from "./pip-options.ts";
import { readRequirement } from "./requirement.ts";
import { type Word, wordsOf } from "./words.ts";

/**
 * pip's requirements and constraints files. Comments, continuations and the byte order mark are blanked in place, so
 * that every offset of what is read is an offset of the file.
 */
export function readRequirements(path: string, text: string, format: ManifestFormat): ManifestFacts {
  const lines = createLineIndex(text);
  const group: RequirementGroup = format === "constraints" ? { kind: "constraint" } : { kind: "main" };
  const entries: ManifestEntry[] = [];
  const problems: ManifestProblem[] = [];
  const { blanked, comments } = blankCommentsAndContinuations(text, lines);
  let start = 0;
  for (const line of blanked.split(/(?<=[\r\n])/)) {
    const words = wordsOf(line, start);
    start += line.length;
    const [first] = words;
    if (first === undefined) continue;
    const read = readPipLine({ blanked, words, lines, group });
    if (read !== undefined) entries.push(...read);
    else
      problems.push({ line: lines.positionAt(first.start).line, reason: "neither a requirement nor an option of pip" });
  }
  if (problems.length < OF_PROSE || problems.length <= entries.length)
    return { path, text, format, entries, comments, problems };
  const [{ line }] = problems;
  return {
    path,
    text,
    format,
    entries: [],
    comments,
    problems: [{ line, reason: "a text, and no list of requirements" }],
  };
}

/** Lines that pip would not know, from which on a file with more of them than of others is prose: the chapter of a manual. */
const OF_PROSE = 5;

/** What one line declares, which has words; undefined when pip would not know it. */
export function readPipLine(line: RequirementsLine): readonly ManifestEntry[] | undefined {
  return line.words[0]?.text.startsWith("-") ? readOptions(line) : readRequirementLine(line);
}

interface Blanked {
  readonly blanked: string;
  readonly comments: readonly ManifestComment[];
}

/** A backslash joins a line to the next one; a comment line is never joined, and ends the line before it. */
function blankCommentsAndContinuations(text: string, lines: LineIndex): Blanked {
  const comments: ManifestComment[] = [];
  let continued = "";
  let blanked = "";
  const endLine = (line: string, isComment: boolean) => {
    const at = commentIn(line);
    if (at !== undefined) {
      const start = blanked.length + at;
      const span = lines.spanOf(start, start + line.slice(at).trimEnd().length);
      const joinedFrom = isComment ? span.start.line : lines.positionAt(blanked.length).line;
      comments.push({ span, joinedFrom });
    }
    blanked += at === undefined ? line : line.slice(0, at) + line.slice(at).replace(/[^\r\n]/g, " ");
  };
  for (const line of text.replace(/^\uFEFF/, " ").split(/(?<=\n|\r(?!\n))/)) {
    const isComment = /^\s*#/.test(line);
    const joint = isComment ? null : /\\(\r\n|\n|\r)$/.exec(line);
    if (joint === null) {
      endLine(continued + line, isComment);
      continued = "";
    } else {
      continued += line.slice(0, joint.index) + " ".repeat(joint[0].length);
    }
  }
  endLine(continued, false);
  return { blanked, comments };
}

function commentIn(line: string): number | undefined {
  const comment = /(?:^|\s)(?=#)/.exec(line);
  return comment === null ? undefined : comment.index + comment[0].length;
}

function readRequirementLine({ blanked, words, lines, group }: RequirementsLine): readonly ManifestEntry[] | undefined {
  const firstOption = words.findIndex((word) => word.text.startsWith("-"));
  const own = firstOption === -1 ? words : words.slice(0, firstOption);
  const options = words.slice(own.length);
  const requirement = readRequirement(
    { text: blanked, start: own[0]?.outerStart ?? 0, end: own.at(-1)?.outerEnd ?? 0, spanOf: lines.spanOf },
    { group, editable: false, hashes: readHashes(options) },
  );
  return requirement === undefined ? undefined : [requirement];
}

function readHashes(options: readonly Word[]): readonly string[] {
  const written = options.map((word) => word.text).join(" ");
  return [...written.matchAll(/--hash[= ](\S+)/g)].map((hash) => hash[1] ?? "");
}
