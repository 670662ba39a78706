import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createOsvFolder } from "../../src/packages/osv-folder.ts";
import { record } from "./osv-server.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "safepath-osv-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const JINJA = { name: "jinja2", version: "3.1.2" };

test("records lie in files, also of folders below; what is no record is passed over", async () => {
  const at = folder();
  mkdirSync(join(at, "PyPI"));
  const flaw = record("GHSA-cccc", "Jinja2", [{ introduced: "0" }, { fixed: "3.1.5" }]);
  writeFileSync(join(at, "PyPI", "GHSA-cccc.json"), JSON.stringify(flaw));
  writeFileSync(join(at, "broken.json"), "{");
  writeFileSync(join(at, "README.md"), "records");
  const { known, unchecked } = await createOsvFolder(at).lookUp([JINJA, { name: "flask", version: "3.1.1" }]);
  expect(known).toEqual([{ ...JINJA, flaws: [{ ids: ["GHSA-cccc"] }], fixedIn: "3.1.5" }]);
  expect(unchecked).toEqual([]);
});

test("a folder that is missing or has no record checks nothing, and says so", async () => {
  const empty = folder();
  for (const at of [empty, join(empty, "nowhere")]) {
    expect(await createOsvFolder(at).lookUp([JINJA])).toEqual({ known: [], unchecked: [JINJA] });
  }
});
