import { dataAt, dataEntries, dataItems, dataText } from "./data-tree.ts";
import { leaveOutExcluded } from "./leave-out.ts";
import { addIndex, addPrereleases, addRequirements, addUnverified, type Section } from "./section.ts";
import { addTable } from "./table-requirements.ts";

/** `[tool.pdm]`: groups for development, overrides, sources, and which packages do not come in. */
export function readPdm(section: Section): void {
  const pdm = dataAt(section.root, "tool", "pdm");
  addPrereleases(section, dataAt(pdm, "resolution"), "allow-prereleases");
  for (const [name, group] of dataEntries(dataAt(pdm, "dev-dependencies"))) {
    addRequirements(section, group.value, { kind: "group", name });
  }
  leaveOutExcluded(section.entries, dataAt(pdm, "resolution", "excludes"));
  addTable(section, dataAt(pdm, "resolution", "overrides"), { kind: "constraint" });
  for (const source of dataItems(dataAt(pdm, "source"))) {
    const name = dataAt(source, "name");
    const url = dataAt(source, "url");
    const index = dataText(name) === "pypi" ? "primary" : "extra";
    addIndex(section, dataText(dataAt(source, "type")) === "find_links" ? "find-links" : index, url, name);
    addUnverified(section, source, url);
  }
}
