import { modulePaths } from "../python/module-paths.ts";
import type { PythonParser, SyntaxArrays } from "../python/syntax-arrays.ts";
import type { Project, ProjectModule } from "../taint/project.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Parses on demand; the same module is looked up once. */
export function createProject(texts: ModuleTexts, parse: ParseModule): Project {
  const known = new Map<string, Found>();
  const isPackage = (folder: string) => texts.has(folder === "" ? "__init__.py" : `${folder}/__init__.py`);
  const look = (importer: string, level: number, module: string) => {
    const key = `${importer.slice(0, importer.lastIndexOf("/") + 1)}:${level}:${module}`;
    const found = known.get(key) ?? firstOf(modulePaths(importer, level, module, isPackage), texts, parse);
    known.set(key, found);
    return found;
  };
  return {
    find: (importer, level, module) => look(importer, level, module).module,
    isOpen: (importer, level, module) => look(importer, level, module).isOpen,
  };
}

interface Found {
  readonly module: ProjectModule | undefined;
  /** A place was looked at of which nothing is known. */
  readonly isOpen: boolean;
}

export type ParseModule = (text: string) => SyntaxArrays | undefined;

/** The places of a relative import, or of one whose first name is that of a folder above. */
const FEW = 2;

function firstOf(paths: readonly string[], texts: ModuleTexts, parse: ParseModule): Found {
  let isOpen = false;
  for (const path of paths) {
    isOpen ||= !texts.knows(path);
    const text = texts.read(path, paths.length <= FEW);
    if (text === undefined) continue;
    const syntax = parse(text);
    return { module: syntax === undefined ? undefined : { path, syntax }, isOpen };
  }
  return { module: undefined, isOpen };
}

/** UTF-16 code units of the texts whose syntax is kept: some 8 bytes each. */
const MOST_KEPT = 3 * 1024 * 1024;

/** Parses each text once, as long as it is among the latest: a module is imported by many files. */
export function parseOnce(parser: PythonParser): ParseModule {
  const kept = new Map<string, SyntaxArrays | undefined>();
  let size = 0;
  return (text) => {
    if (kept.has(text)) {
      const syntax = kept.get(text);
      kept.delete(text);
      kept.set(text, syntax);
      return syntax;
    }
    const parsed = parser.parse(text);
    const syntax = "reason" in parsed ? undefined : parsed;
    kept.set(text, syntax);
    size += text.length;
    for (const oldest of kept.keys()) {
      if (size <= MOST_KEPT) break;
      kept.delete(oldest);
      size -= oldest.length;
    }
    return syntax;
  };
}
