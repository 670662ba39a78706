import { compare } from "@renovatebot/pep440";
import type { Flaw, PackageAdvisories, PackageVersion } from "../manifests/advisory.ts";
import { affects, fixesOf, type OsvRecord, SEVERITIES, severityOf } from "./osv-record.ts";

/** What records say of one release; undefined where none is about it. */
export function flawsOf(release: PackageVersion, records: readonly OsvRecord[]): PackageAdvisories | undefined {
  const { name, version } = release;
  const about = records.filter((record) => affects(record, name, version));
  if (about.length === 0) return undefined;
  const fixedIn = about
    .flatMap((record) => fixesOf(record, name))
    .filter((fixed) => compare(fixed, version) > 0 && !about.some((record) => affects(record, name, fixed)))
    .toSorted(compare)[0];
  return { ...release, flaws: groups(about).map(flawOf), ...(fixedIn !== undefined && { fixedIn }) };
}

/** Records that share a name are about one flaw: the databases copy from each other. */
function groups(records: readonly OsvRecord[]): readonly (readonly OsvRecord[])[] {
  const found: OsvRecord[][] = [];
  for (const record of records) {
    const names = namesOf(record);
    const [first, ...others] = found.filter((group) =>
      group.some((one) => namesOf(one).some((id) => names.includes(id))),
    );
    if (first === undefined) found.push([record]);
    else {
      first.push(record, ...others.flat());
      for (const other of others) found.splice(found.indexOf(other), 1);
    }
  }
  return found;
}

function flawOf(records: readonly OsvRecord[]): Flaw {
  const ids = [...new Set(records.flatMap(namesOf))].filter((id) => SPEAKABLE.test(id)).toSorted(compareIds);
  const severities = records.map(severityOf).filter((severity) => severity !== undefined);
  const severity = SEVERITIES.findLast((one) => severities.includes(one));
  const [first = "", ...more] = ids;
  return { ids: [first, ...more], ...(severity !== undefined && { severity }) };
}

const SPEAKABLE = /^[A-Z0-9][A-Za-z0-9.-]{1,60}$/;

function namesOf({ id, aliases }: OsvRecord): readonly string[] {
  return [id, ...aliases];
}

const KNOWN = ["CVE-", "GHSA-", "PYSEC-"];

function compareIds(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : 1);
}

function rankOf(id: string): number {
  const rank = KNOWN.findIndex((prefix) => id.startsWith(prefix));
  return rank === -1 ? KNOWN.length : rank;
}
