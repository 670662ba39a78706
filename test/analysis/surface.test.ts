import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { settleSurface } from "../../src/analysis/surface/surface.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { surfaceText } from "../../src/report/surface-text.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

function surfaceOf(path: string, base: string | undefined, head: string | undefined) {
  const change = {
    ...(base !== undefined && { base: { path, text: base } }),
    ...(head !== undefined && { head: { path, text: head } }),
    hunks: head === undefined ? [] : diffTexts(base ?? "", head),
  };
  const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "change", change, options }).surface ?? [];
}

const plain = (text: string) => `\`${text}\``;

function said(path: string, base: string | undefined, head: string | undefined): readonly string[] {
  return settleSurface(surfaceOf(path, base, head)).map((change) => surfaceText(change, plain, (text) => text));
}

const VIEWS = `from flask import Flask
from flask_login import login_required

app = Flask(__name__)


@app.get("/orders")
@login_required
def orders():
    return []
`;

describe("the surface that a change leaves", () => {
  test("has the routes that are new, with and without a check, and those that are gone", () => {
    const head = `${VIEWS.replace('@app.get("/orders")', '@app.route("/all", methods=["POST", "GET"])')}

@app.delete("/orders/<int:number>")
def remove(number):
    return ""
`;
    expect(said("views.py", VIEWS, head)).toEqual([
      "new `DELETE /orders/<int:number>`, where no check of who calls is seen",
      "gone: `GET /orders`",
      "new `GET, POST /all`, behind `login_required`",
    ]);
  });

  test("has a check that came, went or is another one", () => {
    const open = VIEWS.replace("@login_required\n", "");
    const other = VIEWS.replace("@login_required", "@admin_required").replace("import login", "import admin");
    expect(said("views.py", VIEWS, open)[0]).toBe("`GET /orders` is no longer behind `login_required`");
    expect(said("views.py", open, VIEWS)).toEqual(["`GET /orders` is now behind `login_required`"]);
    expect(said("views.py", VIEWS, other)[0]).toBe(
      "`GET /orders` is behind `admin_required` instead of `login_required`",
    );
  });

  test("sees the check of a router, and leaves that of a Django view to the view", () => {
    const router = `from fastapi import APIRouter, Depends
router = APIRouter(dependencies=[Depends(current_user)])

@router.get("/orders")
async def orders():
    return []
`;
    expect(said("api.py", undefined, router)).toEqual(["new `GET /orders`, behind `current_user`"]);
    const urls =
      'from django.urls import include, path\nurlpatterns = [path("a/", view), path("b/", include("b.urls"))]\n';
    expect(said("urls.py", undefined, urls)).toEqual(["new `URL a/`, its check, if any, is at the view"]);
  });

  test("has a route of Django that is called the same for the same, wherever it lies", () => {
    const urls = (path: string) => `from django.urls import path\nurlpatterns = [path("${path}", view, name="add")]\n`;
    const moved = [
      ...surfaceOf("a/urls.py", urls("add/"), "urlpatterns = []\n"),
      ...surfaceOf("b/urls.py", undefined, urls("b/add/")),
    ];
    expect([moved.length, settleSurface(moved)]).toEqual([2, []]);
  });

  test("has what request data reaches, what is read from the environment, who is contacted, what is asked for", () => {
    const base = "import os\nimport requests\nfrom flask import request\n\ndef go():\n    pass\n";
    const head = `import os
import requests
from flask import request

KEY = os.environ["API_KEY"]
LEVEL = os.getenv("LEVEL", "info")
os.environ["SET_HERE"] = "1"

def go():
    requests.get("https://api.example.com/v1", timeout=3)
    OAuth2Session(scope=["repo", "read:user"])
    os.system("ls " + request.args["folder"])
`;
    expect(said("work.py", base, head)).toEqual([
      "reaches `os.system`",
      "reads `API_KEY`",
      "reads `LEVEL`",
      "contacts `api.example.com`",
      "asks for `read:user`",
      "asks for `repo`",
    ]);
    expect(said("work.py", head, base)[1]).toBe("no longer reads `API_KEY`");
  });

  test("has a variable that a helper reads now like one that is read in place", () => {
    const base = 'import os\n\nKEY = os.getenv("SECRET_KEY")\n';
    const head = 'import os\n\nfrom base import envsecret\n\nKEY = envsecret("SECRET_KEY")\n';
    expect(said("settings.py", base, head)).toEqual([]);
    expect(said("settings.py", undefined, head)).toEqual(["reads `SECRET_KEY`"]);
  });

  test("has packages that come and go, and protections that went", () => {
    expect(said("requirements.txt", "flask==3.1.0\n", "Django==5.2\nFlask==3.1.1\n")).toEqual(["new `django`"]);
    const surface = surfaceOf("views.py", VIEWS, VIEWS.replace("@login_required\n", ""));
    expect(surface.map(({ kind, change }) => [kind, change])).toEqual([
      ["route", "changed"],
      ["protection", "removed"],
    ]);
  });

  test("is none where nothing of it changed: words, moved code, another file, a test", () => {
    expect(said("views.py", VIEWS, `"""Orders."""\n${VIEWS.replace("return []", "return list(())")}`)).toEqual([]);
    expect(said("views.py", VIEWS, VIEWS.replace("def orders", "def all_orders"))).toEqual([]);
    expect(said("tests/test_views.py", undefined, VIEWS)).toEqual([]);
    const moved = [...surfaceOf("views.py", VIEWS, undefined), ...surfaceOf("orders.py", undefined, VIEWS)];
    expect([moved.length, settleSurface(moved)]).toEqual([2, []]);
  });

  test("of a file that is gone is what it had, and of one that is known in part nothing", () => {
    expect(said("views.py", VIEWS, undefined)).toEqual(["gone: `GET /orders`"]);
    expect(said("views.py", VIEWS, "def broken(:\n")).toEqual([]);
  });
});
