/** A small shop before and after a pull request: several mistakes, and changes beside them that only look like mistakes. */

const ORDERS_BEFORE = `import sqlite3

from flask import Blueprint, abort, request

orders = Blueprint("orders", __name__)


def connect():
    return sqlite3.connect("shop.db")


@orders.get("/orders/<int:order>")
def show(order):
    row = connect().execute("SELECT id, total FROM orders WHERE id = ?", (order,)).fetchone()
    return {"order": row} if row else abort(404)
`;

const ORDERS_AFTER = `import sqlite3

from flask import Blueprint, abort, request

orders = Blueprint("orders", __name__)

COLUMNS = ("id", "total", "placed")


def connect():
    return sqlite3.connect("shop.db")


@orders.get("/orders/<int:order>")
def show(order):
    row = connect().execute(f"SELECT id, total FROM orders WHERE id = {order}").fetchone()
    return {"order": row} if row else abort(404)


@orders.get("/orders")
def search():
    customer = request.args["customer"]
    rows = connect().execute(f"SELECT id, total FROM orders WHERE customer = '{customer}'").fetchall()
    return {"orders": rows}


@orders.get("/orders/sorted")
def sorted_orders():
    column = request.args.get("by", "id")
    if column not in COLUMNS:
        abort(400)
    return {"orders": connect().execute("SELECT id, total FROM orders ORDER BY " + column).fetchall()}
`;

const FILES_AFTER = `import os
import subprocess
import tarfile
from pathlib import Path

from flask import Blueprint, abort, request

files = Blueprint("files", __name__)

INVOICES = Path("/srv/invoices")


@files.get("/invoice")
def invoice():
    with open(os.path.join("/srv/invoices", request.args["name"])) as file:
        return {"text": file.read()}


@files.get("/invoice/checked")
def checked_invoice():
    path = (INVOICES / request.args["name"]).resolve()
    if not path.is_relative_to(INVOICES):
        abort(404)
    return {"text": path.read_text()}


@files.post("/convert")
def convert():
    subprocess.run("convert " + request.form["image"] + " out.png", shell=True)
    subprocess.run(["convert", "--", request.form["image"], "out.png"])
    return {"done": True}


def restore(archive):
    with tarfile.open(archive) as backup:
        backup.extractall("/srv/restore")
`;

const LOGIN_AFTER = `import hmac
import random

import requests
import yaml
from flask import Blueprint, make_response, redirect, request

login = Blueprint("login", __name__)

SHIPPING_KEY = "ghp_8sKd0QmZx7Lw2Nf5Vb9Rt3Yc6Hj1Pa4Ge0Ui"


@login.post("/login")
def sign_in():
    session_token = "".join(random.choice("0123456789abcdef") for _ in range(32))
    answer = make_response(redirect(request.args.get("next", "/")))
    answer.set_cookie("session", session_token, httponly=True)
    return answer


def verify(body, signature, key):
    expected = hmac.new(key, body, "sha256").hexdigest()
    return hmac.compare_digest(expected, signature)


def rates():
    return requests.get("https://rates.example.org/latest", timeout=5, verify=False).json()


def settings(text):
    return yaml.load(text, Loader=yaml.Loader)


def colour():
    return random.choice(["red", "green"])
`;

export const TITLE = "Search orders, convert images, sign in";

export const BEFORE = {
  "README.md": "# A small shop\n",
  "shop/__init__.py": "",
  "shop/orders.py": ORDERS_BEFORE,
  "requirements.txt": "flask==3.1.0\nrequests==2.32.3\n",
};

export const AFTER = {
  "shop/orders.py": ORDERS_AFTER,
  "shop/files.py": FILES_AFTER,
  "shop/login.py": LOGIN_AFTER,
  "requirements.txt": "flask==3.1.0\nrequests==2.32.3\npyyaml\n",
};
