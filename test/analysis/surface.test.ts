import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { settleSurface } from "../../src/analysis/surface/settle-surface.ts";
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
      "`GET /orders` is now `GET, POST /all`",
    ]);
    expect(said("views.py", VIEWS, "from flask import Flask\n")).toEqual(["gone: `GET /orders`"]);
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
    expect(said("urls.py", undefined, urls)).toEqual([
      "new `URL a/`, its check, if any, is at the view",
      "takes in `URL b/ → b.urls`",
    ]);
  });

  test("has the whole path of a route, as far as its file says it", () => {
    const api = `from fastapi import APIRouter
router = APIRouter(prefix="/orders")
lines = APIRouter(prefix="/lines")
root = APIRouter(prefix=settings.PREFIX)
router.include_router(lines, prefix="/{number}")
root.include_router(router)

@router.get("")
async def orders():
    return []

@lines.post("/new")
async def add():
    return []
`;
    expect(said("api.py", undefined, api)).toEqual([
      "new `GET {settings.PREFIX}/orders`, where no check of who calls is seen",
      "new `POST {settings.PREFIX}/orders/{number}/lines/new`, where no check of who calls is seen",
    ]);
    const shop = `from flask import Blueprint, Flask
shop = Blueprint("shop", __name__, url_prefix="/shop")
app = Flask(__name__)

@shop.route("/orders")
def orders():
    return []

`;
    expect(said("shop.py", undefined, shop)[0]).toContain("new `GET /shop/orders`");
    const mounted = `${shop}app.register_blueprint(shop, url_prefix="/store")\n`;
    expect(said("shop.py", shop, mounted)).toEqual(["`GET /shop/orders` is now `GET /store/orders`"]);
    const urls = `from django.urls import include, path, re_path
more = [path("more/", views.more)]
urlpatterns = [
    path("a/", include([path("b/", views.b), re_path(r"^c/$", login_required(views.c))])),
    path("d/", include((more, "more"))),
]
`;
    expect(said("urls.py", undefined, urls)).toEqual([
      "new `URL a/b/`, its check, if any, is at the view",
      "new `URL a/c/$`, behind `login_required`",
      "new `URL d/more/`, its check, if any, is at the view",
    ]);
  });

  test("has no route of what FastAPI only documents", () => {
    const text = `from fastapi import FastAPI
app = FastAPI()
app.webhooks.add_api_route("order.paid", send, methods=["POST"])

@app.webhooks.post("order.sent")
def sent(body: Order):
    """What whoever subscribes is sent."""

@app.get("/orders")
def orders():
    return []
`;
    expect(said("shop.py", undefined, text)).toEqual(["new `GET /orders`, where no check of who calls is seen"]);
  });

  test("has routes that are registered by calls", () => {
    const flask = `from flask import Blueprint
from flask_restful import Api
from shop import Orders, show
bp = Blueprint("shop", __name__, url_prefix="/shop")
bp.add_url_rule("/show", "show", show, methods=("POST", "GET"))
bp.add_url_rule("/log", view_func=audit)
bp.add_url_rule("!/countries", "countries", countries)
api = Api(bp)
api.add_resource(Orders, "/orders", "/all")

@admin_required
def audit():
    return ""
`;
    expect(said("shop.py", undefined, flask)).toEqual([
      "new `GET /countries`, its check, if any, is at the view",
      "new `GET /shop/log`, behind `admin_required`",
      "new `GET, POST /shop/show`, its check, if any, is at the view",
      "new `URL /all`, its check, if any, is at the view",
      "new `URL /orders`, its check, if any, is at the view",
    ]);
    const others = `from aiohttp import web
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from starlette.routing import Route
from views import OrderView, hook, show
router = DefaultRouter()
router.register("orders", OrderView)
urlpatterns = [path("api/", include(router.urls))]
routes = [Route("/show", endpoint=show, methods=["POST"])]
app.add_routes([web.post("/hook", hook)])
api.add_api_route("/late", show)
cache.add_get("key", 1)
registry.register("orders", OrderView)
`;
    expect(said("web.py", undefined, others).map((line) => line.split(",")[0])).toEqual([
      "new `GET /late`",
      "new `POST /hook`",
      "new `POST /show`",
      "new `URL api/orders/`",
    ]);
  });

  test("has where routes of another file are taken in, and their check", () => {
    const api = (line: string) =>
      `from fastapi import Depends, FastAPI\nfrom shop import orders\napp = FastAPI()\n${line}\n`;
    const guarded = api('app.include_router(orders.router, prefix="/orders", dependencies=[Depends(current_user)])');
    const open = api('app.include_router(orders.router, prefix="/orders")');
    expect(said("main.py", api(""), guarded)).toEqual(["takes in `/orders → orders.router`, behind `current_user`"]);
    expect(said("main.py", guarded, open)[0]).toBe("`/orders → orders.router` is no longer behind `current_user`");
    const routes =
      'from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.api_route("/{number}", methods=["POST", "GET"])\ndef show():\n    return 1\n';
    const both = [...surfaceOf("main.py", api(""), guarded), ...surfaceOf("shop/orders.py", undefined, routes)];
    expect(settleSurface(both).map((change) => surfaceText(change, plain, (text) => text))).toEqual([
      "new `GET, POST /orders/{number}`, behind `current_user`",
      "takes in `/orders → orders.router`, behind `current_user`",
    ]);
    const root = 'from django.urls import include, path\nurlpatterns = [path("shop/", include("shop.urls"))]\n';
    const urls = 'from django.urls import path\nfrom . import views\nurlpatterns = [path("orders/", views.orders)]\n';
    const django = [...surfaceOf("site/urls.py", undefined, root), ...surfaceOf("shop/urls.py", undefined, urls)];
    expect(settleSurface(django).map(({ name }) => name)).toEqual(["URL shop/orders/", "URL shop/ → shop.urls"]);
  });

  test("counts a hook as a check where it may turn someone away, not where it only loads who asks", () => {
    const hooked = (body: string) => `from flask import Flask, g, session
app = Flask(__name__)

@app.before_request
def load_user():
    g.user = find(session.get("user"))
${body}
@app.get("/orders")
def orders():
    return []
`;
    const unseen = ["new `GET /orders`, where no check of who calls is seen"];
    expect(said("app.py", undefined, hooked(""))).toEqual(unseen);
    expect(said("app.py", undefined, hooked("    return None\n"))).toEqual(unseen);
    const refusals = ["abort(401)", 'return redirect("/login")', "raise Unauthorized()", "require_role(g.user)"];
    for (const refusal of refusals) {
      const guarded = hooked(`    if g.user is None:\n        ${refusal}\n`);
      expect(said("app.py", undefined, guarded)).toEqual(["new `GET /orders`, behind `load_user`"]);
    }
  });

  test("has a route under its new path, and one that moved to another file not at all", () => {
    const route = (path: string, name = "orders") =>
      `from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.get("${path}")\ndef ${name}():\n    return 1\n`;
    expect(said("api.py", route("/orders"), route("/all"))).toEqual(["`GET /orders` is now `GET /all`"]);
    const moved = [
      ...surfaceOf("a.py", route("/shop/orders"), undefined),
      ...surfaceOf("b.py", undefined, route("/orders")),
    ];
    expect([moved.length, settleSurface(moved)]).toEqual([2, []]);
    const other = [...surfaceOf("a.py", route("/shop"), undefined), ...surfaceOf("b.py", undefined, route("/orders"))];
    expect(settleSurface(other)).toHaveLength(2);
    const urls = (path: string) => `from django.urls import path\nurlpatterns = [path("${path}", views.add)]\n`;
    const django = [
      ...surfaceOf("a/urls.py", urls("add/"), "urlpatterns = []\n"),
      ...surfaceOf("b/urls.py", undefined, urls("b/add/")),
    ];
    expect([django.length, settleSurface(django)]).toEqual([2, []]);
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
IS_HOSTED = "HOSTED" in os.environ

def go():
    requests.get("https://api.example.com/v1", timeout=3)
    OAuth2Session(scope=["repo", "read:user"])
    os.system("ls " + request.args["folder"])
`;
    expect(said("work.py", base, head)).toEqual([
      "reaches `os.system`",
      "reads `API_KEY`",
      "reads `HOSTED`",
      "reads `LEVEL`",
      "contacts `api.example.com`",
      "asks for `read:user`",
      "asks for `repo`",
    ]);
    expect(said("work.py", head, base)[1]).toBe("no longer reads `API_KEY`");
  });

  test("names what request data reaches as the code does, whichever name the library has for it", () => {
    const code = (connection: string, name: string) => `import sqlite3
from flask import request

def ${connection}():
    return sqlite3.connect("shop.db")

def go():
    ${connection}().execute(${name})
`;
    const [base, head] = [code("connect", '"SELECT 1"'), code("connect", 'request.args["q"]')];
    expect(said("work.py", base, head)).toEqual(["reaches `connect().execute`"]);
    expect(said("work.py", head, code("open_shop", 'request.args["q"]'))).toEqual([]);
  });

  test("has the rights that lists of scopes and statements of migrations ask for", () => {
    const scopes = (list: string) => `SCOPES = [\n    "openid",\n${list}]\nscope = {"type": "http"}\n`;
    expect(said("google.py", scopes(""), scopes('    "drive.file",\n'))).toEqual(["asks for `drive.file`"]);
    const migration = `from alembic import op

def upgrade():
    op.execute("""CREATE ROLE web;
        GRANT SELECT, INSERT
        ON orders TO web""")
`;
    expect(said("migrations/0002_role.py", undefined, migration)).toEqual([
      "asks for `GRANT SELECT, INSERT ON orders TO web`",
    ]);
  });

  test("knows who may call a route by the type of the parameter that says who asks", () => {
    const head = `from fastapi import APIRouter, Depends

router = APIRouter()

@router.get("/{id}/status")
async def status(authz: AuthorizeOrgManageRead, session = Depends(get_session)):
    return authz.organization
`;
    const [route] = settleSurface(surfaceOf("endpoints.py", "from fastapi import APIRouter\n", head));
    expect([route?.name, route?.guard]).toEqual(["GET /{id}/status", "AuthorizeOrgManageRead"]);
  });

  test("has what a function reads out of the environment that it is handed, and nothing of a request's", () => {
    const base = "def load(environ):\n    return {}\n";
    const head = `def load(environ, *, root=None):
    environ["APP_CACHE"] = "off"
    return {"root": environ.get("APP_ROOT", root), "mode": environ["APP_MODE"], "host": environ.get("HTTP_HOST")}

def application(environ, start_response):
    return [environ["APP_PREFIX"]]

def template(env, name):
    return env.get(name) or env["template"]
`;
    expect(said("settings.py", base, head)).toEqual(["reads `APP_MODE`", "reads `APP_ROOT`"]);
    expect(said("settings.py", 'import os\nROOT = os.environ["APP_ROOT"]\n', head)).toEqual(["reads `APP_MODE`"]);
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
