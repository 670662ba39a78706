import markdown2
from flask import Flask, abort, request, session
from mako.template import Template
from werkzeug.security import check_password_hash

import directory

app = Flask(__name__)


# case: a name whose password was right
@app.post("/checked")
def checked():
    name, password = request.form["name"], request.form["password"]
    if not directory.check(name, password):
        abort(401)
    session["user"] = name


# case: a name for which something was found by its password
@app.post("/found")
def found():
    name, password = request.form["name"], request.form["password"]
    entry = directory.bind(name, password)
    if entry is None:
        abort(401)
    session["user"] = name


# case: the form's own fields
@app.post("/fields")
def fields():
    if directory.check(request.form["name"], request.form["password"]):
        session["user"] = request.form["name"]


# case: a name by which the hash of its password was looked up
@app.post("/hash")
def by_hash():
    username = request.form["username"]
    user = directory.find(username)
    if user and check_password_hash(user.password, request.form["password"]):
        session["username"] = username


# case: a name that nobody asked for a password
@app.post("/unchecked")
def unchecked():
    name = request.form["name"]
    session["user"] = name  # expect: trust-boundary-session from 49


# case: a name whose password was wrong
@app.post("/wrong")
def wrong():
    name, password = request.form["name"], request.form["password"]
    if not directory.check(name, password):
        session["user"] = name  # expect: trust-boundary-session from 56


# case: what nobody signs in as
@app.post("/role")
def role():
    name, password = request.form["name"], request.form["password"]
    if directory.check(name, password):
        session["role"] = request.form["role"]  # expect: trust-boundary-session from 66


# case: a template of Mako that leaves a value as it is
@app.get("/bare")
def mako_bare():
    return Template("<p>${name}</p>").render(name=request.args["name"])  # expect: xss-reflected from 72


# case: a template of Mako that escapes a value
@app.get("/escaped")
def mako_escaped():
    return Template("<p>${name | h}</p>").render(name=request.args["name"])


# case: a template of Mako that was told to escape everything
@app.get("/told")
def mako_told():
    return Template("<p>${name}</p>", default_filters=["h"]).render(name=request.args["name"])


# case: a page of Markdown, with the tags that were sent
@app.get("/markdown")
def of_markdown():
    return markdown2.markdown(request.args["text"])  # expect: xss-reflected from 90


# case: a page of Markdown without tags
@app.get("/safe-markdown")
def of_safe_markdown():
    return markdown2.markdown(request.args["text"], safe_mode="escape")
