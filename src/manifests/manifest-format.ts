import type { ManifestFormat } from "./manifest.ts";

/** The format of the dependency file at `path`, by its name alone; undefined when it is none. */
export function manifestFormat(path: string): ManifestFormat | undefined {
  const segments = path.split("/");
  const name = segments.at(-1)?.toLowerCase() ?? "";
  const folder = segments.at(-2)?.toLowerCase() ?? "";
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  if (/^pylock(\.[^.]+)?\.toml$/.test(name)) return "lock";
  if (/^environment([-_.][^/]+)?\.ya?ml$/.test(name)) return "conda";
  const match = /^(.*)\.(txt|in|pip)$/.exec(name);
  if (match === null) return undefined;
  const [, stem = "", ending = ""] = match;
  if (/(^|[-_.])constraints?($|[-_.])/.test(stem)) return "constraints";
  const isRequirements =
    /(^|[-_.])(requirements?|reqs?)($|[-_.\d])/.test(stem) || /^(requirements?|reqs)$/.test(folder);
  if (!isRequirements) return undefined;
  return ending === "in" ? "requirements-input" : "requirements";
}

const NAMES: ReadonlyMap<string, ManifestFormat> = new Map<string, ManifestFormat>([
  ["pyproject.toml", "pyproject"],
  ["uv.toml", "pyproject"],
  ["hatch.toml", "pyproject"],
  ["pixi.toml", "pyproject"],
  ["pipfile", "pipfile"],
  ["setup.cfg", "setup-cfg"],
  ["poetry.lock", "lock"],
  ["uv.lock", "lock"],
  ["pdm.lock", "lock"],
  ["pipfile.lock", "lock"],
]);
