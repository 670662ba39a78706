import { readConda } from "./conda.ts";
import { readDataManifest } from "./data-manifest.ts";
import type { ManifestFacts } from "./manifest.ts";
import { manifestFormat } from "./manifest-format.ts";
import { readPipfile } from "./pipfile.ts";
import { readPyproject } from "./pyproject.ts";
import { readLock } from "./read-lock.ts";
import { readRequirements } from "./requirements.ts";
import { readSetupCfg } from "./setup-cfg.ts";
import { readToml } from "./toml-tree.ts";

/** What the dependency file at `path` declares; undefined when its name is none of a dependency file. */
export function readManifest(path: string, text: string): ManifestFacts | undefined {
  const format = manifestFormat(path);
  switch (format) {
    case undefined:
      return undefined;
    case "pyproject":
      return readPyproject(path, text);
    case "pipfile":
      return readDataManifest({ path, text, format }, readToml(text), readPipfile);
    case "setup-cfg":
      return readSetupCfg(path, text);
    case "conda":
      return readConda(path, text);
    case "lock":
      return readLock(path, text);
    default:
      return readRequirements(path, text, format);
  }
}
