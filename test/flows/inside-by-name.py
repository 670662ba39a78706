import os

from flask import Flask, abort, current_app, request, send_file, session
from paths import is_in_or_equal, is_in_use, safe_name

app = Flask(__name__)


# case: a function of another module says that it is inside
@app.get("/inside")
def inside():
    path = os.path.abspath(request.args["path"])
    if not is_in_or_equal(path, "/srv/files"):
        abort(404)
    return send_file(path)


# case: a function of another module says something else of it
@app.get("/in-use")
def in_use():
    path = os.path.abspath(request.args["path"])
    if is_in_use(path, "/srv/files"):
        abort(404)
    return send_file(path)  # expect: path-traversal from 21


# case: it is outside
@app.get("/outside")
def outside():
    path = os.path.abspath(request.args["path"])
    if is_in_or_equal(path, "/srv/files"):
        abort(404)
    return send_file(path)  # expect: path-traversal from 30


# case: a text without a dot, behind a name
@app.get("/format/<path:ending>")
def of_format(ending):
    ending = ending.split(".")[0]
    return send_file(os.path.join("/srv/books", safe_name() + "." + ending))


# case: a text that was divided once, and one without a dot that may be absolute
@app.get("/formats/<path:ending>")
def of_formats(ending):
    send_file(os.path.join("/srv/books", ending.split(".")[0]))  # expect: path-traversal from 45
    return send_file("/srv/books/" + ending.split(".", 1)[1])  # expect: path-traversal from 45


# case: a method of that name may be called
@app.get("/api/<name>")
def called(name):
    api = current_app.config["API"]
    if not api.is_authorized(name, {"role": session["role"]}):
        abort(403)
    return {"answer": getattr(api, name)()}


# case: somebody may call something, which says nothing of the name
@app.get("/any/<name>")
def called_by_anybody(name):
    api = current_app.config["API"]
    if not api.is_authorized(session["role"]):
        abort(403)
    return {"answer": getattr(api, name)()}  # expect: dynamic-attribute-tainted from 61
