import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { keyOfRelease } from "../manifests/advisory.ts";
import type { Advisories } from "../service/ports.ts";
import { flawsOf } from "./flaws-of.ts";
import { type OsvRecord, osvRecord, packagesOf } from "./osv-record.ts";

/** Files that are open at a time. */
const AT_ONCE = 64;

/** Looks into a folder of OSV's records, as its export of an ecosystem is unpacked: one JSON file each. Read once, when first asked. */
export function createOsvFolder(folder: string): Advisories {
  let index: Promise<ReadonlyMap<string, readonly OsvRecord[]>> | undefined;
  return {
    async lookUp(releases) {
      index ??= readFolder(folder);
      const once = [...new Map(releases.map((release) => [keyOfRelease(release), release])).values()];
      try {
        const records = await index;
        return {
          known: once.flatMap((release) => flawsOf(release, records.get(release.name) ?? []) ?? []),
          unchecked: [],
        };
      } catch {
        index = undefined;
        return { known: [], unchecked: once };
      }
    },
  };
}

/** Records by package. A file that is no record, as a list of all of them, is passed over; a folder without any is an error. */
async function readFolder(folder: string): Promise<ReadonlyMap<string, readonly OsvRecord[]>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".json"));
  const records = new Map<string, OsvRecord[]>();
  for (let next = 0; next < names.length; next += AT_ONCE) {
    const texts = await Promise.all(
      names.slice(next, next + AT_ONCE).map((name) => readFile(join(folder, name), "utf8")),
    );
    for (const text of texts) {
      const record = recordIn(text);
      for (const name of record === undefined ? [] : new Set(packagesOf(record))) {
        if (record !== undefined) records.set(name, [...(records.get(name) ?? []), record]);
      }
    }
  }
  if (records.size === 0) throw new Error("the folder has no records of OSV about packages of PyPI");
  return records;
}

function recordIn(text: string): OsvRecord | undefined {
  try {
    return osvRecord.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
