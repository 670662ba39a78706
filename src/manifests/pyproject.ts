import { readDataManifest } from "./data-manifest.ts";
import { dataAt, dataEntries, dataItems, dataStrings } from "./data-tree.ts";
import type { ManifestFacts } from "./manifest.ts";
import { readPoetry } from "./poetry.ts";
import { addIndex, addPrereleases, addPython, addRequirements, addUnverified, type Section } from "./section.ts";
import { readSpecifiers } from "./specifiers.ts";
import { readToml } from "./toml-tree.ts";
import { readUv } from "./uv.ts";

/** `pyproject.toml`: PEP 621, PEP 735, the build system, and the tables of Poetry, uv, PDM, Hatch and setuptools. */
export function readPyproject(path: string, text: string): ManifestFacts {
  return readDataManifest({ path, text, format: "pyproject" }, readToml(text), readTables);
}

function readTables(section: Section): void {
  readStandard(section);
  readPoetry(section);
  readPdm(section);
  readHatch(section);
  readSetuptools(section);
  readUv(section);
}

function readStandard(section: Section): void {
  const { root } = section;
  addRequirements(section, dataAt(root, "build-system", "requires"), { kind: "build" });
  addRequirements(section, dataAt(root, "project", "dependencies"), { kind: "main" });
  addPython(section, dataAt(root, "project"), "requires-python", readSpecifiers);
  for (const [name, extra] of dataEntries(dataAt(root, "project", "optional-dependencies"))) {
    addRequirements(section, extra.value, { kind: "extra", name });
  }
  for (const [name, group] of dataEntries(dataAt(root, "dependency-groups"))) {
    addRequirements(section, group.value, { kind: "group", name });
  }
}

function readPdm(section: Section): void {
  const pdm = dataAt(section.root, "tool", "pdm");
  addPrereleases(section, dataAt(pdm, "resolution"), "allow-prereleases");
  for (const [name, group] of dataEntries(dataAt(pdm, "dev-dependencies"))) {
    addRequirements(section, group.value, { kind: "group", name });
  }
  for (const source of dataItems(dataAt(pdm, "source"))) {
    const name = dataAt(source, "name");
    const url = dataAt(source, "url");
    addIndex(section, name?.kind === "string" && name.value === "pypi" ? "primary" : "extra", url, name);
    addUnverified(section, source, url);
  }
}

function readHatch(section: Section): void {
  for (const [name, environment] of dataEntries(dataAt(section.root, "tool", "hatch", "envs"))) {
    for (const key of ["dependencies", "extra-dependencies"]) {
      addRequirements(section, dataAt(environment.value, key), { kind: "group", name });
    }
  }
}

/** `dynamic = ["dependencies"]` with setuptools reads them from files, and extras, too. */
function readSetuptools(section: Section): void {
  const dynamic = dataAt(section.root, "tool", "setuptools", "dynamic");
  const extras = dataEntries(dataAt(dynamic, "optional-dependencies")).map(([, { value }]) => value);
  const named = [dataAt(dynamic, "dependencies"), ...extras].map((table) => dataAt(table, "file"));
  for (const file of named.flatMap((files) => (files?.kind === "string" ? [files] : dataStrings(files)))) {
    section.entries.push({
      kind: "include",
      role: "requirements",
      path: file.value,
      span: section.spanOf(file.start, file.end),
    });
  }
}
