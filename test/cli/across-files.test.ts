import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createFolder, createRepository, type Folder, run } from "./folder.ts";

const VIEWS = `from flask import Flask, request

from shop.store import find

app = Flask(__name__)


@app.route("/item")
def item():
    return find(request.args["name"])
`;
const STORE = `import sqlite3

db = sqlite3.connect("shop.db")


def find(name):
    return db.execute("SELECT id FROM item WHERE name = '" + name + "'").fetchone()
`;
const HARMLESS = STORE.replace(`'" + name + "'")`, `?", (name,))`);

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** `FILE:LINE rule`, for findings of flows: of the sink, and where it differs of the place at which it is said. */
function found(cwd: string, ...args: readonly string[]): readonly string[] {
  const { out, err } = run(cli.main, cwd, [...args, "--format", "sarif"]);
  expect(err).toBe("");
  const { results = [] } = (JSON.parse(out) as Log).runs[0] ?? {};
  return results
    .filter(({ codeFlows }) => codeFlows !== undefined)
    .map(({ ruleId, locations, relatedLocations }) => {
      const [place, said] = [locations?.[0], relatedLocations?.[0]].map((location) => {
        const { artifactLocation, region } = location?.physicalLocation ?? {};
        return `${artifactLocation?.uri}:${region?.startLine}`;
      });
      return relatedLocations === undefined ? `${place} ${ruleId}` : `${place} ${ruleId}, said at ${said}`;
    });
}

function shop(folder: Folder, store = STORE): void {
  folder.write("shop/__init__.py", "");
  folder.write("shop/views.py", VIEWS);
  folder.write("shop/store.py", store);
}

test("a flow into another file is reported where it ends, once", () => {
  const folder = createFolder();
  shop(folder);
  folder.write("shop/again.py", VIEWS.replace("/item", "/again"));
  expect(found(folder.path, "scan", ".")).toEqual(["shop/store.py:7 sql-injection"]);
});

test("a helper in another file that binds its values is harmless", () => {
  const folder = createFolder();
  shop(folder, HARMLESS);
  expect(found(folder.path, "scan", ".")).toEqual([]);
});

test("of a file that is scanned alone the flow is reported where it leaves the file", () => {
  const folder = createRepository();
  shop(folder);
  expect(found(folder.path, "scan", "shop/views.py")).toEqual([
    "shop/store.py:7 sql-injection, said at shop/views.py:10",
  ]);
  const { out } = run(cli.main, join(folder.path, "shop"), ["scan", "views.py"]);
  expect(out).toContain("1. views.py:10:17");
  expect(out).toMatch(/^store\.py:7:12: error: .*\n/);
  expect(out).toContain("  views.py:10:12: the line that leads here\n");
});

test("files named in any order give the same bytes", () => {
  const folder = createFolder();
  shop(folder);
  folder.write("shop/again.py", VIEWS.replace("/item", "/again"));
  const files = ["shop/views.py", "shop/store.py", "shop/again.py"];
  const outputs = [files, files.toReversed()].map(
    (order) => run(cli.main, folder.path, ["scan", ...order, "--format", "sarif"]).out,
  );
  expect(outputs[0]).toBe(outputs[1]);
  expect(outputs[0]).toContain("sql-injection");
});

test("nothing outside of the repository is read", () => {
  const folder = createFolder();
  folder.write("outside/store.py", STORE);
  mkdirSync(join(folder.path, "repository/.git"), { recursive: true });
  mkdirSync(join(folder.path, "repository/shop"));
  symlinkSync(join(folder.path, "outside/store.py"), join(folder.path, "repository/shop/store.py"));
  folder.write("repository/shop/views.py", VIEWS);
  expect(found(join(folder.path, "repository"), "scan", "shop/views.py")).toEqual([]);
});

test("a change that leads into a file it leaves alone is reported, at the line of the change", () => {
  const repository = createRepository();
  shop(repository);
  repository.write("shop/views.py", VIEWS.replace('find(request.args["name"])', '"nothing"'));
  const base = repository.commit();
  repository.write("shop/views.py", VIEWS);
  repository.commit();
  const places = ["shop/store.py:7 sql-injection, said at shop/views.py:10"];
  expect(found(repository.path, "diff", `${base}..HEAD`)).toEqual(places);
  repository.write("shop/store.py", HARMLESS);
  const harmless = repository.commit();
  expect(found(repository.path, "diff", `${base}..${harmless}`)).toEqual([]);
});

test("what flowed through two files before is silent, also when the other file gets another name", () => {
  const repository = createRepository();
  shop(repository);
  const base = repository.commit();
  repository.write("shop/views.py", VIEWS.replace("shop.store", "shop.storage"));
  repository.write("shop/storage.py", STORE);
  repository.remove("shop/store.py");
  repository.commit();
  expect(found(repository.path, "diff", `${base}..HEAD`)).toEqual([]);
});

test("a protection that the change takes out of another file is missed where it was", () => {
  const repository = createRepository();
  shop(repository, HARMLESS);
  const base = repository.commit();
  repository.write("shop/views.py", VIEWS.replace('"/item"', '"/items"'));
  repository.write("shop/store.py", STORE);
  repository.git("add", "--all");
  expect(found(repository.path, "diff", "--staged")).toEqual(["shop/store.py:7 sql-injection"]);
  repository.commit();
  expect(found(repository.path, "diff", `${base}..HEAD`)).toEqual(["shop/store.py:7 sql-injection"]);
});
