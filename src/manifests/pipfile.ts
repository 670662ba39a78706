import { type DataNode, dataAt, dataEntries, dataItems } from "./data-tree.ts";
import type { RequirementGroup } from "./manifest.ts";
import { addIndex, addPrereleases, addPython, addUnverified, type Section } from "./section.ts";
import { readPoetrySpecifiers } from "./specifiers.ts";
import { addTable } from "./table-requirements.ts";

/** Tables that name no packages. */
const OTHERS: ReadonlySet<string> = new Set(["source", "requires", "scripts", "pipenv"]);

/** `Pipfile`: `packages`, `dev-packages`, and categories of the project's own. */
export function readPipfile(section: Section): void {
  addSources(section, dataAt(section.root, "source"));
  addPrereleases(section, dataAt(section.root, "pipenv"), "allow_prereleases");
  for (const key of ["python_version", "python_full_version"])
    addPython(section, dataAt(section.root, "requires"), key, readPoetrySpecifiers);
  for (const [category, { value }] of dataEntries(section.root)) {
    if (!OTHERS.has(category)) addTable(section, value, groupOf(category));
  }
}

/** The first source is asked for what names none, the others for what names them. */
export function addSources(section: Section, sources: DataNode | undefined): void {
  for (const [at, source] of dataItems(sources).entries()) {
    const url = dataAt(source, "url");
    addIndex(section, at === 0 ? "primary" : "explicit", url, dataAt(source, "name"));
    addUnverified(section, source, url);
  }
}

function groupOf(category: string): RequirementGroup {
  if (category === "packages") return { kind: "main" };
  return { kind: "group", name: category === "dev-packages" ? "dev" : category };
}
