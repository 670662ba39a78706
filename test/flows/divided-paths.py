import os
from pathlib import Path, PurePosixPath

from flask import abort, request


# case: no part of the path leads up
def parts():
    name = request.args["n"]
    if ".." in name.split("/") or name.startswith("/"):
        abort(404)
    open("/srv/" + name)
    open(os.path.join("/srv", name))


# case: parts of something else lead nowhere up
def endings():
    name = request.args["n"]
    if ".." in name.split("."):
        abort(404)
    open("/srv/" + name)  # expect: path-traversal from 18


# case: a pure path that is relative and leads nowhere up
def pure():
    path = PurePosixPath(request.args["n"])
    if path.is_absolute() or ".." in path.parts:
        abort(404)
    open(os.path.join("/srv", path))
    (Path("/srv") / path).read_text()


# case: a pure path that leads nowhere up and may be absolute
def absolute():
    path = PurePosixPath(request.args["n"])
    if ".." in path.parts:
        abort(404)
    open(os.path.join("/srv", path))  # expect: path-traversal from 35


# case: a pure path that is relative and may lead up
def relative():
    path = PurePosixPath(request.args["n"])
    if path.is_absolute():
        abort(404)
    open(os.path.join("/srv", path))  # expect: path-traversal from 43


# case: the parts of a path object that is made for the question
def made():
    name = request.args["n"]
    if os.path.isabs(name) or ".." in Path(name).parts:
        abort(404)
    open(os.path.join("/srv", name))


# case: parts that have a name of their own
def named():
    name = request.args["n"]
    parts = Path(name).parts
    if ".." in parts:
        abort(404)
    open("/srv/" + name)


# case: the parts of what the name stood for before
def renamed():
    name = request.args["n"]
    parts = name.split("/")
    name = request.args["m"]
    if ".." in parts:
        abort(404)
    open("/srv/" + name)  # expect: path-traversal from 70


# case: each part is asked about
def each():
    name = request.args["n"]
    if any(part in ("", "..") for part in name.split("/")):
        abort(404)
    open("/srv/" + name)


# case: each part is asked for something else
def each_other():
    name = request.args["n"]
    if any(part in ("", ".") for part in name.split("/")):
        abort(404)
    open("/srv/" + name)  # expect: path-traversal from 86


# case: one of the parts is asked for
def one():
    name = request.args["n"]
    if all(part == ".." for part in name.split("/")):
        abort(404)
    open("/srv/" + name)  # expect: path-traversal from 94


def has_parent(name):
    return ".." in name


def refuse_parent(name):
    if ".." in name:
        abort(400)


# case: a function has asked for folders above
def asked_by_function():
    name = request.args["name"]
    if has_parent(name):
        abort(400)
    open("/srv/files/" + name)


# case: a function has refused folders above
def refused_by_function():
    name = request.args["name"]
    refuse_parent(name)
    open(f"/srv/files/{name}")


# case: without folders above, a path may still be absolute
def refused_and_absolute():
    name = request.args["name"]
    refuse_parent(name)
    open(name)  # expect: path-traversal from 126


# case: a function has asked for folders above, and nobody listens
def asked_in_vain():
    name = request.args["name"]
    if has_parent(name):
        print("odd")
    open("/srv/files/" + name)  # expect: path-traversal from 133


# case: folders above are seen, and let through
def seen_and_let_through():
    name = request.args["name"]
    if ".." in name:
        print("odd")
    open("/srv/files/" + name)  # expect: path-traversal from 141


# case: folders above are seen, and another name is taken
def seen_and_replaced():
    name = request.args["name"]
    if ".." in name:
        name = "index"
    open("/srv/files/" + name)
