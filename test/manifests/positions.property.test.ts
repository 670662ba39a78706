import fc from "fast-check";
import { expect, test } from "vitest";
import type { ManifestFacts } from "../../src/manifests/manifest.ts";
import { readManifest } from "../../src/manifests/read-manifest.ts";
import { createLineIndex } from "../../src/text/line-index.ts";
import type { Span } from "../../src/text/span.ts";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,5}([-_.][A-Za-z0-9]{1,3}){0,2}$/);
const version = fc.stringMatching(/^[0-9]{1,2}(\.[0-9]{1,2}){0,2}$/);
const operator = fc.constantFrom("==", ">=", "<=", "!=", "<", ">");
const blank = fc.constantFrom("", " ", "  ");
const range = fc
  .array(
    fc.tuple(operator, blank, version).map((parts) => parts.join("")),
    { maxLength: 3 },
  )
  .chain((clauses) => fc.constantFrom(",", ", ", " , ").map((comma) => clauses.join(comma)));
const extras = fc.oneof(
  fc.constant(""),
  fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => `[${names.join(", ")}]`),
);
const marker = fc.constantFrom("", "; os_name == 'nt'", ` ; python_version >= "3.10"`);
const requirement = fc.tuple(name, extras, blank, range, marker).map((parts) => parts.join("").trim());
const lineEnd = fc.constantFrom("\n", "\r\n");
const before = fc.constantFrom("", "\uFEFF", "# first\n", "# ünï 🐍\r\n", "\n\n");
const behind = fc.constantFrom("", "  # why", " \\\n  --hash=sha256:00ff", " \\\r\n  --hash=sha256:00ff");

const requirementsFile = fc
  .tuple(before, fc.array(fc.tuple(requirement, behind, lineEnd), { maxLength: 6 }))
  .map(([head, lines]) => ({
    path: "requirements.txt",
    text: head + lines.map((parts) => parts.join("")).join(""),
    written: lines.map(([line]) => line),
  }));

const pyproject = fc
  .tuple(
    before,
    lineEnd,
    fc.array(
      requirement.filter((one) => !one.includes("'") && !one.includes(`"`)),
      { maxLength: 6 },
    ),
  )
  .map(([head, end, written]) => ({
    path: "pyproject.toml",
    text: `${head}[project]${end}dependencies = [${end}${written.map((one, at) => (at % 2 ? `"${one}",` : `'${one}',`)).join(end)}]${end}`,
    written,
  }));

function textAt(text: string, span: Span | undefined): string {
  return span === undefined ? "" : text.slice(span.start.offset, span.end.offset);
}

function positionsAgree(facts: ManifestFacts): void {
  const lines = createLineIndex(facts.text);
  for (const { span } of facts.entries) {
    expect(lines.positionAt(span.start.offset)).toEqual(span.start);
    expect(lines.positionAt(span.end.offset)).toEqual(span.end);
  }
}

test("the text at a requirement's place is the requirement, and so are its parts", () => {
  fc.assert(
    fc.property(fc.oneof(requirementsFile, pyproject), ({ path, text, written }) => {
      const facts = readManifest(path, text);
      expect(facts?.problems).toEqual([]);
      const requirements = facts?.entries.filter((entry) => entry.kind === "requirement") ?? [];
      expect(requirements.map(({ span }) => textAt(text, span))).toEqual(written);
      for (const one of requirements) {
        expect(textAt(text, one.nameSpan)).toBe(one.writtenName);
        const clauses = one.specifiers.map((clause) => clause.operator + clause.version);
        expect(textAt(text, one.versionSpan).replaceAll(" ", "")).toBe(clauses.join(","));
      }
      if (facts !== undefined) positionsAgree(facts);
    }),
  );
});

test("any text is read without a crash, and every place lies in the text", () => {
  const pieces = fc.constantFrom(
    "-r",
    "-e",
    "--hash=",
    "==",
    "@",
    "[",
    "]",
    ";",
    "#",
    "\\",
    "\n",
    "\r\n",
    " ",
    '"',
    "'",
    "a",
    "git+",
    "${A}",
    "=",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(anyText, fc.constantFrom("requirements.txt", "pyproject.toml"), (text, path) => {
      const facts = readManifest(path, text);
      if (facts !== undefined) positionsAgree(facts);
    }),
    { numRuns: 500 },
  );
});
