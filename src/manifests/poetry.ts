import { type DataNode, dataAt, dataEntries, dataItems, dataText } from "./data-tree.ts";
import { addIndex, addPython, type Section } from "./section.ts";
import { readPoetrySpecifiers } from "./specifiers.ts";
import { addTable } from "./table-requirements.ts";

/** `[tool.poetry]`: dependencies by name, groups, sources. */
export function readPoetry(section: Section): void {
  const poetry = dataAt(section.root, "tool", "poetry");
  addTable(section, dataAt(poetry, "dependencies"), { kind: "main" });
  addPython(section, dataAt(poetry, "dependencies"), "python", readPoetrySpecifiers);
  addTable(section, dataAt(poetry, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const [name, group] of dataEntries(dataAt(poetry, "group"))) {
    addTable(section, dataAt(group.value, "dependencies"), { kind: "group", name });
  }
  addTable(section, dataAt(poetry, "requires-plugins"), { kind: "build" });
  for (const [, { value }] of dataEntries(dataAt(poetry, "build-constraints")))
    addTable(section, value, { kind: "constraint" });
  for (const source of dataItems(dataAt(poetry, "source"))) {
    addIndex(section, roleOf(source), dataAt(source, "url"), dataAt(source, "name"));
  }
}

function roleOf(source: DataNode): "primary" | "extra" | "explicit" {
  const priority = dataText(dataAt(source, "priority"));
  if (priority === "explicit") return "explicit";
  const isDefault = dataAt(source, "default");
  const isSecondary = dataAt(source, "secondary");
  const isPrimary =
    priority === "primary" || priority === "default" || (isDefault?.kind === "scalar" && isDefault.value === true);
  return isPrimary || (priority === undefined && isSecondary === undefined) ? "primary" : "extra";
}
