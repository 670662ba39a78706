import type { SyntaxArrays } from "../python/syntax-arrays.ts";

/** A module of the project that an import leads to. */
export interface ProjectModule {
  readonly path: string;
  readonly syntax: SyntaxArrays;
}

/** The files around the one under analysis: imports are followed into them. */
export interface Project {
  /**
   * The module that an import in the file `importer` names, `level` dots before it; undefined where the project has none,
   * or where it is not known. The same question has the same answer.
   */
  find(importer: string, level: number, module: string): ProjectModule | undefined;
  /** Whether `find` might find the module if more files were known. */
  isOpen(importer: string, level: number, module: string): boolean;
}

/** A file that stands alone. */
export const NO_PROJECT: Project = { find: () => undefined, isOpen: () => false };
