import { readDataManifest } from "./data-manifest.ts";
import { dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import { readHatch } from "./hatch.ts";
import { leaveOutOwn } from "./leave-out.ts";
import type { ManifestFacts } from "./manifest.ts";
import { readPdm } from "./pdm.ts";
import { readPixi } from "./pixi.ts";
import { readPoetry } from "./poetry.ts";
import { addIndex, addPython, addRequirements, addUnverified, type Section } from "./section.ts";
import { readSpecifiers } from "./specifiers.ts";
import { readToml } from "./toml-tree.ts";
import { readUv } from "./uv.ts";

/** `pyproject.toml`: PEP 621, PEP 735, the build system, and the tables of Poetry, uv, PDM, Hatch, setuptools, Flit, Rye and Pixi. */
export function readPyproject(path: string, text: string): ManifestFacts {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return readDataManifest({ path, text, format: "pyproject" }, readToml(text), OWN_FILES.get(name) ?? readTables);
}

/** Files of one tool, which have the keys of its table. */
const OWN_FILES: ReadonlyMap<string, (section: Section) => void> = new Map([
  ["uv.toml", (section) => readUv(section, section.root)],
  ["hatch.toml", (section) => readHatch(section, section.root)],
  ["pixi.toml", (section) => readPixi(section, section.root)],
]);

function readTables(section: Section): void {
  readStandard(section);
  readPoetry(section);
  readPdm(section);
  readHatch(section, dataAt(section.root, "tool", "hatch"));
  readSetuptools(section);
  readOthers(section);
  readPixi(section, dataAt(section.root, "tool", "pixi"));
  readUv(section, dataAt(section.root, "tool", "uv"));
  const name =
    dataText(dataAt(section.root, "project", "name")) ?? dataText(dataAt(section.root, "tool", "poetry", "name"));
  leaveOutOwn(section.entries, name);
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

/** Flit's own table from before PEP 621, and that of Rye. */
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
