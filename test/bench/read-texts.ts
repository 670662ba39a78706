import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface BenchText {
  readonly path: string;
  readonly text: string;
}

/** The Python files below some folders, in an order that does not depend on the machine. */
export function readTexts(folders: readonly string[]): readonly BenchText[] {
  return folders.flatMap((folder) =>
    globSync("**/*.py", { cwd: folder })
      .sort()
      .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  );
}

export function countLines(texts: readonly BenchText[]): number {
  return texts.reduce((sum, { text }) => sum + text.split("\n").length, 0);
}
