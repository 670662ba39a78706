import { type DataNode, dataStrings } from "./data-tree.ts";
import type { ManifestEntry, Requirement } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";

/** Takes out extras that name extras of the project itself (`all = ["shop[web,mail]"]`): no package comes in by them. */
export function leaveOutOwn(entries: ManifestEntry[], name: string | undefined): void {
  if (name === undefined) return;
  const own = normalizeName(name);
  leaveOut(entries, (entry) => entry.name === own && entry.extras.length > 0);
}

/** Takes out the packages of a list of names, whoever asks for them. */
export function leaveOutExcluded(entries: ManifestEntry[], list: DataNode | undefined): void {
  const names = new Set(dataStrings(list).map(({ value }) => normalizeName(value)));
  leaveOut(entries, ({ name }) => name !== undefined && names.has(name));
}

function leaveOut(entries: ManifestEntry[], isLeftOut: (entry: Requirement) => boolean): void {
  const others = entries.filter((entry) => entry.kind !== "requirement" || !isLeftOut(entry));
  entries.splice(0, entries.length, ...others);
}
