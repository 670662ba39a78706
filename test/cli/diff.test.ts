import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonReport } from "../../src/report/json.ts";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createFolder, createRepository, type Folder, type Run, run } from "./folder.ts";
import { safe, unsafe } from "./sources.ts";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

function safepath(folder: Folder, ...args: readonly string[]): Run {
  return run(cli.main, folder.path, ["diff", ...args]);
}

function placesIn(folder: Folder, ...args: readonly string[]): readonly string[] {
  const { out, err } = safepath(folder, "--format", "json", ...args);
  if (out === "") throw new Error(err);
  return (JSON.parse(out) as JsonReport).findings.map(({ path, start }) => `${path}:${start.line}`);
}

test("only what the change brings in is reported", () => {
  const repository = createRepository();
  repository.write("app.py", unsafe);
  const base = repository.commit();
  repository.write("app.py", `${unsafe}\n\ndef list_all(pattern):\n    subprocess.run("ls " + pattern, shell=True)\n`);
  repository.write("calm.py", safe);
  repository.commit();
  const { code, out } = safepath(repository, `${base}..HEAD`);
  expect(code).toBe(1);
  expect(out).toMatch(/^app\.py:8:5: error/);
  expect(out).toMatch(/\n1 error in 2 files \(\d+ lines\)\n$/);
});

test("three dots start where the branches parted", () => {
  const repository = createRepository();
  repository.write("app.py", safe);
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write("topic.py", unsafe);
  repository.commit();
  repository.git("checkout", "--quiet", "main");
  repository.remove("app.py");
  repository.write("main.py", unsafe);
  repository.commit();
  expect(placesIn(repository, "main...topic")).toEqual(["topic.py:4"]);
});

test("a side that is left out is HEAD", () => {
  const repository = createRepository();
  const base = repository.commit();
  repository.write("app.py", unsafe);
  repository.commit();
  expect(placesIn(repository, `${base}..`)).toEqual(["app.py:4"]);
});

test("what is staged is compared, not what lies in the folder", () => {
  const repository = createRepository();
  repository.write("app.py", safe);
  repository.commit();
  repository.write("app.py", unsafe);
  repository.git("add", "app.py");
  repository.write("app.py", safe);
  repository.write("other.py", unsafe);
  expect(placesIn(repository, "--staged")).toEqual(["app.py:4"]);
});

test("before the first commit, everything that is staged is new", () => {
  const repository = createRepository();
  repository.write("app.py", unsafe);
  repository.git("add", "app.py");
  expect(placesIn(repository, "--staged")).toEqual(["app.py:4"]);
});

test("a renamed file brings in only what was written", () => {
  const repository = createRepository();
  repository.write("old.py", `${unsafe}\n${"x = 1\n".repeat(20)}`);
  const base = repository.commit();
  repository.git("mv", "old.py", "new.py");
  repository.write("new.py", `${unsafe}\n${"x = 1\n".repeat(20)}subprocess.run("ls " + x, shell=True)\n`);
  repository.commit();
  expect(placesIn(repository, `${base}..HEAD`).filter((place) => place === "new.py:4")).toEqual([]);
});

test("a removed file says nothing, a binary one that it was not analysed", () => {
  const repository = createRepository();
  repository.write("gone.py", unsafe);
  const base = repository.commit();
  repository.remove("gone.py");
  repository.write("data.py", Buffer.from([0, 1, 2]));
  repository.write("zz.py", `\n\nx = 1\n${unsafe.repeat(2)}`);
  repository.commit();
  const { out } = safepath(repository, `${base}..HEAD`);
  expect(out).toContain("data.py: notice: not analysed: it is not a text file");
  expect(out).toContain("zz.py:7:5: error");
  expect(out).not.toContain("gone.py");
});

test("what a removed file served and depended on is gone from the attack surface, what moved is not", () => {
  const repository = createRepository();
  const route = (path: string) =>
    `from flask import Flask\napp = Flask(__name__)\n@app.get("${path}")\ndef show():\n    return ""\n`;
  repository.write("gone.py", route("/gone"));
  repository.write("moved.py", route("/moved"));
  repository.write("requirements.txt", "flask==3.1.0\nrequests==2.32.3\n");
  const base = repository.commit();
  for (const path of ["gone.py", "moved.py", "requirements.txt"]) repository.remove(path);
  repository.write("web/orders.py", `"""Orders, which come in and are sent."""\n\n\n${route("/moved")}`);
  repository.write("pyproject.toml", '[project]\nname = "shop"\nversion = "1"\ndependencies = ["flask==3.1.0"]\n');
  repository.commit();
  const { surface } = JSON.parse(safepath(repository, `${base}..HEAD`, "--format", "json").out) as JsonReport;
  expect(surface?.map(({ change, name, path }) => [change, name, path])).toEqual([
    ["removed", "GET /gone", "gone.py"],
    ["removed", "requests", "requirements.txt"],
  ]);
});

test("a file that turns into a link, or back, does not move the patches of others", () => {
  const repository = createRepository();
  const asLink = (name: string) => {
    const blob = repository.git("rev-parse", "HEAD:target.txt");
    repository.git("update-index", "--add", "--cacheinfo", `120000,${blob},${name}`);
    repository.git("commit", "--quiet", "--message", "a link");
  };
  repository.write("target.txt", "zz.py");
  repository.write("a.py", safe);
  const base = repository.commit();
  asLink("a.py");
  const linked = repository.git("rev-parse", "HEAD");
  repository.write("b.py", unsafe);
  repository.git("add", "b.py");
  repository.git("commit", "--quiet", "--message", "b");
  expect(placesIn(repository, `${base}..HEAD`)).toEqual(["b.py:4"]);
  repository.write("a.py", unsafe);
  repository.write("c.py", `\n${unsafe}`);
  repository.commit();
  expect(placesIn(repository, `${linked}..HEAD`)).toEqual(["a.py:4", "b.py:4", "c.py:5"]);
});

test.each(["a b.py", "ü\tx.py", 'quote".py', "-x.py", "new\nline.py"])(
  "the name %j is a name like any other",
  (name) => {
    const repository = createRepository();
    const base = repository.commit();
    repository.write(name, unsafe);
    repository.write("z.py", safe);
    repository.commit();
    expect(placesIn(repository, `${base}..HEAD`)).toEqual([`${name}:4`]);
  },
);

test("a script is known by its first line", () => {
  const repository = createRepository();
  const base = repository.commit();
  repository.write("deploy", `#!/usr/bin/env python3\n${unsafe}`);
  repository.write("other", unsafe);
  repository.commit();
  expect(placesIn(repository, `${base}..HEAD`)).toEqual(["deploy:5"]);
});

test("attributes and settings of the repository neither hide a change nor run a program", () => {
  const repository = createRepository();
  repository.write(".gitattributes", "*.py binary diff=evil\n");
  const base = repository.commit();
  const trap = join(repository.path, "trapped");
  for (const key of ["diff.evil.textconv", "diff.evil.command", "diff.external", "core.fsmonitor", "core.pager"]) {
    repository.git("config", key, `touch ${trap}; cat`);
  }
  repository.git("config", "diff.noprefix", "true");
  repository.git("config", "diff.orderFile", join(repository.path, "order"));
  repository.git("config", "color.ui", "always");
  repository.write("order", "*.py\n");
  repository.write("app.py", unsafe);
  repository.git("-c", "core.fsmonitor=false", "add", "app.py");
  expect(placesIn(repository, "--staged")).toEqual(["app.py:4"]);
  repository.git("-c", "core.fsmonitor=false", "commit", "--quiet", "--message", "a change");
  expect(placesIn(repository, `${base}..HEAD`)).toEqual(["app.py:4"]);
  expect(existsSync(trap)).toBe(false);
});

test("a repository elsewhere is named with --repo, from any folder of it", () => {
  const repository = createRepository();
  const base = repository.commit();
  repository.write("sub/app.py", unsafe);
  repository.commit();
  const elsewhere = createFolder();
  const places = placesIn(elsewhere, "--repo", join(repository.path, "sub"), `${base}..HEAD`);
  expect(places).toEqual([`${repository.path}/sub/app.py:4`]);
});

test("a head in an encoding that hides code could not be verified", () => {
  const repository = createRepository();
  const base = repository.commit();
  repository.write("odd.py", "# coding: unicode_escape\n");
  repository.commit();
  expect(safepath(repository, `${base}..HEAD`)).toMatchObject({ code: 3 });
});

test.each([
  [["nowhere..HEAD"], "unknown revision `nowhere`"],
  [["--", "--output=x..HEAD"], "unknown revision `--output=x`"],
  [["HEAD"], "`HEAD` is not a range: write BASE..HEAD"],
  [[], "what to compare?"],
  [["HEAD..HEAD", "--staged"], "not both"],
])("wrong use (%j) ends with 2 and says what is wrong", (args, message) => {
  const repository = createRepository();
  repository.commit();
  const { code, out, err } = safepath(repository, ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});

test("outside of a repository there is nothing to compare", () => {
  expect(safepath(createFolder(), "HEAD~1..HEAD")).toMatchObject({
    code: 2,
    err: expect.stringContaining("not a git repository"),
  });
});

test("a secret that a later commit takes away is reported at the commit that has it, and only there", () => {
  const repository = createRepository();
  repository.write("app.py", safe);
  const base = repository.commit();
  repository.write("deploy/.env", "TOKEN=glpat-tX9vQ2mWr7KzB4nLc8Yp\n");
  const leaking = repository.commit();
  repository.remove("deploy/.env");
  repository.commit();
  const { code, out } = safepath(repository, "--format", "json", `${base}..HEAD`);
  const { findings } = JSON.parse(out) as JsonReport;
  expect(code).toBe(1);
  expect(findings.map(({ rule, path, start, commit }) => [rule, path, start.line, commit])).toEqual([
    ["secret-in-earlier-commit", "deploy/.env", 1, leaking],
  ]);
  expect(out).not.toContain("glpat-tX9vQ2mWr7KzB4nLc8Yp");
  expect(placesIn(repository, `${leaking}..HEAD`)).toEqual([]);
  expect(safepath(repository, `${base}..HEAD`).out).toContain(`Commit \`${leaking.slice(0, 7)}\` of this change`);
});

const ROUTE = 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.post("/orders")\ndef add():\n    return ""\n';

test("what the change does to the attack surface is said, and nothing where it does nothing", () => {
  const repository = createRepository();
  repository.write("app.py", safe);
  const base = repository.commit();
  repository.write("web/views.py", ROUTE);
  const added = repository.commit();
  repository.write("web/views.py", `${ROUTE}\n\nLIMIT = 10\n`);
  repository.commit();
  const { out } = safepath(repository, `${base}..${added}`);
  expect(out).toMatch(
    /^Attack surface:\n {2}Routes {8}new `POST \/orders`, where no check of who calls is seen \(web\/views\.py:6:1\)$/mu,
  );
  const { surface } = JSON.parse(safepath(repository, "--format", "json", `${base}..${added}`).out) as JsonReport;
  expect(surface).toMatchObject([
    { kind: "route", change: "added", name: "POST /orders", path: "web/views.py", start: { line: 6, column: 1 } },
  ]);
  expect(safepath(repository, `${added}..HEAD`).out).not.toContain("Attack surface");
  expect(safepath(repository, "--format", "json", `${added}..HEAD`).out).not.toContain('"surface"');
});
