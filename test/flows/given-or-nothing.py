import os
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
ENDINGS = {"png", "jpg"}
PAGES = ("start", "about")


def is_picture(name):
    return "." in name and name.rsplit(".", 1)[1].lower() in ENDINGS


def is_word(name):
    return name.isalnum()


# case: an upload whose name or nothing has a listed ending
@app.post("/picture")
def keep_picture():
    file = request.files.get("file")
    if file is None or not is_picture(file.filename or ""):
        return "no"
    file.save("/srv/" + os.path.basename(file.filename))
    return "kept"


# case: a name or nothing that a function proves
@app.get("/word")
def word():
    name = request.args.get("name")
    if not is_word(name or ""):
        return "no"
    return Path("/srv", name).read_text()


# case: a name or another one, of which a function proves the first where there is one
@app.get("/either")
def either():
    name, other = request.args.get("name"), request.args.get("other")
    if not is_word(other or name):
        return "no"
    return Path("/srv", name).read_text()  # expect: path-traversal from 41


# case: a method of a name or nothing
@app.get("/letters")
def letters():
    name = request.args.get("name")
    if not (name or "").isalnum():
        return "no"
    return Path("/srv", name).read_text()


# case: a name or a default that is one of a list
@app.get("/page")
def page():
    name = request.args.get("name")
    if (name or "start") not in PAGES:
        return "no"
    return Path("/srv", name).read_text()


# case: what is one of a list or nothing may still be nothing
@app.get("/nothing")
def nothing():
    name = request.args.get("name")
    if (name or "start") not in PAGES:
        return "no"
    if name is None:
        os.system("ls " + request.args["folder"])  # expect: command-injection from 72
    return ""


# case: one of two that is both there is no default
@app.get("/both")
def both():
    name, other = request.args.get("name"), request.args.get("other")
    if not is_word(name and other):
        return "no"
    return Path("/srv", name).read_text()  # expect: path-traversal from 79
