import type { ManifestFacts } from "./manifest.ts";
import { manifestFormat } from "./manifest-format.ts";
import { readPyproject } from "./pyproject.ts";
import { readRequirements } from "./requirements.ts";

/** What the dependency file at `path` declares; undefined when its name is none of a dependency file. */
export function readManifest(path: string, text: string): ManifestFacts | undefined {
  const format = manifestFormat(path);
  if (format === undefined) return undefined;
  return format === "pyproject" ? readPyproject(path, text) : readRequirements(path, text, format);
}
