import fnmatch
import os
import zipfile
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)

ROOT = "/srv/files"
ROOTS = ["/srv/files", "/srv/pictures"]


def contains(path, root):
    path, root = Path(path).resolve(), Path(root).resolve()
    try:
        path.relative_to(root)
        return True
    except ValueError:
        return False


# case: a check that binds its own parameters again
@app.get("/contained")
def contained():
    path = os.path.abspath(request.args["path"])
    if not contains(path, ROOT):
        return "no"
    return open(path).read().upper()


def contains_another(path, root):
    path, root = Path(root).resolve(), Path(path).resolve()
    return path.is_relative_to(root)


# case: a check that exchanges its parameters
@app.get("/exchanged")
def exchanged():
    path = os.path.abspath(request.args["path"])
    if not contains_another(path, ROOT):
        return "no"
    return open(path).read().upper()  # expect: path-traversal from 40


def cleaned(path):
    path = os.path.basename(path)
    return path != ""


# case: a check of what its parameter was bound to is none of what was passed
@app.get("/cleaned")
def only_cleaned():
    path = request.args["path"]
    if not cleaned(path):
        return "no"
    return open(path).read().upper()  # expect: path-traversal from 54


def allowed(path, roots):
    if any(contains(path, root) for root in roots):
        return True, "allowed"
    return False, "outside"


# case: the first part of an answer says that it is allowed
@app.get("/allowed")
def is_allowed():
    path = os.path.abspath(request.args["path"])
    ok, reason = allowed(path, ROOTS)
    if not ok:
        return reason
    return open(path).read().upper()


# case: the answer is not asked
@app.get("/unasked")
def unasked():
    path = os.path.abspath(request.args["path"])
    ok, reason = allowed(path, ROOTS)
    if not reason:
        return "no"
    return open(path).read().upper() + str(ok)  # expect: path-traversal from 79


# case: the answer is about what the path was before
@app.get("/before")
def before():
    path = os.path.abspath(request.args["path"])
    ok, reason = allowed(path, ROOTS)
    path = request.args["other"]
    if not ok:
        return reason
    return open(path).read().upper()  # expect: path-traversal from 91


def error_in(name):
    if name not in ("a", "b"):
        return None, "no such name"
    return name, None


# case: the second part of an answer says what is wrong
@app.get("/error")
def error():
    name = request.args["name"]
    found, wrong = error_in(name)
    if wrong:
        return wrong
    os.system("ls " + name)
    return str(found)


# case: the second part of an answer says that nothing is wrong, and nothing follows
@app.get("/no-error")
def no_error():
    name = request.args["name"]
    found, wrong = error_in(name)
    if not wrong:
        print(found)
    os.system("ls " + name)  # expect: command-injection from 117
    return ""


def refuse_steps(name):
    if "/" in name or ".." in name or "\\" in name:
        raise ValueError(name)


# case: a name that is checked after it was joined
@app.get("/joined")
def joined():
    name = request.args["name"]
    path = os.path.join(ROOT, name)
    refuse_steps(name)
    return open(path).read().upper()


# case: a name that is checked after it was written into a path
@app.get("/written")
def written():
    name = request.args["name"]
    path = f"{ROOT}/{name}"
    if os.path.basename(name) != name:
        return "no"
    return open(path).read().upper()


# case: another name is checked after one was joined
@app.get("/another")
def another():
    name = request.args["name"]
    path = os.path.join(ROOT, name)
    name = request.args["other"]
    refuse_steps(name)
    return open(path).read().upper()  # expect: path-traversal from 152


# case: what was made of a name before it is checked
@app.get("/made")
def made():
    name = request.args["name"]
    path = os.path.join(ROOT, name.replace("_", "/"))
    refuse_steps(name)
    return open(path).read().upper()  # expect: path-traversal from 162


# case: the last part of names that a pattern leaves
def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in fnmatch.filter(archive.namelist(), "*.xml"):
            with open(os.path.join(folder, name.split("/")[-1]), "wb") as target:
                target.write(archive.read(name))


# case: names that a pattern leaves
def unpack_all(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in fnmatch.filter(archive.namelist(), "*.xml"):
            with open(os.path.join(folder, name), "wb") as target:  # expect: zip-slip-manual-extract from 179
                target.write(archive.read(name))


def _is_child_path(path, parent, link_name=None):
    if link_name and not os.path.isabs(path):
        path = os.path.abspath(os.path.join(os.path.dirname(link_name), path))
    return path == parent or path.startswith(parent + os.sep)


# case: a function of the program asks by its name whether a path is inside another
def link(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not _is_child_path(name, folder, link_name=folder):
                raise ValueError(name)
            os.symlink(name, os.path.join(folder, "latest"))


def _is_child_name(name):
    return len(name) > 1


# case: a function of one path asks nothing about another
def link_any(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not _is_child_name(name):
                raise ValueError(name)
            os.symlink(name, os.path.join(folder, "latest"))  # expect: zip-slip-manual-extract from 206


# case: a number between two others
@app.get("/between")
def between():
    size = max(1, min(request.args.get("size", 10), 64))
    os.system(f"head -c {size} /srv/log")
    return ""


# case: the larger of two texts
@app.get("/larger")
def larger():
    size = max("1", request.args.get("size", "10"))
    os.system(f"head -c {size} /srv/log")  # expect: command-injection from 223
    return ""


# case: the answer is given another value in a loop
@app.get("/rebound")
def rebound():
    path = os.path.abspath(request.args["path"])
    ok, reason = allowed(path, ROOTS)
    for ok in (True, False):
        if ok:
            return open(path).read().upper() + reason  # expect: path-traversal from 231
    return ""
