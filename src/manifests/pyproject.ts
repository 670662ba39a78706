import { readDataManifest } from "./data-manifest.ts";
import { dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import type { ManifestFacts } from "./manifest.ts";
import { readPoetry } from "./poetry.ts";
import { addIndex, addPrereleases, addPython, addRequirements, addUnverified, type Section } from "./section.ts";
import { readSpecifiers } from "./specifiers.ts";
import { addTable } from "./table-requirements.ts";
import { readToml } from "./toml-tree.ts";
import { readUv } from "./uv.ts";

/** `pyproject.toml`: PEP 621, PEP 735, the build system, and the tables of Poetry, uv, PDM, Hatch, setuptools, Flit, Rye and Pixi. */
export function readPyproject(path: string, text: string): ManifestFacts {
  return readDataManifest({ path, text, format: "pyproject" }, readToml(text), readTables);
}

function readTables(section: Section): void {
  readStandard(section);
  readPoetry(section);
  readPdm(section);
  readHatch(section);
  readSetuptools(section);
  readOthers(section);
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
  addTable(section, dataAt(pdm, "resolution", "overrides"), { kind: "constraint" });
  for (const source of dataItems(dataAt(pdm, "source"))) {
    const name = dataAt(source, "name");
    const url = dataAt(source, "url");
    const index = dataText(name) === "pypi" ? "primary" : "extra";
    addIndex(section, dataText(dataAt(source, "type")) === "find_links" ? "find-links" : index, url, name);
    addUnverified(section, source, url);
  }
}

function readHatch(section: Section): void {
  for (const [name, environment] of dataEntries(dataAt(section.root, "tool", "hatch", "envs"))) {
    for (const key of ["dependencies", "extra-dependencies"]) {
      addRequirements(section, dataAt(environment.value, key), { kind: "group", name });
    }
  }
  readHatchBuild(section);
}

/** What Hatch needs to build: of all targets, of one, and of the hooks of both and of the metadata. */
function readHatchBuild(section: Section): void {
  const hatch = dataAt(section.root, "tool", "hatch");
  const build = dataAt(hatch, "build");
  const targets = dataEntries(dataAt(build, "targets")).map(([, { value }]) => value);
  const hooks = [build, dataAt(hatch, "metadata"), ...targets].flatMap((owner) =>
    dataEntries(dataAt(owner, "hooks")).map(([, { value }]) => value),
  );
  for (const owner of [build, ...targets, ...hooks])
    addRequirements(section, dataAt(owner, "dependencies"), { kind: "build" });
}

/** Flit's own table from before PEP 621, and those of Rye and Pixi; the packages of conda that Pixi lists are left aside. */
function readOthers(section: Section): void {
  const flit = dataAt(section.root, "tool", "flit", "metadata");
  addRequirements(section, dataAt(flit, "requires"), { kind: "main" });
  addRequirements(section, dataAt(flit, "dev-requires"), { kind: "group", name: "dev" });
  addPython(section, flit, "requires-python", readSpecifiers);
  for (const [name, { value }] of dataEntries(dataAt(flit, "requires-extra")))
    addRequirements(section, value, { kind: "extra", name });
  const rye = dataAt(section.root, "tool", "rye");
  addRequirements(section, dataAt(rye, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const source of dataItems(dataAt(rye, "sources"))) {
    const name = dataAt(source, "name");
    addIndex(section, dataText(name) === "default" ? "primary" : "extra", dataAt(source, "url"), name);
    addUnverified(section, source, dataAt(source, "url"));
  }
  const pixi = dataAt(section.root, "tool", "pixi");
  addTable(section, dataAt(pixi, "pypi-dependencies"), { kind: "main" });
  for (const [name, { value }] of dataEntries(dataAt(pixi, "feature")))
    addTable(section, dataAt(value, "pypi-dependencies"), { kind: "group", name });
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
