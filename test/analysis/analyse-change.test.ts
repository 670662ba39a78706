import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { FileAnalysis } from "../../src/analysis/finding.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { noticeLine } from "../../src/review/notices.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

function change(base: string, head: string): FileAnalysis {
  const path = "shop/views.py";
  return analyse({
    kind: "change",
    change: { base: { path, text: base }, head: { path, text: head }, hunks: diffTexts(base, head) },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
}

function places({ findings }: FileAnalysis): readonly string[] {
  return findings.map(({ ruleId, location, anchor }) =>
    [ruleId, location.span.start.line, ...(anchor === undefined ? [] : [`said on ${anchor.span.start.line}`])].join(
      " ",
    ),
  );
}

function levels({ findings }: FileAnalysis): readonly string[] {
  return findings.map(({ ruleId, level }) => `${ruleId} ${level}`);
}

const GUARDED = `import os
from flask import request

def run():
    name = request.args["name"]
    if name not in ("start", "stop"):
        raise ValueError(name)
    os.system("service app " + name)
`;
const UNGUARDED = GUARDED.replace(/ {4}if name[\s\S]*?raise ValueError\(name\)\n/u, "");

test("a flow whose protection the change took away is said at the nearest change", () => {
  expect(places(change(GUARDED, UNGUARDED))).toEqual(["command-injection 6 said on 6"]);
});

test("a flow that the change opened in a helper is said there, and that it was harmless before", () => {
  const base = `import os
from flask import request

def show():
    print("shown")
    return open(inside(request.args["name"]))

def inside(name):
    path = os.path.realpath("/srv/" + name)
    if not path.startswith("/srv/"):
        raise ValueError(name)
    return path
`;
  const head = base.replace('    print("shown")\n', "").replace(/ {4}if not[\s\S]*?ValueError\(name\)\n/u, "");
  const analysis = change(base, head);
  expect(places(analysis)).toEqual(["path-traversal 5 said on 8"]);
  expect(analysis.findings[0]?.message).toContain(
    'The change takes out `if not path.startswith("/srv/")`, which stood in the way.',
  );
});

test("a check of a name that ends in a statement is missed as a warning, and a clause about anything else as a note", () => {
  const table = `class Table:
    def __init__(self, connection, name):
        if not NAME.fullmatch(name):
            raise ValueError(name)
        self.connection = connection
        self.name = name

    def count(self):
        return self.connection.execute(f"SELECT count(*) FROM {self.name}")
`;
  const withoutClause = (text: string) => text.replace(/ {8}if .*\n {12}raise .*\n/u, "");
  expect(levels(change(table, withoutClause(table)))).toEqual(["security-check-removed warning"]);
  const route = `class Proxy:
    def route(self, host):
        if host not in self.hosts:
            raise Misdirected(host)
        return self.forward(host)
`;
  expect(levels(change(route, withoutClause(route)))).toEqual(["security-check-removed note"]);
});

test("a flow that the base had is silent, though lines near it change", () => {
  expect(places(change(UNGUARDED, UNGUARDED.replace("def run():", "def run():\n    print(1)")))).toEqual([]);
});

test("a flow that the base had is silent, though something else in its call changes", () => {
  expect(places(change(UNGUARDED, UNGUARDED.replace("service app ", "service shop ")))).toEqual([]);
  const twice = `${UNGUARDED}    os.system("stop " + name)\n`;
  expect(places(change(UNGUARDED, twice))).toEqual(["command-injection 7"]);
});

test("a call of which the same was said is silent, though it is given something else; another secret is not", () => {
  const hashed = "from hashlib import md5\n\ndef tag(page):\n    return md5(page).hexdigest()\n";
  expect(places(change(hashed, hashed.replace("md5(page)", "md5(page.body)")))).toEqual([]);
  const twice = hashed.replace("    return", "    print(md5(b'' + page))\n    return");
  expect(places(change(hashed, twice))).toEqual(["weak-hash 4"]);
  const secret = 'import psycopg2\n\nshop = psycopg2.connect(host="db", password="vHq7RpZk2s")\n';
  expect(places(change(secret, secret.replace("vHq7RpZk2s", "mW4tYc9LxB")))).toEqual(["password-hardcoded 3"]);
});

test("a flow that a broken base may have had is not taken for the change's", () => {
  const broken = UNGUARDED.replace("import os\n", 'import os\nTEXT = """\n');
  expect(places(change(broken, UNGUARDED))).toEqual([]);
});

test("what a change of a broken file writes is said", () => {
  const broken = UNGUARDED.replace("def run():", "def run(:");
  const mended = UNGUARDED.replace('"service app "', '"service shop "');
  expect(places(change(broken, mended))).toEqual(["command-injection 6"]);
});

test("a file that is analysed in part says how far", () => {
  const nested = `x = ${"[".repeat(500)}${"]".repeat(500)}\n`;
  const said = change("", nested).notices.map(noticeLine);
  expect(said).toEqual(["`shop/views.py`: analysed in part: it is nested deeper than 400"]);
});

const ESCAPED = `from django.http import HttpResponse
from django.utils.html import escape

def greeting(request):
    name = request.GET.get("name", "")
    return HttpResponse(f"<p>Hello {escape(name)}</p>")
`;
const UNESCAPED = ESCAPED.replace("escape(name)}", "name}");
const inTitle = (text: string) => text.replace(/HttpResponse\(f"<p>(.*)<\/p>"/u, 'Page(title=f"$1"');

test("a type that is written beside a parameter takes nothing out of a flow that it shows", () => {
  const untyped = `import os

def show(query):
    os.system("ls " + query.GET["name"])
`;
  const typed = `import os
from django.http import HttpRequest

def show(query: HttpRequest):
    os.system("ls " + query.GET["name"])
`;
  expect(places(change(untyped, typed))).toEqual([]);
  expect(places(change(untyped, typed.replace("import os\n", "import os\nHOST = 1\n")))).toEqual([
    "command-injection 6 said on 5",
  ]);
});

test("a check that is inherited from now on still stands in the way of what calls it", () => {
  const own = `import os
from flask import request
from shop.pages import Page

class Report(Page):
    def check(self, name):
        if not name.isalnum():
            raise ValueError(name)

    def show(self):
        name = request.args["name"]
        self.check(name)
        os.system("report " + name)
`;
  const inherited = own.replace(/ {4}def check.*?\n\n/su, "");
  expect(places(change(own, inherited))).toEqual([]);
  expect(places(change(own, inherited.replace("        self.check(name)\n", "")))).toContain(
    "command-injection 8 said on 8",
  );
});

test("a protection that went is said with the flow that it let through, once", () => {
  const analysis = change(ESCAPED, UNESCAPED);
  expect(places(analysis)).toEqual(["xss-reflected 6"]);
  expect(analysis.findings[0]?.message).toContain("The change takes out `escape`, which stood in the way.");
  expect(analysis.surface?.filter(({ kind }) => kind === "protection")).toHaveLength(1);
});

test("a protection that went is said by itself where no flow shows what it was for", () => {
  expect(places(change(inTitle(ESCAPED), inTitle(UNESCAPED)))).toEqual(["security-check-removed 4"]);
});

test("a new flow is not what a protection that went was for", () => {
  const head = `${inTitle(UNESCAPED)}
def other(request):
    return HttpResponse(request.GET["name"])
`;
  expect(places(change(inTitle(ESCAPED), head))).toEqual(["security-check-removed 4", "xss-reflected 9"]);
});

const MAIL = `import smtplib

def send(host, user, password, text):
    with smtplib.SMTP(host, 587) as smtp:
        smtp.starttls()
        log(text)
        smtp.login(user, password)
`;

test("what a line that is gone made harmless is said beside it", () => {
  const head = MAIL.replace("        smtp.starttls()\n", "");
  expect(places(change(MAIL, head))).toEqual(["login-unencrypted 6 said on 5"]);
});

test("what a constant of the file makes a mistake is said where it is changed", () => {
  const base = `import requests

VERIFY = True

def fetch(url):
    return requests.get(url, verify=VERIFY, timeout=3)
`;
  const [found, ...others] = places(change(base, base.replace("VERIFY = True", "VERIFY = False")));
  expect(others).toEqual([]);
  expect(found).toBe("tls-verify-disabled 6 said on 3");
});

test("a line that only uses a name does not make what stands elsewhere a mistake of the change", () => {
  const base = MAIL.replace("        smtp.starttls()\n", "");
  expect(places(change(base, `${base}\ndef close(smtp):\n    smtp.quit()\n`))).toEqual([]);
});

test("a look-up that lost its owner is said once", () => {
  const base = `from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from shop.models import Invoice

@login_required
def invoice(request, pk):
    return render(get_object_or_404(Invoice, pk=pk, owner=request.user))
`;
  const head = base.replace(", owner=request.user", "");
  expect(places(change(base, head))).toEqual(["access-check-removed 6"]);
});

const SIGNED_IN = `from flask import Flask
from flask_login import login_required

app = Flask(__name__)

@app.post("/orders")
@login_required
def add():
    return store()
`;

test("a check that the change took away is said at the change, beside the function it guarded", () => {
  const open = SIGNED_IN.replace("@login_required\n", "");
  expect(places(change(SIGNED_IN, open))).toEqual(["auth-decorator-removed 7"]);
});

test("a loss that is far from the change is said at the change", () => {
  const hooked = SIGNED_IN.replace("@login_required\n", "").replace(
    "\n@app.post",
    `
@app.post("/first")
def first():
    return ""
${"\n# between\n".repeat(6)}
@app.before_request
def require_login():
    if not current_user.is_authenticated:
        abort(401)

@app.post`,
  );
  const open = hooked.replace(/@app\.before_request[\s\S]*?abort\(401\)\n\n/u, "");
  expect(places(change(hooked, open))).toEqual(["auth-decorator-removed 4 said on 19"]);
});

test("a check that may still be in a part of the head that is not Python is not missed", () => {
  const broken = SIGNED_IN.replace("@login_required\n", "").replace("return store()", "return store(");
  expect(places(change(SIGNED_IN, broken))).toEqual([]);
});

test("a check that a broken base may not have had is not missed", () => {
  const open = SIGNED_IN.replace("@login_required\n", "");
  expect(places(change(SIGNED_IN.replace("return store()", "return store("), open))).toEqual([]);
});

test("the condition that kept what belongs to others away is named", () => {
  const base = `from django.shortcuts import get_object_or_404, render
from .models import Order

def show(request, pk):
    order = get_object_or_404(Order, pk=pk, customer=request.user)
    return render(request, "order.html", {"order": order})
`;
  const [finding, ...others] = change(base, base.replace(", customer=request.user", "")).findings;
  expect(others).toEqual([]);
  expect(finding?.message).toContain("finds what belongs to others, too, without `customer=request.user`");
});

test("all that a list of middleware lost is named in one comment", () => {
  const list = (...names: readonly string[]) => `MIDDLEWARE = [\n${names.map((one) => `    "${one}",\n`).join("")}]\n`;
  const csrf = "django.middleware.csrf.CsrfViewMiddleware";
  const framing = "django.middleware.clickjacking.XFrameOptionsMiddleware";
  const common = "django.middleware.common.CommonMiddleware";
  const { findings } = change(list(csrf, common, framing), list(common));
  expect(findings.map(({ message }) => message)).toEqual([
    "The change takes `CsrfViewMiddleware, XFrameOptionsMiddleware` out of `MIDDLEWARE`, which protected every request from requests that another site forges and from being framed by another site.",
  ]);
});

test("a renamed file is compared with what it was", () => {
  const open = SIGNED_IN.replace("@login_required\n", "");
  const { findings } = analyse({
    kind: "change",
    change: {
      base: { path: "shop/old.py", text: SIGNED_IN },
      head: { path: "shop/new.py", text: open },
      hunks: diffTexts(SIGNED_IN, open),
    },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
  expect(findings.map(({ ruleId, location }) => [ruleId, location.path])).toEqual([
    ["auth-decorator-removed", "shop/new.py"],
  ]);
});

test("a check that came as a file of its own and goes with it is gone from where it was called", () => {
  const path = "shop/views.py";
  const head = "import httpx\n\ndef load(address):\n    return httpx.get(address, timeout=5)\n";
  const base = `from shop.hosts import only_ours\n${head.replace("    return", "    only_ours(address)\n    return")}`;
  const check =
    'def only_ours(address):\n    if ".example.org" not in address:\n        raise ValueError("not ours")\n';
  const compared = (module: string) =>
    analyse({
      kind: "change",
      change: { base: { path, text: base }, head: { path, text: head }, hunks: diffTexts(base, head) },
      options: { profile: "default", levels: {}, today: "2026-01-01" },
      project: { kind: "given", files: [{ path: "shop/hosts.py", change: { base: module, hunks: [] } }] },
    });
  expect(places(compared(check))).toEqual(["security-check-removed 3"]);
  expect(places(compared(check.replace("raise ValueError", "print")))).toEqual([]);
  expect(places(compared(`${check}    seen.add(address)\n`))).toEqual([]);
});
