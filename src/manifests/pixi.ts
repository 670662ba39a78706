import { readCondaSpecifiers } from "./conda-specifiers.ts";
import { type DataNode, dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import type { RequirementGroup } from "./manifest.ts";
import { addIndex, addPython, type Section } from "./section.ts";
import { addTable } from "./table-requirements.ts";

/** `[tool.pixi]`, or the whole of `pixi.toml`: packages of conda and of Python's index, for all platforms or one, by feature. */
export function readPixi(section: Section, pixi: DataNode | undefined): void {
  for (const workspace of ["workspace", "project"]) addChannels(section, dataAt(pixi, workspace, "channels"));
  readPackages(section, pixi, { kind: "main" });
  for (const [name, { value }] of dataEntries(dataAt(pixi, "feature"))) {
    addChannels(section, dataAt(value, "channels"));
    readPackages(section, value, { kind: "group", name });
  }
}

/** A channel is a name, an address, or a table with either. */
function addChannels(section: Section, channels: DataNode | undefined): void {
  const named = dataItems(channels).map((item) => dataAt(item, "channel") ?? item);
  for (const channel of named) if (/^https?:\/\//.test(dataText(channel) ?? "")) addIndex(section, "explicit", channel);
}

function readPackages(section: Section, owner: DataNode | undefined, group: RequirementGroup): void {
  const platforms = dataEntries(dataAt(owner, "target")).map(([, { value }]) => value);
  for (const table of [owner, ...platforms]) {
    for (const [key, needed] of OF_CONDA)
      addTable(section, dataAt(table, key), needed ?? group, {
        readRange: readCondaSpecifiers,
        more: ({ value }, origin) => {
          const channel = dataText(dataAt(value, "channel")) ?? "conda";
          return origin.kind === "index" ? { origin: { kind: "index", index: channel, ofConda: true } } : {};
        },
      });
    addTable(section, dataAt(table, "pypi-dependencies"), group);
    addPython(section, dataAt(table, "dependencies"), "python", readCondaSpecifiers);
  }
  readOptions(section, dataAt(owner, "pypi-options"));
}

/** Tables of conda's packages; those without a group are of whatever holds them. */
const OF_CONDA: readonly (readonly [string, RequirementGroup | undefined])[] = [
  ["dependencies", undefined],
  ["host-dependencies", { kind: "build" }],
  ["build-dependencies", { kind: "build" }],
  ["constraints", { kind: "constraint" }],
];

function readOptions(section: Section, options: DataNode | undefined): void {
  addIndex(section, "primary", dataAt(options, "index-url"));
  for (const url of dataStrings(dataAt(options, "extra-index-urls"))) addIndex(section, "extra", url);
  for (const link of dataItems(dataAt(options, "find-links"))) addIndex(section, "find-links", dataAt(link, "url"));
  addTable(section, dataAt(options, "dependency-overrides"), { kind: "constraint" });
}
