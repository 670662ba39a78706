import type { ProjectFile } from "./project-file.ts";

/** The texts of a project's files on one side of a change. */
export interface ModuleTexts {
  /** Undefined where there is no such file, or none that is known. */
  read(path: string): string | undefined;
  /** Whether there certainly is such a file; asks for nothing. */
  has(path: string): boolean;
}

/** Knows what it is given; what else is asked for is noted in `wanted`. */
export function givenTexts(files: readonly ProjectFile[], side: "head" | "base", wanted: Set<string>): ModuleTexts {
  const texts = new Map(files.map(({ path, text, change }) => [path, change === undefined ? text : undefined]));
  for (const { path, text, change } of files) {
    if (change === undefined) continue;
    if (side === "head") texts.set(path, text);
    else texts.set(change.basePath ?? path, change.base);
  }
  return {
    read(path) {
      if (!texts.has(path)) wanted.add(path);
      return texts.get(path);
    },
    has: (path) => texts.get(path) !== undefined,
  };
}
