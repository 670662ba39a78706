import { modulePaths } from "../python/module-paths.ts";
import type { PythonParser, SyntaxArrays } from "../python/syntax-arrays.ts";
import type { Project, ProjectModule } from "../taint/project.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Parses on demand; the same module is looked up once. */
export function createProject(texts: ModuleTexts, parse: ParseModule): Project {
  const known = new Map<string, ProjectModule | undefined>();
  const isPackage = (folder: string) => texts.has(folder === "" ? "__init__.py" : `${folder}/__init__.py`);
  return {
    find(importer, level, module) {
      const key = `${importer.slice(0, importer.lastIndexOf("/") + 1)}:${level}:${module}`;
      if (!known.has(key)) known.set(key, firstOf(modulePaths(importer, level, module, isPackage), texts, parse));
      return known.get(key);
    },
  };
}

export type ParseModule = (text: string) => SyntaxArrays | undefined;

function firstOf(paths: readonly string[], texts: ModuleTexts, parse: ParseModule): ProjectModule | undefined {
  for (const path of paths) {
    const text = texts.read(path);
    if (text === undefined) continue;
    const syntax = parse(text);
    return syntax === undefined ? undefined : { path, syntax };
  }
  return undefined;
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
