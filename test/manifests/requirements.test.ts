import { expect, test } from "vitest";
import type { Include, IndexEntry, ManifestFacts, Requirement } from "../../src/manifests/manifest.ts";
import { readManifest } from "../../src/manifests/read-manifest.ts";
import type { Span } from "../../src/text/span.ts";

function read(text: string, path = "requirements.txt"): ManifestFacts {
  const facts = readManifest(path, text);
  if (facts === undefined) throw new Error(`${path} is no manifest`);
  return facts;
}

function requirements(text: string, path?: string): readonly Requirement[] {
  return read(text, path).entries.filter((entry) => entry.kind === "requirement");
}

function only(text: string): Requirement {
  const [first, ...others] = requirements(text);
  if (first === undefined || others.length > 0) throw new Error(`not one requirement: ${JSON.stringify(text)}`);
  return first;
}

function at(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start.offset, span.end.offset);
}

test("a pinned requirement has a name, a version and the place of both", () => {
  const text = "# tools\n  Flask_Login == 0.6.3  # pinned\n";
  const requirement = only(text);
  expect(requirement).toMatchObject({
    name: "flask-login",
    writtenName: "Flask_Login",
    specifiers: [{ operator: "==", version: "0.6.3", wildcard: false }],
    origin: { kind: "index" },
    group: { kind: "main" },
  });
  expect(at(text, requirement.span)).toBe("Flask_Login == 0.6.3");
  expect(at(text, requirement.nameSpan)).toBe("Flask_Login");
  expect(at(text, requirement.versionSpan)).toBe("== 0.6.3");
  expect(requirement.span.start).toEqual({ line: 2, column: 2, offset: 10 });
});

test("extras, ranges, wildcards and markers are told apart", () => {
  const text = `celery[redis, Auth_B] (>=5.3,<6, != 5.4.*) ; python_version >= "3.10"`;
  const requirement = only(text);
  expect(requirement.extras).toEqual(["redis", "auth-b"]);
  expect(requirement.specifiers.map(({ operator, version }) => operator + version)).toEqual([">=5.3", "<6", "!=5.4.*"]);
  expect(requirement.specifiers[2]?.wildcard).toBe(true);
  expect(requirement.marker).toBe(`python_version >= "3.10"`);
  expect(at(text, requirement.extrasSpan)).toBe("[redis, Auth_B]");
  expect(at(text, requirement.versionSpan)).toBe(">=5.3,<6, != 5.4.*");
});

test("a name alone has no version part", () => {
  const requirement = only("requests");
  expect(requirement.specifiers).toEqual([]);
  expect(requirement.versionSpan).toBeUndefined();
});

test("continued lines are one requirement with its hashes", () => {
  const text = "flask==3.1.1 \\\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\nrequests==2\n";
  const [flask, requests] = requirements(text);
  expect(flask?.hashes).toEqual(["sha256:aa", "sha256:bb"]);
  expect(at(text, flask?.span)).toBe("flask==3.1.1");
  expect(requests?.span.start.line).toBe(4);
});

test("a comment line after a continuation ends the requirement", () => {
  expect(requirements("flask \\\n# why\nrequests\n").map(({ name }) => name)).toEqual(["flask", "requests"]);
});

test("a sharp without a space before it is part of the address", () => {
  expect(only("git+https://git.example.org/a.git@v1#egg=app # ours")).toMatchObject({
    name: "app",
    origin: { kind: "url", vcs: "git", revision: "v1", url: "git+https://git.example.org/a.git@v1#egg=app" },
  });
});

test.each([
  ["app @ git+ssh://git@git.example.org/app.git@3f2c1a9", { vcs: "git", revision: "3f2c1a9" }],
  ["app @ git+ssh://git@git.example.org/app.git", { vcs: "git", url: "git+ssh://git@git.example.org/app.git" }],
  ["git+file:///srv/app.git@main", { vcs: "git", revision: "main" }],
  [
    "tool @ http://files.example.org/tool-1.0.tar.gz ; os_name == 'nt'",
    { url: "http://files.example.org/tool-1.0.tar.gz" },
  ],
  [
    "https://files.example.org/tool-1.0-py3-none-any.whl",
    { url: "https://files.example.org/tool-1.0-py3-none-any.whl" },
  ],
  ["./vendor/tool-1.0-py3-none-any.whl", { kind: "path", path: "./vendor/tool-1.0-py3-none-any.whl" }],
  ["file:///srv/tool.zip", { kind: "path", path: "/srv/tool.zip" }],
  ["tool-1.0.tar.gz", { kind: "path", path: "tool-1.0.tar.gz" }],
])("%s names its place", (line, origin) => {
  expect(only(line).origin).toMatchObject(origin);
});

test("the branch of an address is no revision of a user in it", () => {
  const { origin } = only("git+ssh://git@git.example.org/app.git");
  expect(origin).not.toHaveProperty("revision");
});

test("an editable requirement spans its option", () => {
  const text = "--editable=git+https://git.example.org/a.git#egg=App[web]\n-e .[test]\n-e../lib\n";
  const [first, second, third] = requirements(text);
  expect(first).toMatchObject({ name: "app", extras: ["web"], editable: true, origin: { kind: "url", vcs: "git" } });
  expect(second).toMatchObject({ editable: true, extras: ["test"], origin: { kind: "path", path: "." } });
  expect(third?.origin).toEqual({ kind: "path", path: "../lib" });
  expect(at(text, second?.span)).toBe("-e .[test]");
});

test("indexes and trusted hosts are entries, several on a line too", () => {
  const text = `-i "https://a.example.org/simple" --trusted-host a.example.org\n--extra-index-url=http://b.example.org/simple\n`;
  const indexes = read(text).entries.filter((entry): entry is IndexEntry => entry.kind === "index");
  expect(indexes.map(({ role, value }) => [role, value])).toEqual([
    ["primary", "https://a.example.org/simple"],
    ["trusted-host", "a.example.org"],
    ["extra", "http://b.example.org/simple"],
  ]);
  expect(indexes.map(({ valueSpan }) => at(text, valueSpan))).toEqual(indexes.map(({ value }) => value));
  expect(indexes.map(({ span }) => at(text, span))).toEqual([
    `-i "https://a.example.org/simple"`,
    "--trusted-host a.example.org",
    "--extra-index-url=http://b.example.org/simple",
  ]);
});

test("included files are entries", () => {
  const includes = read("-r base.txt\n-cconstraints.txt\n--requirement=dev.txt").entries as readonly Include[];
  expect(includes.map(({ role, path }) => [role, path])).toEqual([
    ["requirements", "base.txt"],
    ["constraints", "constraints.txt"],
    ["requirements", "dev.txt"],
  ]);
});

test("options that say nothing about packages are known", () => {
  expect(read("--no-binary :all:\n--require-hashes\n")).toMatchObject({ entries: [], problems: [] });
});

test("a version from the environment counts as a version", () => {
  expect(only("app==${APP_VERSION}")).toMatchObject({
    variables: ["APP_VERSION"],
    specifiers: [{ operator: "==", version: "${APP_VERSION}" }],
  });
});

test("a byte order mark and CRLF change nothing", () => {
  const text = "\uFEFFflask==3.1\r\nrequests==2.32\r\n";
  const read = requirements(text);
  expect(read.map(({ span }) => at(text, span))).toEqual(["flask==3.1", "requests==2.32"]);
});

test("a broken line is a problem, and the others are read", () => {
  const facts = read("flask==3.1\nflask = 1.0\n--unknown-option x\n<<<<<<< HEAD\nrequests\n");
  expect(facts.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(facts.entries).toHaveLength(2);
});

test.each([
  ["requirements.txt", "requirements"],
  ["dev-requirements.txt", "requirements"],
  ["requirements-dev.txt", "requirements"],
  ["requirements_test.txt", "requirements"],
  ["requirements/production.txt", "requirements"],
  ["requirements.in", "requirements-input"],
  ["requirements/dev.in", "requirements-input"],
  ["constraints.txt", "constraints"],
  ["requirements/constraints-3.12.txt", "constraints"],
  ["sub/pyproject.toml", "pyproject"],
  ["notes.txt", undefined],
  ["docs/requirement-engineering.md", undefined],
  ["MANIFEST.in", undefined],
])("%s is read as %s", (path, format) => {
  expect(readManifest(path, "")?.format).toBe(format);
});

test("what a constraints file says is a constraint", () => {
  expect(requirements("urllib3<3", "constraints.txt")[0]?.group).toEqual({ kind: "constraint" });
});

test("a chapter of a manual that is called so is read as none of them, and said once", () => {
  const chapter = `Requirements
============

- RAM: 2 GB, and a disk of 20 GB.
- A processor with two cores.

Reports of the memory that is in use are welcome.
Minimum

The system needs a broker, a database and
storage. Each of them may run elsewhere, as
long as it can be reached from every worker.
`;
  expect(read(chapter)).toMatchObject({
    entries: [],
    problems: [{ line: 2, reason: "a text, and no list of requirements" }],
  });
  expect(read("flask\ndjango\nnot a one\n").problems).toEqual([
    { line: 3, reason: "neither a requirement nor an option of pip" },
  ]);
});
