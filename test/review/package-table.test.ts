import { expect, test } from "vitest";
import type { PackageFacts } from "../../src/manifests/package-facts.ts";
import type { NewPackage } from "../../src/review/new-package.ts";
import { packageNotes } from "../../src/review/package-notes.ts";
import { planReview } from "../../src/review/plan-review.ts";
import { analysis, input, lines } from "./build.ts";

const GOOD: PackageFacts = {
  version: "2.0",
  firstRelease: "2019-07-30T12:00:00Z",
  lastRelease: "2026-10-02T09:00:00Z",
  owners: 4,
  isYanked: false,
  licence: "MIT",
  source: { address: "github.com/a/b", isAttested: true, score: 6.14, hasSecurityPolicy: true, isArchived: false },
  brings: 7,
};

const TODAY = "2026-11-27";

function known(facts: Partial<PackageFacts> = {}): NewPackage["answer"] {
  return { kind: "known", facts: { ...GOOD, ...facts } };
}

function notes(answer: NewPackage["answer"]): string {
  return packageNotes({ answer }, TODAY).join("; ");
}

test("nothing is noted of a package that is well kept", () => {
  expect(notes(known())).toBe("");
});

test.each<[string, NewPackage["answer"], string]>([
  ["yanked", known({ isYanked: true }), "the release was taken back by its authors"],
  ["young", known({ firstRelease: "2026-11-15T10:00:00Z" }), "first released 12 days ago"],
  ["of yesterday", known({ firstRelease: "2026-11-26T23:00:00Z" }), "first released yesterday"],
  ["of today", known({ firstRelease: "2026-11-27T23:00:00Z" }), "first released today"],
  ["as old as it may be", known({ firstRelease: "2026-08-29T00:00:00Z" }), ""],
  ["stale", known({ lastRelease: "2023-11-01T00:00:00Z" }), "no release for 3 years"],
  ["stale, of one", known({ lastRelease: "2023-11-01T00:00:00Z", owners: 1 }), "no release for 3 years, and one owner"],
  [
    "bare",
    { kind: "known", facts: { version: "1", isYanked: false } },
    "has no release; names no licence; names no source repository",
  ],
  [
    "badly kept",
    known({ source: { address: "x", isAttested: false, score: 2.9, hasSecurityPolicy: false, isArchived: true } }),
    "its repository is archived; low OpenSSF score; no security policy",
  ],
  ["not there", { kind: "absent" }, "PyPI has no package of this name: whoever registers it is who gets installed"],
  ["not answered for", { kind: "unanswered" }, "nobody answered: not looked at"],
  ["of another index", { kind: "withheld" }, "not of PyPI as far as the files tell: nobody was asked"],
  ["one too many", { kind: "unasked" }, "not looked at: too many at once"],
])("of a package that is %s, it is noted", (_, answer, expected) => {
  expect(notes(answer)).toBe(expected);
});

function summary(newPackages: readonly NewPackage[] | undefined, more: Parameters<typeof analysis>[1] = {}): string {
  const analyses = [analysis("pyproject.toml", more)];
  return planReview(input({ analyses, ...(newPackages !== undefined && { newPackages }) })).check.summary;
}

test("the check lists new packages, those that are worth a look first", () => {
  const at = lines("pyproject.toml", 3);
  const packages = { added: [], before: [], withheld: [], locked: { before: 41, after: 47 } };
  const text = summary(
    [
      { name: "good", version: "2.0", location: at, answer: known() },
      { name: "gone", location: at, answer: { kind: "absent" } },
    ],
    { packages },
  );
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  const place = "[`pyproject.toml` line 3](https://github.example/shop/web/blob/";
  expect(text).toContain("<details><summary>New packages (2, 1 worth a look)</summary>");
  expect(text).toContain("`pyproject.toml` goes from 41 to 47 packages.");
  expect(rows[1]).toContain(`\`gone\`<br>${place}`);
  expect(rows[2]).toContain("[`good 2.0`](https://pypi.org/project/good/)");
  expect(rows[2]).toContain(
    "| released 2019-07-30 to 2026-10-02; 4 owners; `MIT`; [`github.com/a/b`](https://github.com/a/b) (attested, OpenSSF 6.1, security policy); brings 7 more packages |",
  );
});

test("an address leads only to hosts of code", () => {
  const at = lines("pyproject.toml", 3);
  const source = { address: "git.example.org/x", isAttested: false };
  const text = summary([{ name: "x", location: at, answer: known({ source, organization: "acme" }) }]);
  expect(text).toContain("owned by `acme`; `MIT`; `git.example.org/x`; ");
});

test("without new packages there is no table, and a new one is not in the surface's table, too", () => {
  const location = lines("pyproject.toml", 3);
  const surface = [{ kind: "package", name: "x", change: "added", location } as const];
  expect(summary([])).not.toContain("New packages");
  expect(summary(undefined, { surface })).toContain("Attack surface (1 change)");
  expect(summary([{ name: "x", location, answer: known() }], { surface })).not.toContain("Attack surface");
});
