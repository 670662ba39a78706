import { expect, test } from "vitest";
import { readSpecifiers } from "../../src/manifests/specifiers.ts";
import { isVersionFile, readVersions, VERSION_FILES } from "../../src/manifests/version-files.ts";
import { isBelow, rangeOf, type VersionRange } from "../../src/manifests/version-range.ts";

function range(clauses: string): VersionRange {
  return rangeOf(readSpecifiers(clauses) ?? []) ?? { isPinned: false };
}

test.each([
  ["==5.4.1", "6", true],
  ["==6", "6.0", false],
  ["==6.*", "6", false],
  [">=5.1", "6", true],
  [">=5.1,<6", "6", true],
  [">=6.0.1", "6", false],
  ["~=6.0", "6", false],
  ["<6", "6", true],
  ["<=5.4", "6", true],
  ["<7", "6", undefined],
  ["!=5.4", "6", undefined],
  ["==1.16.0rc1", "1.16", true],
  ["==10.0", "9.1", false],
])("a project that asks for %s runs below %s: %s", (clauses, version, expected) => {
  expect(isBelow(range(clauses), version)).toBe(expected);
});

test("of several lower bounds the highest counts", () => {
  expect(range(">=5,>=6.1")).toMatchObject({ lowest: "6.1" });
});

const UV = `version = 1
requires-python = ">=3.12"

[[package]]
name = "numpy"
version = "2.1.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "numpy"
version = "1.26.4"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "pyyaml"
version = "6.0.2"
`;

test.each<readonly [string, string, Record<string, string>]>([
  ["uv.lock", UV, { numpy: "1.26.4", pyyaml: "6.0.2" }],
  ["svc/poetry.lock", '[[package]]\nname = "PyYAML"\nversion = "5.4.1"\noptional = false\n', { pyyaml: "5.4.1" }],
  ["pdm.lock", '[[package]]\r\nname = "lxml"\r\nversion = "4.9"\r\n', { lxml: "4.9" }],
  [
    "Pipfile.lock",
    '{"_meta": {"requires": {"python_version": "3.11"}}, "default": {"PyJWT": {"version": "==1.7.1"}, "own": {"path": "."}}}',
    { pyjwt: "1.7.1", python: "3.11" },
  ],
  ["Pipfile.lock", "{", {}],
  ["Pipfile.lock", '{"default": []}', {}],
  [".python-version", "3.12.4\n3.11.2\n", { python: "3.12.4" }],
  [".python-version", "pypy3.9\n", {}],
  ["requirements.txt", "flask==2.1\ndjango\nlxml>=4.9 # parser\n./own\n", { flask: "2.1", lxml: "4.9" }],
  ["requirements/base.txt", "lxml~=5.2\n", { lxml: "5.2" }],
  ["constraints.txt", "Flask_Cors==4.0\n", { "flask-cors": "4.0" }],
  [
    "pyproject.toml",
    '[build-system]\nrequires = ["numpy==1.0"]\n[project]\nrequires-python = ">=3.10"\ndependencies = ["lxml>=5"]\n',
    { lxml: "5", python: "3.10" },
  ],
  [
    "pyproject.toml",
    '[tool.poetry.dependencies]\npython = "^3.9"\nlxml = "^5.1"\npyyaml = { version = "~5.4" }\n',
    { lxml: "5.1", pyyaml: "5.4", python: "3.9" },
  ],
  ["pyproject.toml", "[project", {}],
])("%s tells the lowest versions", (path, text, expected) => {
  expect(isVersionFile(path)).toBe(true);
  const lowest = [...readVersions(path, text)].map(([name, { lowest }]) => [name, lowest]);
  expect(Object.fromEntries(lowest)).toEqual(expected);
});

test("a lock and an exact version fix it, a lower bound does not", () => {
  const isPinned = (path: string, text: string) => [...readVersions(path, text).values()].map((one) => one.isPinned);
  expect(isPinned("uv.lock", UV)).toEqual([true, true]);
  expect(isPinned("requirements.txt", "flask==2.1\nlxml>=4.9\ndjango==4.*\n")).toEqual([true, false, false]);
});

test("other files of a project tell no versions", () => {
  expect(VERSION_FILES.length).toBeGreaterThan(5);
  expect(["app.py", "my-uv.lock", "dev-requirements.txt", "docs/requirements/dev.txt"].filter(isVersionFile)).toEqual(
    [],
  );
});
