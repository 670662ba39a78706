import { type DataNode, dataAt, dataEntries, dataItems } from "./data-tree.ts";
import type { RequirementGroup } from "./manifest.ts";
import { addIndex, addRequirement, addRequirements, type Section } from "./section.ts";

/** `[tool.hatch]`, or the whole of `hatch.toml`: environments, and what is needed to build. */
export function readHatch(section: Section, hatch: DataNode | undefined): void {
  addRequirements(section, dataAt(hatch, "env", "requires"), { kind: "build" });
  for (const [name, { value }] of dataEntries(dataAt(hatch, "envs"))) {
    const group: RequirementGroup = { kind: "group", name };
    for (const key of ["dependencies", "extra-dependencies"]) addRequirements(section, dataAt(value, key), group);
    addOverrides(section, dataAt(value, "overrides"), group);
    for (const [variable, role] of INDEX_VARIABLES) addIndex(section, role, dataAt(value, "env-vars", variable));
  }
  readBuild(section, hatch);
}

/** What pip and uv, which fill an environment, read out of its variables. */
const INDEX_VARIABLES = [
  ["PIP_INDEX_URL", "primary"],
  ["PIP_EXTRA_INDEX_URL", "extra"],
  ["PIP_FIND_LINKS", "find-links"],
  ["PIP_TRUSTED_HOST", "trusted-host"],
  ["UV_INDEX_URL", "primary"],
  ["UV_DEFAULT_INDEX", "primary"],
  ["UV_EXTRA_INDEX_URL", "extra"],
] as const;

/** `overrides.SOURCE.CONDITION.dependencies`, a list of requirements or of tables with their `value`. */
function addOverrides(section: Section, overrides: DataNode | undefined, group: RequirementGroup): void {
  const conditions = dataEntries(overrides).flatMap(([, source]) => dataEntries(source.value));
  for (const [key, { value }] of conditions.flatMap(([, condition]) => dataEntries(condition.value))) {
    if (!/^(?:set-)?(?:extra-)?dependencies$/.test(key)) continue;
    addRequirements(section, value, group);
    for (const item of dataItems(value)) addRequirement(section, dataAt(item, "value"), group);
  }
}

/** Of all targets, of one, and of the hooks of both and of the metadata. */
function readBuild(section: Section, hatch: DataNode | undefined): void {
  const build = dataAt(hatch, "build");
  const targets = dataEntries(dataAt(build, "targets")).map(([, { value }]) => value);
  const hooks = [build, dataAt(hatch, "metadata"), ...targets].flatMap((owner) =>
    dataEntries(dataAt(owner, "hooks")).map(([, { value }]) => value),
  );
  for (const owner of [build, ...targets, ...hooks])
    addRequirements(section, dataAt(owner, "dependencies"), { kind: "build" });
}
