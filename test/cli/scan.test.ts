import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonReport } from "../../src/report/json.ts";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createFolder, createRepository, type Run, run } from "./folder.ts";
import { safe, unsafe, weak } from "./sources.ts";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

function safepath(cwd: string, ...args: readonly string[]): Run {
  return run(cli.main, cwd, args);
}

function placesIn(cwd: string, ...args: readonly string[]): readonly string[] {
  const { out } = safepath(cwd, "scan", "--format", "json", ...args);
  return (JSON.parse(out) as JsonReport).findings.map(({ path, start, rule }) => `${path}:${start.line} ${rule}`);
}

test("clean code ends with 0 and says how much was looked at", () => {
  const folder = createFolder();
  folder.write("app.py", safe);
  expect(safepath(folder.path, "scan", ".")).toEqual({ code: 0, out: "No findings in 1 file (5 lines)\n", err: "" });
});

test("an error ends with 1, place first", () => {
  const folder = createFolder();
  folder.write("app.py", unsafe);
  const { code, out } = safepath(folder.path, "scan", ".");
  expect(code).toBe(1);
  expect(out).toMatch(
    /^app\.py:4:5: error: .+ \[shell-true-dynamic\]\n {2}4 \| {5}subprocess\.run\(.*\n {4}\| {5}\^+\n/,
  );
});

test("what counts as failure is chosen, and what is shown", () => {
  const folder = createFolder();
  folder.write("app.py", weak);
  const codes = ["error", "warning", "note", "never"].map(
    (level) => safepath(folder.path, "scan", ".", "--fail-on", level).code,
  );
  expect(codes).toEqual([0, 1, 1, 0]);
  expect(safepath(folder.path, "scan", ".", "--min-level", "error").out).toBe("No findings in 1 file (5 lines)\n");
});

test("the fix is shown as a diff", () => {
  const folder = createFolder();
  folder.write("app.py", weak);
  expect(safepath(folder.path, "scan", ".").out).toContain(
    "  -    return hashlib.md5(token.encode()).hexdigest()\n  +    return hashlib.sha256(",
  );
});

test("CRLF and a byte order mark change neither lines nor columns", () => {
  const folder = createFolder();
  folder.write("plain.py", unsafe);
  folder.write("windows.py", `\uFEFF${unsafe.replaceAll("\n", "\r\n")}`);
  expect(placesIn(folder.path, ".")).toEqual(["plain.py:4 shell-true-dynamic", "windows.py:4 shell-true-dynamic"]);
  expect(safepath(folder.path, "scan", "windows.py").out).not.toContain("\r");
});

test("a file in an encoding that hides code could not be verified, which weighs more than findings", () => {
  const folder = createFolder();
  folder.write("app.py", unsafe);
  folder.write("odd.py", "# -*- coding: utf-7 -*-\n+AGkAbQBwAG8AcgB0- os\n");
  const { code, out } = safepath(folder.path, "scan", ".", "--fail-on", "never");
  expect(code).toBe(3);
  expect(out).toContain("odd.py: could not verify: not analysed: it names an encoding that is not read here");
  expect(out).toContain("app.py:4:5: error");
});

test("a file is read in the encoding that it names", () => {
  const folder = createFolder();
  folder.write("latin.py", Buffer.from(`# coding: latin-1\n# \xe4\n${unsafe}`, "latin1"));
  expect(placesIn(folder.path, ".")).toEqual(["latin.py:6 shell-true-dynamic"]);
});

test("what is no text is listed and does not fail", () => {
  const folder = createFolder();
  folder.write("latin.py", Buffer.from("x = '\xe4'\n", "latin1"));
  folder.write("data.py", Buffer.from([0, 1, 2, 0]));
  expect(safepath(folder.path, "scan", ".")).toMatchObject({
    code: 0,
    out: expect.stringContaining("data.py: notice: "),
  });
});

test("broken Python is reviewed as far as it is Python, with a notice", () => {
  const folder = createFolder();
  folder.write("app.py", `${unsafe}\n\ndef broken(:\n`);
  const { code, out } = safepath(folder.path, "scan", ".");
  expect(code).toBe(1);
  expect(out).toContain("app.py:4:5: error");
  expect(out).toMatch(/app\.py:\d+: notice: not Python that the parser knows/);
});

test("a broken manifest is read as far as it goes, with a notice", () => {
  const folder = createFolder();
  folder.write("requirements.txt", "--index-url http://packages.example.org/simple\n<<<<<<< HEAD\nflask==3.1\n");
  const { code, out } = safepath(folder.path, "scan", ".");
  expect(code).toBe(1);
  expect(out).toContain("requirements.txt:1:1: error");
  expect(out).toContain("requirements.txt:2: notice: ");
});

test("modules, stubs, scripts with a Python first line and manifests are looked at, other files are not", () => {
  const folder = createFolder();
  for (const name of ["a.py", "b.pyw", "c.pyi", "notes.txt", "no-script"]) folder.write(name, unsafe);
  folder.write("script", `#!/usr/bin/env python3\n${unsafe}`);
  folder.write("shell", `#!/bin/sh\n${unsafe}`);
  expect(placesIn(folder.path, ".").map((place) => place.split(" ")[0])).toEqual([
    "a.py:4",
    "b.pyw:4",
    "c.pyi:4",
    "script:5",
  ]);
});

test("what git ignores is left out in folders, by every .gitignore on the way", () => {
  const repository = createRepository();
  repository.write(".gitignore", "build/\n*.gen.py\n!keep.gen.py\n");
  repository.write("sub/.gitignore", "local.py\n!again.gen.py\n");
  const ignored = ["build/a.py", "x.gen.py", "sub/local.py", "sub/y.gen.py"];
  const seen = ["keep.gen.py", "local.py", "sub/again.gen.py", "sub/build.py"];
  for (const file of [...ignored, ...seen]) repository.write(file, unsafe);
  expect(placesIn(repository.path, ".").map((place) => place.split(":")[0])).toEqual(seen);
  expect(placesIn(join(repository.path, "sub"), ".").map((place) => place.split(":")[0])).toEqual([
    "again.gen.py",
    "build.py",
  ]);
});

test("a path that was named is looked at, ignored or not", () => {
  const repository = createRepository();
  repository.write(".gitignore", "build/\n*.gen.py\n");
  repository.write("build/a.py", unsafe);
  repository.write("x.gen.py", unsafe);
  expect(placesIn(repository.path, "build", "x.gen.py")).toHaveLength(2);
});

test("dependencies and other people's packages are not looked at", () => {
  const folder = createFolder();
  folder.write("env/pyvenv.cfg", "");
  for (const file of ["env/lib/a.py", "node_modules/b.py", ".git/hooks/c.py", "__pycache__/d.py"])
    folder.write(file, unsafe);
  folder.write("app.py", unsafe);
  expect(placesIn(folder.path, ".")).toHaveLength(1);
});

test("links in circles and the same file twice are seen once", () => {
  const folder = createFolder();
  folder.write("pkg/app.py", unsafe);
  symlinkSync("..", join(folder.path, "pkg/loop"));
  symlinkSync("app.py", join(folder.path, "pkg/alias.py"));
  expect(placesIn(folder.path, ".", "pkg", "pkg/alias.py")).toEqual(["pkg/app.py:4 shell-true-dynamic"]);
});

test.skipIf(process.platform === "darwin")("what cannot be read, a folder or a file, could not be verified", () => {
  const folder = createFolder();
  folder.write("app.py", unsafe);
  // Names that are no UTF-8, which nobody can open by their text.
  const below = (name: string) => Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(name, "latin1")]);
  writeFileSync(below("\xff.py"), unsafe);
  mkdirSync(below("\xfe"));
  writeFileSync(below("\xfe/b.py"), unsafe);
  const { code, out } = safepath(folder.path, "scan", ".", "--fail-on", "never");
  expect(code).toBe(3);
  expect(out).toContain("app.py:4:5: error");
  expect(out).toContain("\uFFFD.py: could not verify: not analysed: it could not be read");
  expect(out).toContain("\uFFFD: could not verify: not analysed: it could not be read");
});

test("a folder may be called what every object inherits", () => {
  const folder = createFolder();
  const names = ["__proto__", "constructor", "toString"];
  for (const name of names) folder.write(`${name}/app.py`, unsafe);
  folder.write("constructor/.safepath.yml", "rules: { shell-true-dynamic: off }\n");
  expect(placesIn(folder.path, ".")).toEqual([
    "__proto__/app.py:4 shell-true-dynamic",
    "toString/app.py:4 shell-true-dynamic",
  ]);
});

test("code before a NUL byte could not be verified", () => {
  const folder = createFolder();
  folder.write("app.py", `${unsafe}# \0\n`);
  folder.write("data.json", '{"a": "\0"}');
  const { code, out } = safepath(folder.path, "scan", ".");
  expect(code).toBe(3);
  expect(out).toContain("app.py: could not verify: not analysed: it has NUL bytes");
});

test("a file of another folder is shown by the way to it", () => {
  const folder = createFolder();
  folder.write("one/app.py", unsafe);
  mkdirSync(join(folder.path, "two"));
  expect(placesIn(join(folder.path, "two"), "../one")).toEqual([`${folder.path}/one/app.py:4 shell-true-dynamic`]);
});

test("SARIF names files from the repository's root, wherever the command runs", () => {
  const repository = createRepository();
  repository.write("sub/app.py", unsafe);
  const fromRoot = safepath(repository.path, "scan", "--format", "sarif", ".").out;
  const fromSub = safepath(join(repository.path, "sub"), "scan", "--format", "sarif", ".").out;
  expect(fromSub).toBe(fromRoot);
  const [result] = (JSON.parse(fromRoot) as Log).runs[0]?.results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("sub/app.py");
});

test("the report goes to a file when asked", () => {
  const folder = createFolder();
  folder.write("app.py", unsafe);
  const { code, out } = safepath(folder.path, "scan", ".", "--format", "sarif", "--output", "out.sarif");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(safepath(folder.path, "scan", ".", "--output", "missing/out.txt")).toMatchObject({
    code: 2,
    err: expect.stringContaining("missing/out.txt"),
  });
});

test("many files give the same report as few, in child processes", () => {
  const folder = createFolder();
  for (let at = 0; at < 40; at += 1) folder.write(`m${String(at).padStart(2, "0")}.py`, at % 2 ? unsafe : safe);
  const places = placesIn(folder.path, ".");
  expect(places).toHaveLength(20);
  expect(places).toEqual(places.toSorted());
});

test("colour comes only where it is wanted", () => {
  const folder = createFolder();
  folder.write("app.py", unsafe);
  const plain = run(cli.main, folder.path, ["scan", "."]).out;
  const coloured = run(cli.main, folder.path, ["scan", "."], { FORCE_COLOR: "1" }).out;
  expect(plain).not.toContain("\u001b");
  expect(coloured).toContain("\u001b[");
});

test("a reader that leaves early is no error", async () => {
  const folder = createFolder();
  for (let at = 0; at < 30; at += 1) folder.write(`m${at}.py`, unsafe.repeat(20));
  const child = spawn(process.execPath, [cli.main, "scan", "."], {
    cwd: folder.path,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  await new Promise((resolve) => child.on("close", resolve));
  expect(err).toBe("");
});

test.each([
  [["scan", "missing"], "missing: no such file or folder"],
  [["scan"], "missing required argument 'path'"],
  [["scan", ".", "--format", "xml"], "Allowed choices are text, json, sarif"],
  [["scna", "."], "Did you mean scan?"],
  [["explain", "shell-true-dynamc"], "did you mean `shell-true-dynamic`?"],
  [["explain", "nothing-like-it-at-all"], "`safepath rules` lists them"],
])("wrong use (%j) ends with 2 and says what is wrong", (args, message) => {
  const { code, out, err } = safepath(createFolder().path, ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});

test("rules are listed, and explained by name and by the code of another tool", () => {
  const folder = createFolder();
  expect(safepath(folder.path, "rules").out).toMatch(/^ {2}shell-true-dynamic +error +/m);
  const explained = safepath(folder.path, "explain", "shell-true-dynamic");
  expect(explained.code).toBe(0);
  for (const part of ["CWE-78", "Why it matters", "What to write instead", "Reported", "Not reported", "https://"]) {
    expect(explained.out).toContain(part);
  }
  expect(explained.out).toContain("`subprocess.run` lets a shell read a command that contains `folder`.");
  expect(safepath(folder.path, "explain", "b602").out).toBe(explained.out);
});

test("known flaws of packages are looked up in a folder of records; without it nobody is asked", () => {
  const folder = createFolder();
  folder.write("requirements.txt", "jinja2==3.1.2\n");
  folder.write(
    "osv/GHSA-cccc.json",
    JSON.stringify({
      id: "GHSA-cccc",
      affected: [
        {
          package: { ecosystem: "PyPI", name: "jinja2" },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "3.1.5" }] }],
        },
      ],
    }),
  );
  expect(placesIn(folder.path, "requirements.txt")).toEqual([]);
  expect(placesIn(folder.path, "requirements.txt", "--advisories", "osv")).toEqual([
    "requirements.txt:1 dep-known-vulnerable",
  ]);
  const { code, err } = safepath(folder.path, "scan", ".", "--advisories", "nowhere");
  expect(code).toBe(2);
  expect(err).toBe("safepath: --advisories: there is no folder nowhere\n");
});
