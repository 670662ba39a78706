import { readSync, writeSync } from "node:fs";
import type { Duplex } from "node:stream";
import { type AskForFile, lengthOfFile, type ProjectFile } from "../analysis/project-file.ts";
import { keepLatest } from "../text/keep-latest.ts";

/** The descriptor in the child on which it asks its parent for files; those before it are the standard streams and the channel. */
const QUESTIONS = 4;

/** What a child is told whose parent answers. */
export const ASKS = "asks";

/** UTF-16 code units of the latest files that a child keeps: a module is asked for by every file that imports it. */
const MOST_KEPT = 16 * 1024 * 1024;

const PART = 64 * 1024;

/**
 * The child's side: asks for a file and waits for the answer, in the middle of an analysis. A question and its answer are a line of
 * JSON each, so that an answer ends where a part of it ends with a line break.
 */
export function askParent(): AskForFile {
  const part = Buffer.alloc(PART);
  const ask = (path: string): ProjectFile | undefined => {
    writeSync(QUESTIONS, `${JSON.stringify(path)}\n`);
    const parts: Buffer[] = [];
    do {
      const length = readSync(QUESTIONS, part);
      if (length === 0) process.exit();
      parts.push(Buffer.from(part.subarray(0, length)));
    } while (parts.at(-1)?.at(-1) !== LINE_END);
    return (JSON.parse(Buffer.concat(parts).toString("utf8")) as ProjectFile | null) ?? undefined;
  };
  return keepLatest(ask, lengthOfFile, MOST_KEPT);
}

const LINE_END = 0x0a;

/** The parent's side; `onQuestion` is called for each question, before it is answered. */
export function answerChild(channel: Duplex, answer: AskForFile, onQuestion: () => void): void {
  let begun = "";
  // What a child that is gone did not hear is of no interest.
  channel.on("error", () => {});
  channel.setEncoding("utf8").on("data", (part: string) => {
    const [first = "", ...more] = part.split("\n");
    begun += first;
    for (const next of more) {
      onQuestion();
      channel.write(`${JSON.stringify(answer(String(JSON.parse(begun))) ?? null)}\n`);
      begun = next;
    }
  });
}
