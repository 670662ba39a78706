import ast
import base64
import hashlib
import hmac
import html
import io
import json
import logging
import os
import pathlib
import pickle
import re
import secrets
import shlex
import sqlite3
import string
import subprocess
import tarfile
import tempfile
import urllib.parse
import uuid
import xml.etree.ElementTree as ET
import zipfile
from datetime import datetime, timezone

import bleach
import defusedxml.ElementTree as SafeET
import jinja2
import ldap
import ldap.filter
import lxml.etree
import markdown
import pymongo
import requests
import yaml
from flask import Blueprint, Flask, Response, abort, current_app, flash, jsonify, make_response, redirect
from flask import render_template, render_template_string, request, send_file, send_from_directory, session, url_for
from markupsafe import Markup, escape
from sqlalchemy import column, create_engine, desc, func, select, table, text
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.utils import secure_filename

app = Flask(__name__)
log = logging.getLogger(__name__)
engine = create_engine("sqlite://")
mongo = pymongo.MongoClient().shop
ROOT = pathlib.Path("/srv/data").resolve()


# case: YAML by the safe loader
@app.post("/yaml")
def yaml_safe():
    return jsonify(yaml.safe_load(request.get_data()))


# case: YAML by a loader that makes objects
@app.post("/yaml/objects")
def yaml_objects():
    return jsonify(yaml.load(request.get_data(), Loader=yaml.UnsafeLoader))  # expect: unsafe-deserialization from 59


# case: YAML by a loader that is named safe
@app.post("/yaml/loader")
def yaml_loader():
    return jsonify(yaml.load(request.get_data(), Loader=yaml.SafeLoader))


# case: a pickle of constants
@app.get("/pickle/constant")
def pickle_constant():
    return jsonify(pickle.loads(pickle.dumps({"a": 1})))


# case: a pickle of the request
@app.post("/pickle")
def pickle_request():
    return jsonify(pickle.loads(base64.b64decode(request.form["state"])))  # expect: unsafe-deserialization from 77


# case: a literal that is evaluated
@app.post("/literal")
def literal():
    return jsonify(ast.literal_eval(request.form["value"]))


# case: an expression that is evaluated
@app.post("/expression")
def expression():
    return jsonify(eval(request.form["value"]))  # expect: code-injection from 89


# case: an operator from a table
OPERATIONS = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b}


@app.get("/calc")
def calc():
    operation = OPERATIONS.get(request.args["op"])
    if operation is None:
        abort(400)
    return jsonify(operation(int(request.args["a"]), int(request.args["b"])))


# case: a method chosen from a list
class Report:
    def daily(self):
        return "ls daily"

    def weekly(self):
        return "ls weekly"


@app.get("/report")
def report():
    kind = request.args["kind"]
    if kind not in ("daily", "weekly"):
        abort(400)
    os.system(getattr(Report(), kind)())


# case: XML by a parser that resolves nothing
@app.post("/xml/safe")
def xml_safe():
    return jsonify(SafeET.fromstring(request.get_data()).tag)


# case: XML by a parser with entities
@app.post("/xml/lxml")
def xml_lxml():
    parser = lxml.etree.XMLParser(resolve_entities=True)
    return jsonify(lxml.etree.fromstring(request.get_data(), parser).tag)  # expect: xxe from 131


# case: XML by a parser without entities
@app.post("/xml/lxml/safe")
def xml_lxml_safe():
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    return jsonify(lxml.etree.fromstring(request.get_data(), parser).tag)


# case: an XPath with a variable
@app.get("/xpath")
def xpath_variable():
    tree = lxml.etree.parse("users.xml")
    return jsonify(len(tree.xpath("//user[@name=$name]", name=request.args["name"])))


# case: an XPath with the value in it
@app.get("/xpath/open")
def xpath_open():
    tree = lxml.etree.parse("users.xml")
    return jsonify(len(tree.xpath(f"//user[@name='{request.args['name']}']")))  # expect: xpath-injection from 152


# case: an XPath whose value has no quotes
@app.get("/xpath/checked")
def xpath_checked():
    tree = lxml.etree.parse("users.xml")
    name = request.args["name"]
    if not name.isalnum():
        abort(400)
    return jsonify(len(tree.xpath(f"//user[@name='{name}']")))


# case: an LDAP filter that is escaped
@app.get("/ldap")
def ldap_escaped():
    conn = ldap.initialize("ldap://directory")
    name = ldap.filter.escape_filter_chars(request.args["name"])
    return jsonify(conn.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={name})"))


# case: an LDAP filter that is formatted with escapes
@app.get("/ldap/format")
def ldap_formatted():
    conn = ldap.initialize("ldap://directory")
    query = ldap.filter.filter_format("(uid=%s)", [request.args["name"]])
    return jsonify(conn.search_s("dc=example", ldap.SCOPE_SUBTREE, query))


# case: an LDAP filter with the value in it
@app.get("/ldap/open")
def ldap_open():
    conn = ldap.initialize("ldap://directory")
    return jsonify(conn.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={request.args['name']})"))  # expect: ldap-injection from 185


# case: a document with text as its value
@app.post("/mongo")
def mongo_text():
    return jsonify(mongo.users.find_one({"name": str(request.get_json()["name"])}))


# case: a document with what was sent
@app.post("/mongo/open")
def mongo_open():
    return jsonify(mongo.users.find_one({"name": request.get_json()["name"]}))  # expect: nosql-injection from 197


# case: a document whose value is compared only
@app.post("/mongo/eq")
def mongo_equal():
    return jsonify(mongo.users.find_one({"name": {"$eq": request.get_json()["name"]}}))


# case: a template with its context
@app.get("/template")
def template_context():
    return render_template("hello.html", name=request.args["name"])


# case: a template's text with its context
@app.get("/template/text")
def template_text():
    return render_template_string("<b>{{ name }}</b>", name=request.args["name"])


# case: a template made of the request
@app.get("/template/open")
def template_open():
    return render_template_string("<b>" + request.args["name"] + "</b>")  # expect: ssti from 221


# case: a template that is looked up by name
TEMPLATES = {"short": "short.html", "long": "long.html"}


@app.get("/template/named")
def template_named():
    return render_template(TEMPLATES.get(request.args["kind"], "short.html"))


# case: Jinja by its own environment
@app.get("/jinja")
def jinja_environment():
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string("<b>{{ name }}</b>").render(name=request.args["name"])


# case: Jinja from the request
@app.get("/jinja/open")
def jinja_open():
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(request.args["template"]).render()  # expect: ssti from 244


# case: bleach cleans
@app.get("/bleach")
def bleached():
    return Markup(bleach.clean(request.args["text"]))


# case: Markup of what is escaped
@app.get("/markup/format")
def markup_format():
    return Markup("<b>%s</b>") % request.args["text"]


# case: Markup joins escaped parts
@app.get("/markup/join")
def markup_join():
    return Markup("<br>").join(request.args.getlist("line"))


# case: html.escape in a comprehension
@app.get("/items")
def escaped_items():
    return "<ul>" + "".join(f"<li>{html.escape(item)}" for item in request.args.getlist("item")) + "</ul>"


# case: not escaped in a comprehension
@app.get("/items/open")
def open_items():
    return "<ul>" + "".join(f"<li>{item}" for item in request.args.getlist("item")) + "</ul>"  # expect: xss-reflected from 274


# case: escaped with map
@app.get("/items/map")
def mapped_items():
    return "<br>".join(map(html.escape, request.args.getlist("item")))


# case: JSON by hand with its type
@app.get("/json/hand")
def json_by_hand():
    return Response(json.dumps({"q": request.args["q"]}), mimetype="application/json")


# case: JSON by hand as a page
@app.get("/json/page")
def json_as_page():
    return Response("<script>var q = " + request.args["q"] + "</script>")  # expect: xss-reflected from 292


# case: a number in a page
@app.get("/number")
def number_page():
    return f"<b>{int(request.args['n']):d}</b>"


# case: a length in a page
@app.get("/count")
def count_page():
    return f"<b>{len(request.args['q'])} characters</b>"


# case: a stamp in a page
@app.get("/stamp")
def stamp_page():
    moment = datetime.fromtimestamp(float(request.args["at"]), tz=timezone.utc)
    return "<b>" + moment.isoformat() + "</b>"


# case: a digest in a page
@app.get("/digest")
def digest_page():
    return "<b>" + hashlib.sha256(request.args["q"].encode()).hexdigest() + "</b>"


# case: a quoted part of an address in a page
@app.get("/link")
def link_page():
    return '<a href="/search?q=' + urllib.parse.quote(request.args["q"]) + '">again</a>'


# case: encoded parameters of an address in a page
@app.get("/links")
def links_page():
    return '<a href="/search?' + urllib.parse.urlencode({"q": request.args["q"]}) + '">again</a>'


# case: a file of a table
FILES = {"terms": "terms.txt", "privacy": "privacy.txt"}


@app.get("/file/table")
def file_table():
    name = FILES.get(request.args["name"])
    if not name:
        abort(404)
    return jsonify((ROOT / name).read_text())


# case: a file of a folder that is listed
@app.get("/file/listed")
def file_listed():
    name = request.args["name"]
    if name not in os.listdir("/srv/data"):
        abort(404)
    return jsonify((ROOT / name).read_text())


# case: a file by a number
@app.get("/file/number")
def file_number():
    return jsonify((ROOT / f"{int(request.args['n'])}.txt").read_text())


# case: a file by a UUID
@app.get("/file/<uuid:key>")
def file_uuid(key):
    return jsonify((ROOT / f"{key}.txt").read_text())


# case: a file by a text that is a UUID
@app.get("/file/uuid")
def file_uuid_text():
    key = uuid.UUID(request.args["key"])
    return jsonify((ROOT / str(key)).read_text())


# case: a file by name
@app.get("/file/open")
def file_open():
    return jsonify((ROOT / request.args["name"]).read_text())  # expect: path-traversal from 375


# case: a file from a folder
@app.get("/file/folder/<path:name>")
def file_folder(name):
    return send_from_directory(ROOT, name)


# case: a file that is sent by its path
@app.get("/file/sent/<path:name>")
def file_sent(name):
    return send_file(ROOT / name)  # expect: path-traversal from 386


# case: a stem only
@app.get("/file/stem")
def file_stem():
    stem = pathlib.PurePosixPath(request.args["name"]).stem
    return jsonify((ROOT / f"{stem}.txt").read_text())


# case: a slug
@app.get("/file/slug")
def file_slug():
    slug = re.sub(r"[^a-z0-9-]+", "-", request.args["name"].lower()).strip("-")
    return jsonify((ROOT / f"{slug}.txt").read_text())


# case: not quite a slug
@app.get("/file/slug/open")
def file_slug_open():
    slug = re.sub(r"[\s]+", "-", request.args["name"].lower()).strip("-")
    return jsonify((ROOT / f"{slug}.txt").read_text())  # expect: path-traversal from 407


# case: members of an archive that are checked
@app.post("/archive")
def archive_checked():
    with zipfile.ZipFile(request.files["file"]) as archive:
        for name in archive.namelist():
            target = (ROOT / name).resolve()
            if not target.is_relative_to(ROOT):
                abort(400)
            target.write_bytes(archive.read(name))
    return "ok"


# case: a log line without line breaks
@app.get("/log")
def logged():
    log.info("asked for %s", request.args["q"].replace("\n", " ").replace("\r", " "))
    return "ok"


# case: a log line with repr
@app.get("/log/repr")
def logged_repr():
    log.info("asked for %r", request.args["q"])
    return "ok"


# case: a log line
@app.get("/log/open")
def logged_open():
    log.info("asked for " + request.args["q"])  # expect: log-injection from 440
    return "ok"


# case: a log line of a number
@app.get("/log/number")
def logged_number():
    log.info("asked for %s", int(request.args["q"]))
    return "ok"


# case: the session of a constant choice
@app.post("/theme")
def theme():
    session["theme"] = "dark" if request.form.get("dark") else "light"
    return "ok"


# case: the session of an allowlist
@app.post("/language")
def language():
    wanted = request.form["language"]
    if wanted not in ("en", "de", "fr"):
        abort(400)
    session["language"] = wanted
    return "ok"


# case: a redirect with parameters
@app.get("/moved")
def moved():
    return redirect("/search?" + urllib.parse.urlencode({"q": request.args["q"]}))


# case: a redirect by endpoint and value
@app.get("/moved/endpoint")
def moved_endpoint():
    return redirect(url_for("item", name=request.args["name"]))


# case: a redirect to an address from a table
TARGETS = {"docs": "https://docs.example.org", "blog": "https://blog.example.org"}


@app.get("/moved/table")
def moved_table():
    return redirect(TARGETS.get(request.args["to"], "/"))


# case: a redirect to an address from a table, or what was asked
@app.get("/moved/table/open")
def moved_table_open():
    return redirect(TARGETS.get(request.args["to"], request.args["to"]))  # expect: open-redirect from 492


# case: a header that is a number
@app.get("/header")
def header_number():
    answer = make_response("ok")
    answer.headers["X-Count"] = str(int(request.args["n"]))
    return answer


# case: a cookie from an allowlist
@app.get("/cookie")
def cookie_allowed():
    answer = make_response("ok")
    theme = request.args["theme"]
    answer.set_cookie("theme", theme if theme in {"dark", "light"} else "light", secure=True, httponly=True)
    return answer


# case: SQLAlchemy expressions
@app.get("/sa")
def sa_expression():
    products = table("products", column("name"), column("price"))
    query = select(products).where(products.c.name == request.args["name"]).order_by(desc(products.c.price))
    with engine.connect() as conn:
        return jsonify([dict(row) for row in conn.execute(query)])


# case: SQLAlchemy text with parameters bound to it
@app.get("/sa/bind")
def sa_bindparams():
    query = text("SELECT * FROM products WHERE name = :name").bindparams(name=request.args["name"])
    with engine.connect() as conn:
        return jsonify([dict(row) for row in conn.execute(query)])


# case: SQLAlchemy text of the request
@app.get("/sa/open")
def sa_open():
    with engine.connect() as conn:
        return jsonify(conn.execute(text("SELECT * FROM products WHERE " + request.args["where"])).all())  # expect: sql-injection from 533


# case: a statement chosen by the request
STATEMENTS = {"all": "SELECT * FROM products", "new": "SELECT * FROM products WHERE is_new"}


@app.get("/statement")
def statement_chosen():
    conn = sqlite3.connect("shop.db")
    return jsonify(conn.execute(STATEMENTS[request.args["kind"]]).fetchall())


# case: many rows by executemany
@app.post("/rows")
def rows_many():
    conn = sqlite3.connect("shop.db")
    conn.executemany("INSERT INTO products VALUES (?, ?)", [(row["name"], row["price"]) for row in request.get_json()])
    return "ok"


# case: a search with wildcards in the value
@app.get("/like")
def like():
    conn = sqlite3.connect("shop.db")
    pattern = f"%{request.args['q']}%"
    return jsonify(conn.execute("SELECT * FROM products WHERE name LIKE ?", (pattern,)).fetchall())


# case: a search with wildcards in the statement
@app.get("/like/open")
def like_open():
    conn = sqlite3.connect("shop.db")
    statement = "SELECT * FROM products WHERE name LIKE '%{}%'".format(request.args["q"])
    return jsonify(conn.execute(statement).fetchall())  # expect: sql-injection from 566


# case: a statement that is logged and not run
@app.get("/explain")
def explained():
    conn = sqlite3.connect("shop.db")
    shown = f"SELECT * FROM products WHERE name = '{request.args['q']}'"
    rows = conn.execute("SELECT * FROM products WHERE name = ?", (request.args["q"],)).fetchall()
    return jsonify(rows=rows, shown=shown)


# case: a request to a service by its number
@app.get("/service")
def service_number():
    return jsonify(requests.get(f"https://api.example.org/items/{int(request.args['n'])}", timeout=2).json())


# case: a request with parameters
@app.get("/service/params")
def service_params():
    return jsonify(requests.get("https://api.example.org/items", params={"q": request.args["q"]}, timeout=2).json())


# case: a request with a body
@app.post("/service/body")
def service_body():
    return jsonify(requests.post("https://api.example.org/items", json=request.get_json(), timeout=2).json())


# case: a request to a chosen port
@app.get("/service/port")
def service_port():
    return jsonify(requests.get(f"http://localhost:{int(request.args['port'])}/health", timeout=2).json())


# case: a request to a joined path
@app.get("/service/join")
def service_join():
    address = urllib.parse.urljoin("https://api.example.org/", request.args["path"])
    return jsonify(requests.get(address, timeout=2).json())  # expect: ssrf from 606


# case: a pattern that is escaped
@app.get("/regex")
def regex_escaped():
    return jsonify(re.findall(re.escape(request.args["q"]), "some text"))


# case: a command with an environment
@app.get("/env")
def command_environment():
    done = subprocess.run(["printenv", "NAME"], env={"NAME": request.args["name"]}, capture_output=True, text=True)
    return jsonify(done.stdout)


# case: a command whose line is quoted part by part
@app.get("/quoted")
def command_quoted():
    line = " ".join(shlex.quote(part) for part in ["grep", "-e", request.args["q"], "all.txt"])
    return jsonify(os.popen(line).read())


# case: a command in quotes of one's own
@app.get("/quotes")
def command_quotes():
    return jsonify(os.popen(f'grep -e "{request.args["q"]}" all.txt').read())  # expect: command-injection from 633


# case: a password is hashed
@app.post("/register")
def register():
    conn = sqlite3.connect("shop.db")
    hashed = generate_password_hash(request.form["password"])
    conn.execute("INSERT INTO users VALUES (?, ?)", (request.form["name"], hashed))
    return "ok"


# case: a token of the server's own
@app.post("/token")
def token():
    conn = sqlite3.connect("shop.db")
    value = secrets.token_urlsafe(32)
    conn.execute(f"INSERT INTO tokens VALUES ('{value}')")
    return "ok"


# case: a signed value
@app.post("/signed")
def signed_value():
    given, signature = request.form["value"], request.form["signature"]
    expected = hmac.new(app.secret_key, given.encode(), "sha256").hexdigest()
    if not hmac.compare_digest(expected, signature):
        abort(403)
    return jsonify(pickle.loads(base64.b64decode(given)))
