import { expect, test } from "vitest";
import { flawsOf } from "../../src/packages/flaws-of.ts";
import { affects, osvRecord } from "../../src/packages/osv-record.ts";
import { record } from "./osv-server.ts";

const BRANCHES = record("GHSA-aaaa", "django", [
  { introduced: "4.0" },
  { fixed: "4.2.16" },
  { introduced: "5.0" },
  { fixed: "5.0.9" },
]);

test.each([
  ["3.2", false],
  ["4.0", true],
  ["4.2.15", true],
  ["4.2.16", false],
  ["5.0a1", false],
  ["5.0", true],
  ["5.0.9", false],
  ["no version", false],
])("a range is open at its end: %s", (version, expected) => {
  expect(affects(BRANCHES, "django", version)).toBe(expected);
});

test.each<[readonly Readonly<Record<string, string>>[], string, boolean]>([
  [[{ introduced: "0" }], "0.1", true],
  [[{ introduced: "0" }, { last_affected: "1.0" }], "1.0", true],
  [[{ introduced: "0" }, { last_affected: "1.0" }], "1.0.1", false],
  [[{ fixed: "2" }, { introduced: "1" }], "1.5", true],
])("events %j speak of %s: %s", (events, version, expected) => {
  expect(affects(record("A-1", "x", events), "x", version)).toBe(expected);
});

test("a release that is listed has the flaw, however it is written; a record that was withdrawn says nothing", () => {
  const listed = osvRecord.parse({
    id: "PYSEC-1",
    affected: [{ package: { ecosystem: "PyPI", name: "Some.Package" }, versions: ["1.0.0"] }],
  });
  expect(affects(listed, "some-package", "1.0")).toBe(true);
  expect(affects(listed, "some-package", "1.1")).toBe(false);
  expect(affects({ ...listed, withdrawn: "2025-01-01T00:00:00Z" }, "some-package", "1.0")).toBe(false);
});

test("a package of that name in another ecosystem is another package", () => {
  const [affected] = BRANCHES.affected;
  const elsewhere = { ...BRANCHES, affected: [{ ...affected, package: { ecosystem: "npm", name: "django" } }] };
  expect(affects(osvRecord.parse(elsewhere), "django", "4.0")).toBe(false);
});

test("records that share a name are one flaw, with the worst severity", () => {
  const ghsa = record("GHSA-aaaa", "x", [{ introduced: "0" }, { fixed: "2.0" }], {
    aliases: ["CVE-2025-1"],
    database_specific: { severity: "HIGH" },
  });
  const pysec = record("PYSEC-2025-1", "x", [{ introduced: "0" }, { fixed: "2.0" }], { aliases: ["CVE-2025-1"] });
  const other = record("GHSA-bbbb", "x", [{ introduced: "0" }, { fixed: "1.5" }]);
  expect(flawsOf({ name: "x", version: "1.0" }, [ghsa, other, pysec])).toEqual({
    name: "x",
    version: "1.0",
    flaws: [{ ids: ["CVE-2025-1", "GHSA-aaaa", "PYSEC-2025-1"], severity: "high" }, { ids: ["GHSA-bbbb"] }],
    fixedIn: "2.0",
  });
});

test("what is to be taken has none of the flaws", () => {
  const late = record("GHSA-bbbb", "django", [{ introduced: "0" }, { fixed: "5.0.2" }]);
  expect(flawsOf({ name: "django", version: "4.1" }, [BRANCHES, late])?.fixedIn).toBe("5.0.9");
  const forever = record("GHSA-cccc", "django", [{ introduced: "0" }]);
  expect(flawsOf({ name: "django", version: "4.1" }, [BRANCHES, forever])).not.toHaveProperty("fixedIn");
});

test("ids that are no ids are not said", () => {
  const odd = record("GHSA-aaaa", "x", [{ introduced: "0" }], {
    aliases: ["[click](http://example.org)", "CVE-2025-1"],
  });
  expect(flawsOf({ name: "x", version: "1" }, [odd])?.flaws).toEqual([{ ids: ["CVE-2025-1", "GHSA-aaaa"] }]);
});

test("what the database does not rate its vectors do, and a package that was made to harm is critical", () => {
  const severities = (id: string, more: object) => {
    const found = flawsOf({ name: "x", version: "1" }, [record(id, "x", [{ introduced: "0" }], more)]);
    return found?.flaws.map(({ severity }) => severity);
  };
  const vectors = [
    { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N" },
    { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" },
  ];
  expect(severities("PYSEC-2025-1", { severity: vectors })).toEqual(["high"]);
  expect(severities("GHSA-aaaa", { severity: vectors, database_specific: { severity: "LOW" } })).toEqual(["low"]);
  const newer = { type: "CVSS_V4", score: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" };
  expect(severities("PYSEC-2025-3", { severity: [...vectors, newer] })).toEqual(["critical"]);
  const unreadable = { type: "CVSS_V4", score: "CVSS:4.0/AV:N" };
  expect(severities("PYSEC-2025-4", { severity: [unreadable, ...vectors] })).toEqual(["high"]);
  expect(severities("PYSEC-2025-2", {})).toEqual([undefined]);
  expect(severities("MAL-2025-1", {})).toEqual(["critical"]);
});
