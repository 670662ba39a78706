import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import type { Changes } from "./stand-in/write-commit.ts";

const app = await startApp();
afterAll(() => app.close());

const HARMLESS_VIEW = `from flask import Flask, request

from shop.store import find

app = Flask(__name__)


@app.route("/item")
def item():
    return str(find("lamp"))
`;
const VIEW = HARMLESS_VIEW.replace('"lamp"', 'request.args["name"]');
const STORE = `import sqlite3

from . import connection


def find(name):
    return connection.run("SELECT id FROM item WHERE name = '" + name + "'")
`;
const CONNECTION = `import sqlite3


def run(statement):
    return sqlite3.connect("shop.db").execute(statement).fetchall()
`;
const SHOP = { "shop/__init__.py": "", "shop/store.py": STORE, "shop/connection.py": CONNECTION };

function places({ comments }: PullRequest): readonly string[] {
  return comments.map(({ path, current }) => `${path}:${current?.line}`);
}

test("a helper that the change leaves alone is looked into, and named", async () => {
  const pull = await app.openPullRequest({ ...SHOP, "shop/views.py": HARMLESS_VIEW }, { "shop/views.py": VIEW });
  const run = await app.review(pull);
  expect(run.title).toBe("1 error in 1 changed file");
  expect(places(pull)).toEqual(["shop/views.py:10"]);
  expect(pull.comments[0]?.body).toContain("[`shop/connection.py` line 5]");
  expect(run.summary).toContain(
    "because changed files import them: `shop/__init__.py`, `shop/connection.py`, `shop/store.py`.",
  );
});

test("a helper that binds its values keeps the change silent", async () => {
  const store = STORE.replace(`name = '" + name + "'"`, 'name = ?", name').replace("connection.run", "print");
  const pull = await app.openPullRequest(
    { ...SHOP, "shop/store.py": store, "shop/views.py": HARMLESS_VIEW },
    { "shop/views.py": VIEW },
  );
  const run = await app.review(pull);
  expect(run.title).toBe("No findings in 1 changed file");
});

test("a flow through two changed files is said once, where it ends", async () => {
  const pull = await app.openPullRequest({}, { ...SHOP, "shop/views.py": VIEW, "shop/more.py": VIEW });
  const run = await app.review(pull);
  expect(places(pull)).toEqual(["shop/connection.py:5"]);
  expect(run.summary).not.toContain("Also read");
});

test("what flowed through two files before is silent when one of them is only renamed", async () => {
  const pull = await app.openPullRequest(
    { ...SHOP, "shop/views.py": VIEW },
    {
      "shop/store.py": null,
      "shop/items.py": STORE,
      "shop/views.py": VIEW.replace("shop.store", "shop.items"),
    },
  );
  const run = await app.review(pull);
  expect(run.title).toMatch(/^No findings/);
});

test("no more than 20 files are read beside the changed ones, with few requests", async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const helpers: Changes = Object.fromEntries(numbers.map((index) => [`shop/helper${index}.py`, CONNECTION]));
  const view = (index: number, value: string) =>
    VIEW.replace("shop.store import find", `shop.helper${index} import run as find`).replace("/item", `/${value}`);
  const change = (value: string): Changes =>
    Object.fromEntries(numbers.map((index) => [`shop/view${index}.py`, view(index, value)]));
  const pull = await app.openPullRequest(
    { ...helpers, "shop/__init__.py": "", ...change("before") },
    Object.fromEntries(numbers.map((index) => [`shop/view${index}.py`, `${view(index, "before")}\n\nlate = 1\n`])),
  );
  app.github.forgetRequests();
  const run = await app.review(pull);
  expect(app.github.countRequests()).toBeLessThanOrEqual(12);
  expect(run.summary?.match(/`shop\/helper\d+\.py`/gu)).toHaveLength(20);
});

const LOAD = "import torch\n\n\ndef restore(path):\n    return torch.load(path)\n";

test.each([
  ["one that loads everything", "torch==2.5.1\n", "1 warning in 1 changed file"],
  ["one that loads the weights only", "torch==2.6.0\n", "No findings in 1 changed file"],
])("the version that the repository names decides, %s, and its file is named", async (_, requirements, title) => {
  const pull = await app.openPullRequest({ "api/requirements.txt": requirements }, { "api/models/load.py": LOAD });
  const run = await app.review(pull);
  expect(run.title).toBe(title);
  expect(run.summary).toContain("Also read, because rules ask for versions: `api/requirements.txt`.");
});
