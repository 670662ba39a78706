import os
import posixpath

from flask import Flask, abort

app = Flask(__name__)


# case: a normalized path that neither begins with .. nor is absolute
def below(folder, path):
    name = posixpath.normpath(path)
    full = os.path.join(folder, name)
    if os.path.isabs(name) or name == ".." or name.startswith("../"):
        raise ValueError(path)
    return full


@app.get("/1/<path:name>")
def read_below(name):
    return open(below("/srv", name)).read()


# case: the same where it is joined afterwards
@app.get("/2/<path:name>")
def read_after(name):
    plain = os.path.normpath(name)
    if plain.startswith(("..", "/")):
        abort(404)
    return open(os.path.join("/srv", plain)).read()


# case: of a path that is not normalized .. may stand further behind
@app.get("/3/<path:name>")
def read_as_sent(name):
    if os.path.isabs(name) or name == ".." or name.startswith("../"):
        abort(404)
    return open(os.path.join("/srv", name)).read()  # expect: path-traversal from 34


# case: a normalized path that may be absolute
@app.get("/4/<path:name>")
def read_anywhere(name):
    plain = os.path.normpath(name)
    if plain.startswith("../"):
        abort(404)
    return open(os.path.join("/srv", plain)).read()  # expect: path-traversal from 42
