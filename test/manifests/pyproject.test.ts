import { expect, test } from "vitest";
import type { IndexEntry, Requirement } from "../../src/manifests/manifest.ts";
import { readPyproject } from "../../src/manifests/pyproject.ts";
import type { Span } from "../../src/text/span.ts";

function read(text: string) {
  const facts = readPyproject("pyproject.toml", text);
  return {
    ...facts,
    requirements: facts.entries.filter((entry): entry is Requirement => entry.kind === "requirement"),
    indexes: facts.entries.filter((entry): entry is IndexEntry => entry.kind === "index"),
  };
}

function at(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start.offset, span.end.offset);
}

test("every standard table is read with its group", () => {
  const { requirements, problems } = read(`
[build-system]
requires = ["hatchling>=1.20"]
[project]
dependencies = [
  "requests>=2.28",
  'attrs',
]
[project.optional-dependencies]
web = ["flask==3.1"]
[dependency-groups]
test = ["pytest", { include-group = "lint" }]
lint = ["ruff"]
`);
  expect(problems).toEqual([]);
  expect(requirements.map(({ name, group }) => [name, group])).toEqual([
    ["hatchling", { kind: "build" }],
    ["requests", { kind: "main" }],
    ["attrs", { kind: "main" }],
    ["flask", { kind: "extra", name: "web" }],
    ["pytest", { kind: "group", name: "test" }],
    ["ruff", { kind: "group", name: "lint" }],
  ]);
});

test("places lie between the quotes", () => {
  const text = `[project]\r\ndependencies = ["a", 'Req_uests [x] >= 2.28 ; os_name == "nt"', """\nb==1"""]\r\n`;
  const [a, requests, b] = read(text).requirements;
  expect(at(text, a?.span)).toBe("a");
  expect(at(text, requests?.span)).toBe(`Req_uests [x] >= 2.28 ; os_name == "nt"`);
  expect(at(text, requests?.nameSpan)).toBe("Req_uests");
  expect(at(text, requests?.versionSpan)).toBe(">= 2.28");
  expect(at(text, b?.span)).toBe("b==1");
});

test("a string with escapes is placed as a whole", () => {
  const text = `project.dependencies = ["reque\\u0073ts>=2"]`;
  const [requests] = read(text).requirements;
  expect(requests?.name).toBe("requests");
  expect(at(text, requests?.versionSpan)).toBe(`"reque\\u0073ts>=2"`);
});

test("Poetry's tables and sources are read", () => {
  const text = `
[tool.poetry.dependencies]
python = "^3.10"
flask = "^3.1"
requests = { version = ">=2.28,<3", extras = ["socks"], source = "inside" }
app = { git = "https://git.example.org/app.git", rev = "3f2c1a9", develop = true }
lib = { path = "../lib" }
any = "*"
[[tool.poetry.dependencies.numpy]]
version = "~1.26"
markers = "python_version < '3.12'"
[tool.poetry.group.dev.dependencies]
pytest = "8.*"
[[tool.poetry.source]]
name = "inside"
url = "http://packages.example.org/simple"
priority = "supplemental"
`;
  const { requirements, indexes } = read(text);
  const shown = requirements.map(({ name, specifiers }) => [
    name,
    specifiers.map((one) => one.operator + one.version).join(),
  ]);
  expect(shown).toEqual([
    ["flask", "^3.1"],
    ["requests", ">=2.28,<3"],
    ["app", ""],
    ["lib", ""],
    ["any", ""],
    ["numpy", "~1.26"],
    ["pytest", "==8.*"],
  ]);
  expect(requirements[1]?.origin).toEqual({ kind: "index", index: "inside" });
  expect(requirements[2]).toMatchObject({ editable: true, origin: { kind: "url", vcs: "git", revision: "3f2c1a9" } });
  expect(at(text, requirements[1]?.versionSpan)).toBe(">=2.28,<3");
  expect(at(text, requirements[1]?.nameSpan)).toBe("requests");
  expect(requirements[5]?.marker).toBe("python_version < '3.12'");
  expect(indexes).toMatchObject([{ role: "extra", name: "inside", value: "http://packages.example.org/simple" }]);
  expect(at(text, indexes[0]?.valueSpan)).toBe("http://packages.example.org/simple");
});

test("uv's indexes, hosts and sources are read", () => {
  const { requirements, indexes } = read(`
[project]
dependencies = ["torch", "app", "plain"]
[tool.uv]
constraint-dependencies = ["urllib3<3"]
allow-insecure-host = ["packages.example.org"]
[[tool.uv.index]]
name = "gpu"
url = "https://gpu.example.org/simple"
explicit = true
[tool.uv.sources]
torch = [{ index = "gpu", marker = "sys_platform == 'linux'" }]
app = { git = "https://git.example.org/app.git", tag = "v1" }
`);
  expect(requirements.map(({ name, origin }) => [name, origin.kind])).toEqual([
    ["torch", "index"],
    ["app", "url"],
    ["plain", "index"],
    ["urllib3", "index"],
  ]);
  expect(requirements[0]?.origin).toEqual({ kind: "index", index: "gpu" });
  expect(requirements[3]?.group).toEqual({ kind: "constraint" });
  expect(indexes.map(({ role, value }) => [role, value])).toEqual([
    ["trusted-host", "packages.example.org"],
    ["explicit", "https://gpu.example.org/simple"],
  ]);
});

test("PDM's source without verification is a trusted host", () => {
  const { indexes } = read(`
[[tool.pdm.source]]
url = "https://packages.example.org/simple"
verify_ssl = false
name = "inside"
`);
  expect(indexes.map(({ role, value }) => [role, value])).toEqual([
    ["extra", "https://packages.example.org/simple"],
    ["trusted-host", "packages.example.org"],
  ]);
});

test("setuptools' dynamic dependencies are included files", () => {
  const { entries } = read(`[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`);
  expect(entries).toMatchObject([{ kind: "include", role: "requirements", path: "requirements.txt" }]);
});

test("a broken table file is a problem with its line", () => {
  expect(read("[project]\ndependencies = [\n").problems).toMatchObject([{ line: 3 }]);
  expect(read("[project]\nname = 1\nname = 2\n").problems).toMatchObject([{ line: 3 }]);
});

test("nesting beyond the parser's depth is a problem, not a crash", () => {
  expect(read(`a = ${"[".repeat(50_000)}${"]".repeat(50_000)}`).problems).toHaveLength(1);
});

test("a string that is no requirement is a problem at its line", () => {
  expect(read(`[project]\ndependencies = [\n  "a",\n  "not one",\n]\n`).problems).toMatchObject([{ line: 4 }]);
});
