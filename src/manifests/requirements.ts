import { createLineIndex } from "../text/line-index.ts";
import type { ManifestEntry, ManifestFacts, ManifestFormat, ManifestProblem, RequirementGroup } from "./manifest.ts";
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
  const blanked = blankCommentsAndContinuations(text);
  let start = 0;
  for (const line of blanked.split(/(?<=[\r\n])/)) {
    const words = wordsOf(line, start);
    start += line.length;
    const [first] = words;
    if (first === undefined) continue;
    const context = { blanked, words, lines, group };
    const read = first.text.startsWith("-") ? readOptions(context) : readRequirementLine(context);
    if (read !== undefined) entries.push(...read);
    else
      problems.push({ line: lines.positionAt(first.start).line, reason: "neither a requirement nor an option of pip" });
  }
  return { path, text, format, entries, problems };
}

/** A backslash joins a line to the next one; a comment line is never joined, and ends the line before it. */
function blankCommentsAndContinuations(text: string): string {
  let continued = "";
  let blanked = "";
  for (const line of text.replace(/^\uFEFF/, " ").split(/(?<=\n|\r(?!\n))/)) {
    const isComment = /^\s*#/.test(line);
    const joint = isComment ? null : /\\(\r\n|\n|\r)$/.exec(line);
    if (joint === null) {
      blanked += blankComment(continued + line);
      continued = "";
    } else {
      continued += line.slice(0, joint.index) + " ".repeat(joint[0].length);
    }
  }
  return blanked + blankComment(continued);
}

function blankComment(line: string): string {
  const comment = /(^|\s)#/.exec(line);
  if (comment === null) return line;
  return line.slice(0, comment.index) + line.slice(comment.index).replace(/[^\r\n]/g, " ");
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
