import base64
import binascii
import codecs
import configparser
import contextlib
import csv
import enum
import functools
import hashlib
import io
import itertools
import json
import logging
import operator
import os
import pathlib
import pickle
import queue
import re
import shlex
import sqlite3
import string
import subprocess
import tempfile
import threading
import urllib.parse
import uuid
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field

from flask import Flask, abort, g, make_response, redirect, request, session, url_for
from markupsafe import Markup, escape

app = Flask(__name__)
db = sqlite3.connect("shop.db")
log = logging.getLogger(__name__)


# case: a view that looks the column up in a table of columns
COLUMNS = {"name": "p.name", "price": "p.price", "added": "p.created_at"}


@app.get("/products")
def products_sorted():
    column = COLUMNS.get(request.args.get("sort", "name"), "p.name")
    direction = "DESC" if request.args.get("desc") else "ASC"
    rows = db.execute(f"SELECT p.id, p.name FROM products p ORDER BY {column} {direction}")
    return {"rows": rows.fetchall()}


# case: a view that looks the column up and falls back on what was given
@app.get("/products/any")
def products_any():
    asked = request.args.get("sort", "name")
    column = COLUMNS.get(asked, asked)
    rows = db.execute(f"SELECT p.id, p.name FROM products p ORDER BY {column}")  # expect: sql-injection from 54
    return {"rows": rows.fetchall()}


# case: placeholders are made for as many values as there are
@app.post("/products/many")
def products_many():
    ids = request.get_json()["ids"]
    marks = ", ".join("?" for _ in ids)
    rows = db.execute(f"SELECT * FROM products WHERE id IN ({marks})", ids)
    return {"rows": rows.fetchall()}


# case: values are joined into a list of values
@app.post("/products/joined")
def products_joined():
    ids = request.get_json()["ids"]
    joined = ", ".join(str(one) for one in ids)
    rows = db.execute(f"SELECT * FROM products WHERE id IN ({joined})")  # expect: sql-injection from 72
    return {"rows": rows.fetchall()}


# case: numbers are joined into a list of values
@app.post("/products/numbers")
def products_numbers():
    ids = [int(one) for one in request.form.getlist("id")]
    joined = ", ".join(map(str, ids))
    rows = db.execute("SELECT * FROM products WHERE id IN (" + joined + ")")
    return {"rows": rows.fetchall()}


# case: conditions are collected and values kept beside
@app.get("/search")
def search_conditions():
    where, values = [], []
    for name in ("name", "brand"):
        if name in request.args:
            where.append(f"{name} = ?")
            values.append(request.args[name])
    statement = "SELECT * FROM products"
    if where:
        statement += " WHERE " + " AND ".join(where)
    return {"rows": db.execute(statement, values).fetchall()}


# case: conditions are collected with names of the request
@app.get("/search/open")
def search_open():
    where, values = [], []
    for name, value in request.args.items():
        where.append(f"{name} = ?")
        values.append(value)
    statement = "SELECT * FROM products WHERE " + " AND ".join(where)
    return {"rows": db.execute(statement, values).fetchall()}  # expect: sql-injection from 105


# case: names of the request that are columns
FIELDS = frozenset({"name", "brand", "size"})


@app.get("/search/known")
def search_known():
    where, values = [], []
    for name, value in request.args.items():
        if name not in FIELDS:
            continue
        where.append(f"{name} = ?")
        values.append(value)
    statement = "SELECT * FROM products WHERE " + " AND ".join(where)
    return {"rows": db.execute(statement, values).fetchall()}


# case: columns that are columns, in a comprehension
@app.get("/fields")
def fields_known():
    wanted = [name for name in request.args.get("fields", "").split(",") if name in FIELDS]
    return {"rows": db.execute("SELECT " + ", ".join(wanted or ["id"]) + " FROM products").fetchall()}


# case: columns of an intersection
@app.get("/fields/common")
def fields_common():
    wanted = sorted(FIELDS & set(request.args.get("fields", "").split(",")))
    return {"rows": db.execute("SELECT " + ", ".join(wanted) + " FROM products").fetchall()}


# case: columns of a union
@app.get("/fields/union")
def fields_union():
    wanted = sorted(FIELDS | set(request.args.get("fields", "").split(",")))
    return {"rows": db.execute("SELECT " + ", ".join(wanted) + " FROM products").fetchall()}  # expect: sql-injection from 145


# case: a limit that is clamped
@app.get("/page")
def paged():
    size = min(max(int(request.args.get("size", 20)), 1), 100)
    page = request.args.get("page", 1, type=int)
    return {"rows": db.execute(f"SELECT * FROM products LIMIT {size} OFFSET {(page - 1) * size}").fetchall()}


# case: a limit that is text
@app.get("/page/text")
def paged_text():
    size = request.args.get("size", 20)
    return {"rows": db.execute(f"SELECT * FROM products LIMIT {size}").fetchall()}  # expect: sql-injection from 160


# case: an enumeration member's value in a statement
class Order(enum.Enum):
    NEWEST = "created_at DESC"
    CHEAPEST = "price ASC"


@app.get("/ordered")
def ordered_enum():
    try:
        order = Order[request.args.get("order", "NEWEST").upper()]
    except KeyError:
        abort(400)
    return {"rows": db.execute("SELECT * FROM products ORDER BY " + order.value).fetchall()}


# case: an export below the folder of exports
EXPORTS = pathlib.Path("/srv/exports")


@app.get("/export/<path:name>")
def export_checked(name):
    target = (EXPORTS / name).resolve()
    if not target.is_relative_to(EXPORTS):
        abort(404)
    return target.read_text()


# case: an export anywhere
@app.get("/export/any/<path:name>")
def export_any(name):
    target = (EXPORTS / name).resolve()
    if not target.exists():  # expect: path-probed from 193
        abort(404)
    return target.read_text()  # expect: path-traversal from 193


# case: parents hold the folder of exports
@app.get("/export/parents/<path:name>")
def export_parents(name):
    target = (EXPORTS / name).resolve()
    if EXPORTS not in target.parents:
        abort(404)
    return target.read_text()


# case: a file under a generated name
@app.post("/avatar")
def avatar_generated():
    upload = request.files["avatar"]
    suffix = pathlib.PurePath(upload.filename).suffix.lower()
    if suffix not in {".png", ".jpg"}:
        abort(400)
    target = EXPORTS / f"{uuid.uuid4().hex}{suffix}"
    upload.save(target)
    return {"name": target.name}


# case: a file under its digest
@app.post("/blob")
def blob_digest():
    content = request.get_data()
    digest = hashlib.sha256(content).hexdigest()
    with open(f"/srv/blobs/{digest[:2]}/{digest}", "wb") as out:
        out.write(content)
    return {"digest": digest}


# case: a temporary file that holds the request
@app.post("/convert")
def converted():
    with tempfile.NamedTemporaryFile(suffix=".txt") as scratch:
        scratch.write(request.get_data())
        scratch.flush()
        done = subprocess.run(["wc", "-l", scratch.name], capture_output=True, check=True)
    return {"lines": int(done.stdout.split()[0])}


# case: the request goes in by stdin
@app.post("/format")
def formatted():
    done = subprocess.run(["jq", "."], input=request.get_data(), capture_output=True, check=True)
    return done.stdout, 200, {"Content-Type": "application/json"}


# case: the request is the program's text
@app.post("/filter")
def filtered():
    done = subprocess.run("jq '" + request.args["filter"] + "'", shell=True, capture_output=True)  # expect: command-injection from 251
    return done.stdout, 200, {"Content-Type": "application/json"}


# case: a list without a shell that ends options
@app.get("/resolve")
def resolved_host():
    done = subprocess.run(["dig", "+short", "--", request.args["host"]], capture_output=True, text=True)
    return {"found": done.stdout.splitlines()}


# case: split in words and handed to no shell
@app.get("/ping")
def pinged():
    host = request.args["host"]
    if not re.fullmatch(r"[a-z0-9.-]{1,253}", host):
        abort(400)
    done = subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True)
    return {"ok": done.returncode == 0}


# case: a check that only looks at the beginning
@app.get("/ping/open")
def pinged_open():
    host = request.args["host"]
    if not re.match(r"[a-z0-9.-]{1,253}", host):
        abort(400)
    done = subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True)  # expect: command-injection from 275
    return {"ok": done.returncode == 0}


# case: a redirect to the next page of this host
def is_local(target):
    parts = urllib.parse.urlparse(target)
    return not parts.netloc and not parts.scheme


@app.get("/login")
def login_next():
    target = request.args.get("next", "/")
    if not is_local(target):
        target = url_for("index")
    return redirect(target)


# case: a redirect to the next page, not asked
@app.get("/login/open")
def login_open():
    return redirect(request.args.get("next") or url_for("index"))  # expect: open-redirect from 299


# case: a redirect to a page by its name
PAGES = {"home": "index", "cart": "cart"}


@app.get("/go/<page>")
def go_page(page):
    if page not in PAGES:
        abort(404)
    return redirect(url_for(PAGES[page]))


# case: a greeting that is escaped
@app.get("/hello")
def hello_escaped():
    return f"<h1>Hello {escape(request.args.get('name', 'you'))}</h1>"


# case: a greeting in a page
@app.get("/hello/open")
def hello_open():
    return f"<h1>Hello {request.args.get('name', 'you')}</h1>"  # expect: xss-reflected from 322


# case: a greeting in plain text
@app.get("/hello/plain")
def hello_plain():
    answer = make_response("Hello " + request.args.get("name", "you"))
    answer.mimetype = "text/plain"
    return answer


# case: a greeting through a response
@app.get("/hello/response")
def hello_response():
    answer = make_response("<p>Hello " + request.args.get("name", "you"))  # expect: xss-reflected from 336
    answer.headers["X-Frame-Options"] = "DENY"
    return answer


# case: an identity in flask.g
@app.before_request
def remember():
    g.tenant = request.headers.get("X-Tenant", "public")
    g.started = 0


@app.get("/tenant")
def tenant_query():
    return {"rows": db.execute(f"SELECT * FROM {g.tenant}.orders").fetchall()}  # expect: sql-injection from 344


# case: another attribute of flask.g
@app.get("/started")
def started_query():
    return {"rows": db.execute(f"SELECT * FROM log WHERE at > {g.started}").fetchall()}


# case: a session value that the server set to a constant
@app.post("/plan")
def plan_set():
    session["plan"] = "free"
    return {"rows": db.execute(f"SELECT * FROM plan_{session['plan']}").fetchall()}


# case: a header without line breaks
@app.get("/download")
def download_name():
    name = request.args["name"].replace("\r", "").replace("\n", "")
    return "x", 200, {"Content-Type": "text/plain", "Content-Disposition": f"attachment; filename={name}"}
