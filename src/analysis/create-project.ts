import { modulePaths } from "../python/module-paths.ts";
import type { PythonParser } from "../python/syntax-arrays.ts";
import type { Project, ProjectModule } from "../taint/project.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Parses on demand; where a module lies is looked up once. */
export function createProject(texts: ModuleTexts, parser: PythonParser): Project {
  const known = new Map<string, Place>();
  const isPackage = (folder: string) => texts.has(folder === "" ? "__init__.py" : `${folder}/__init__.py`);
  const look = (importer: string, level: number, module: string) => {
    const key = `${importer.slice(0, importer.lastIndexOf("/") + 1)}:${level}:${module}`;
    const found = known.get(key) ?? firstOf(modulePaths(importer, level, module, isPackage), texts);
    if (known.size < MOST_REMEMBERED) known.set(key, found);
    return found;
  };
  return {
    find(importer, level, module) {
      const { path, isLikely } = look(importer, level, module);
      return path === undefined ? undefined : read(path, isLikely, texts, parser);
    },
    isOpen: (importer, level, module) => look(importer, level, module).isOpen,
  };
}

/** Imports of which is remembered where they lead. */
const MOST_REMEMBERED = 100_000;

interface Place {
  /** Undefined where the project has no such module, or none that is known. */
  readonly path: string | undefined;
  readonly isLikely: boolean;
  /** A place was looked at of which nothing is known. */
  readonly isOpen: boolean;
}

/** The places of a relative import, or of one whose first name is that of a folder above. */
const FEW = 2;

function firstOf(paths: readonly string[], texts: ModuleTexts): Place {
  const isLikely = paths.length <= FEW;
  let isOpen = false;
  for (const path of paths) {
    isOpen ||= !texts.knows(path);
    if (texts.read(path, isLikely) !== undefined) return { path, isLikely, isOpen };
  }
  return { path: undefined, isLikely, isOpen };
}

function read(path: string, isLikely: boolean, texts: ModuleTexts, parser: PythonParser): ProjectModule | undefined {
  const text = texts.read(path, isLikely);
  if (text === undefined) return undefined;
  const syntax = parser.parse(text);
  return "reason" in syntax ? undefined : { path, syntax };
}
