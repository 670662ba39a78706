import json
import os
import sqlite3
import subprocess
import sys

import jwt
import psycopg
from flask import Flask, abort, request, session

app = Flask(__name__)
db = sqlite3.connect("shop.db")


# case: names of tables and columns, as the database lists them
def listed():
    columns = {row[1] for row in db.execute("PRAGMA table_info(item)")}
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master").fetchall()]
    column, table = request.args["c"], request.args["t"]
    if column not in columns or table not in tables:
        abort(400)
    db.execute(f"SELECT {column} FROM {table}")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        db.execute(f"DELETE FROM {name}")


# case: names that the database was told
def told():
    for (name,) in db.execute("SELECT name FROM person"):
        db.execute(f"DELETE FROM visit WHERE name = '{name}'")  # expect: second-order-injection from 29


# case: what is listed among stored names is one of those
def stored():
    names = [row[0] for row in db.execute("SELECT name FROM person").fetchall()]
    name = request.args["n"]
    if name in names:
        os.system("greet " + name)  # expect: second-order-injection from 35


# case: what is listed among sent names is sent
def sent():
    names = request.args.getlist("all")
    name = request.args["n"]
    if name in names:
        os.system("greet " + name)  # expect: command-injection from 44


# case: the quote of a name is written twice
def quoted():
    name = '"' + request.args["n"].replace('"', '""') + '"'
    db.execute(f"SELECT {name} FROM item")
    name = "`%s`" % request.args["n"].replace("`", "``")
    db.execute(f"SELECT {name} FROM item")


# case: the quote of a name is taken out, or made another
def unquoted():
    db.execute("SELECT '%s' FROM item" % request.args["n"].replace('"', ""))  # expect: sql-injection from 59
    db.execute("SELECT '%s' FROM item" % request.args["n"].replace('"', "'"))  # expect: sql-injection from 60


# case: a statement that copies
def copied():
    with psycopg.connect("") as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY {request.args['t']} TO STDOUT") as rows:  # expect: sql-injection from 66
            return list(rows)


# case: a statement that copies what is constant
def copied_constant():
    with psycopg.connect("") as connection, connection.cursor() as cursor:
        with cursor.copy("COPY item TO STDOUT") as rows:
            return list(rows)


# case: the interpreter is a program that takes options
def interpreter():
    subprocess.run([sys.executable, "-m", "pip", "install", request.args["n"]])  # expect: argument-injection from 79


# case: the interpreter, behind the end of the options
def interpreter_ended():
    subprocess.run([sys.executable, "-m", "pip", "install", "--", request.args["n"]])


# case: the claims of a token that was checked
def claims():
    session["user"] = jwt.decode(request.headers["X-Token"], os.environ["KEY"], algorithms=["HS256"])["sub"]


# case: the token itself
def token():
    session["user"] = request.headers["X-Token"]  # expect: trust-boundary-session from 94


# case: a script holds a text whose tags are written out
@app.get("/script")
def script():
    return "<script>let q = " + json.dumps(request.args["q"]).replace("<", "\\u003c") + "</script>"


# case: a script holds a text whose quotes are written out
@app.get("/script/quotes")
def script_quotes():
    return "<script>let q = " + json.dumps(request.args["q"]).replace('"', "\\u0022") + "</script>"  # expect: xss-reflected from 106
