import { expect, test } from "vitest";
import { showProgress } from "../../src/cli/progress.ts";

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

function work(output: ReturnType<typeof screen>, files: number): readonly string[] {
  const progress = showProgress(output, files);
  for (let file = 0; file < files; file++) progress.step();
  progress.end();
  return output.written;
}

test("a terminal sees how far long work is, one line a percent, and the line goes at the end", () => {
  const written = work(screen(true), 1_000);
  expect(written[0]).toBe("\r\u001B[K1 of 1000 files (0%)");
  expect(written.at(-2)).toBe("\r\u001B[K1000 of 1000 files (100%)");
  expect(written.at(-1)).toBe("\r\u001B[K");
  expect(written).toHaveLength(102);
});

test("short work is done before a person has read the line", () => {
  expect(work(screen(true), 49)).toEqual([]);
});

test("a file or a pipe sees nothing of it", () => {
  expect(work(screen(false), 1_000)).toEqual([]);
});
