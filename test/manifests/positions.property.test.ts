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

const locked = fc.uniqueArray(fc.tuple(name, version), { maxLength: 6, selector: ([one]) => one.toLowerCase() });

const uvLock = fc.tuple(before, lineEnd, locked).map(([head, end, packages]) => ({
  path: "uv.lock",
  packages,
  text:
    head +
    packages
      .flatMap(([one, at]) => [
        "[[package]]",
        `name = "${one}"`,
        `version = '${at}'`,
        `wheels = [{ hash = "sha256:00" }]`,
      ])
      .join(end),
}));

/** A lock of tables, as Poetry, PDM and PEP 751 write them. */
const tableLock = fc
  .tuple(fc.constantFrom("poetry.lock", "pdm.lock", "pylock.toml", "pylock.dev.toml"), before, lineEnd, locked)
  .map(([path, head, end, packages]) => ({
    path,
    packages,
    text:
      head +
      packages
        .flatMap(([one, at]) => [
          path.startsWith("pylock") ? "[[packages]]" : "[[package]]",
          `name = "${one}"`,
          `version = "${at}"`,
          "optional = false",
          "",
        ])
        .join(end),
  }));

const pipfile = fc.tuple(before, lineEnd, locked).map(([head, end, packages]) => ({
  path: "Pipfile",
  packages,
  text: head + ["[packages]", ...packages.map(([one, at]) => `"${one}" = "==${at}"  # why`)].join(end),
}));

const poetry = fc.tuple(before, lineEnd, locked).map(([head, end, packages]) => ({
  path: "pyproject.toml",
  packages,
  text:
    head +
    [
      "[tool.poetry.dependencies]",
      ...packages.map(([one, at], index) => `"${one}" = ${index % 2 ? `"==${at}"` : `{ version = '==${at}' }`}`),
    ].join(end),
}));

const conda = fc.tuple(lineEnd, locked).map(([end, packages]) => ({
  path: "environment.yml",
  packages: packages.filter(([one]) => !/^(?:python|pip)$/i.test(one)),
  text: ["dependencies:", ...packages.map(([one, at]) => `- "${one}==${at}" # why`)].join(end),
}));

const pipfileLock = fc.tuple(fc.constantFrom(0, 2, 4), locked).map(([indent, packages]) => ({
  path: "Pipfile.lock",
  packages,
  text: JSON.stringify(
    { default: Object.fromEntries(packages.map(([one, at]) => [one, { hashes: ["sha256:00"], version: `==${at}` }])) },
    undefined,
    indent,
  ),
}));

const setupCfg = fc.tuple(lineEnd, locked).map(([end, packages]) => ({
  path: "setup.cfg",
  packages,
  text: ["[options]", "install_requires =", ...packages.map(([one, at]) => `  ${one} == ${at} # why`)].join(end),
}));

const environment = fc.tuple(lineEnd, locked).map(([end, packages]) => ({
  path: "environment.yml",
  packages,
  text: ["dependencies:", "- pip:", ...packages.map(([one, at]) => `  - "${one}==${at}" # why`)].join(end),
}));

const PATHS = [
  "requirements.txt",
  "pyproject.toml",
  "Pipfile",
  "Pipfile.lock",
  "poetry.lock",
  "setup.cfg",
  "environment.yml",
];

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

test("the text at the name and version of a package is its name and version, in every format", () => {
  fc.assert(
    fc.property(
      fc.oneof(uvLock, tableLock, pipfileLock, pipfile, poetry, setupCfg, environment, conda),
      ({ path, text, packages }) => {
        const facts = readManifest(path, text);
        expect(facts?.problems).toEqual([]);
        const requirements = facts?.entries.filter((entry) => entry.kind === "requirement") ?? [];
        const written = requirements.map(({ nameSpan, versionSpan }) => [
          textAt(text, nameSpan).replaceAll('"', ""),
          textAt(text, versionSpan).replace(/^==\s*/, ""),
        ]);
        expect(written.toSorted()).toEqual(packages.toSorted());
        if (facts !== undefined) positionsAgree(facts);
      },
    ),
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
    "[options]\ninstall_requires =",
    "dependencies:\n- ",
    "[[package]]\nname=",
    ": ",
    "{",
    "git+",
    "${A}",
    "=",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(anyText, fc.constantFrom(...PATHS), (text, path) => {
      const facts = readManifest(path, text);
      if (facts !== undefined) positionsAgree(facts);
    }),
    { numRuns: 500 },
  );
});
