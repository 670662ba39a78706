import type { AskForFile, ProjectFile } from "./project-file.ts";

/** The texts of a project's files on one side of a change. */
export interface ModuleTexts {
  /** Undefined where there is no such file, or none that is known; of a path that ends in `/` the names of the folder's files, one a line. `isLikely`: there are few other places to look in. */
  read(path: string, isLikely: boolean): string | undefined;
  /** Whether it is known that there is such a file, or that there is none. */
  knows(path: string): boolean;
  /** Whether there certainly is such a file; asks for nothing. */
  has(path: string): boolean;
}

/** Paths that were asked for and are not known. */
export interface Wanted {
  readonly likely: Set<string>;
  readonly others: Set<string>;
}

/** Knows what it is given; what else is asked for is noted in `wanted`. */
export function givenTexts(files: readonly ProjectFile[], side: "head" | "base", wanted: Wanted): ModuleTexts {
  const texts = new Map(files.map(({ path, text, change }) => [path, change === undefined ? text : undefined]));
  for (const { path, text, change } of files) {
    if (change === undefined) continue;
    if (side === "head") texts.set(path, text);
    else texts.set(change.basePath ?? path, change.base);
  }
  return {
    read(path, isLikely) {
      if (!texts.has(path)) (isLikely ? wanted.likely : wanted.others).add(path);
      return texts.get(path);
    },
    knows: (path) => texts.has(path),
    has: (path) => texts.get(path) !== undefined,
  };
}

/** Asks for each file when it is needed: nothing is ever missing. */
export function askedTexts(ask: AskForFile, side: "head" | "base"): ModuleTexts {
  const read = (path: string) => textAt(path, ask(path), side);
  return { read, knows: () => true, has: (path) => read(path) !== undefined };
}

/** A renamed file is found by either of its paths, and is at each side under one of them. */
function textAt(path: string, file: ProjectFile | undefined, side: "head" | "base"): string | undefined {
  if (file?.change === undefined) return file?.text;
  const { base, basePath = file.path } = file.change;
  if (side === "head") return file.path === path ? file.text : undefined;
  return basePath === path ? base : undefined;
}
