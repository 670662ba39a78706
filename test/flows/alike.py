import os
import shlex

from flask import Flask, abort, request, send_file
from werkzeug.utils import secure_filename

app = Flask(__name__)


def is_plain(name):
    if os.path.basename(name) != name:
        return False
    return name not in (".", "..")


# case: the same as its own last part
@app.get("/plain/<path:given>")
def plain(given):
    name = "-".join(given.split("-")[2:])
    if not is_plain(name):
        abort(404)
    return send_file(os.path.join("/srv/pictures", name))


# case: the same as what was made harmless
@app.get("/same")
def same():
    name = request.args["name"]
    if name != secure_filename(name):
        abort(404)
    return send_file(os.path.join("/srv/pictures", name))


# case: another than its own last part
@app.get("/other")
def other():
    name = request.args["name"]
    if os.path.basename(name) == name:
        abort(404)
    return send_file(os.path.join("/srv/pictures", name))  # expect: path-traversal from 37


# case: harmless for something else
@app.get("/else")
def harmless_elsewhere():
    name = request.args["name"]
    if shlex.quote(name) != name:
        abort(404)
    os.system("ls " + name)
    return send_file(os.path.join("/srv/pictures", name))  # expect: path-traversal from 46


# case: two values of the sender's that are alike
@app.get("/both")
def both():
    name = request.args["name"]
    if request.args["again"] != name:
        abort(404)
    return send_file(os.path.join("/srv/pictures", name))  # expect: path-traversal from 56
