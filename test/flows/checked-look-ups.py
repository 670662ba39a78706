import os
from flask import abort, request

COLUMNS = {"name": "u.name", "age": "u.age"}


# case: what a table gives something for is one of its keys
def listed():
    name = request.args["n"]
    if COLUMNS.get(name) is not None:
        os.system("sort " + name)


# case: what a table gives nothing for may be anything
def unlisted():
    name = request.args["n"]
    if COLUMNS.get(name) is None:
        os.system("sort " + name)  # expect: command-injection from 16


# case: what a table gives has a name, and is asked for
def listed_by_name():
    name = request.args["n"]
    column = COLUMNS.get(name)
    if not column:
        abort(404)
    os.system("sort " + name)


# case: what a table gives has a name, and is asked for the other way round
def unlisted_by_name():
    name = request.args["n"]
    column = COLUMNS.get(name)
    if column:
        abort(404)
    os.system("sort " + name)  # expect: command-injection from 32


# case: what a table gives instead proves nothing
def with_default():
    name = request.args["n"]
    if COLUMNS.get(name, "u.id"):
        os.system("sort " + name)  # expect: command-injection from 41


# case: a table of what was sent lists whatever was sent
def of_sent():
    name = request.args["n"]
    sent = {request.args["k"]: "x"}
    if sent.get(name):
        os.system("sort " + name)  # expect: command-injection from 48


# case: an object that is no table proves nothing by what it gets
def of_store(store):
    name = request.args["n"]
    if store.get(name):
        os.system("sort " + name)  # expect: command-injection from 56


# case: what a table gives is asked for where it is named
def listed_on_the_way():
    name = request.args["n"]
    if (column := COLUMNS.get(name)) is not None:
        os.system("sort " + name + column)


# case: whatever a table does not list is refused
def refused():
    name = request.args["n"]
    if COLUMNS.get(name) is None:
        abort(404)
    os.system("sort " + name)


# case: whatever a table does not list is replaced
def replaced():
    name = request.args["n"]
    if not COLUMNS.get(name):
        name = "name"
    os.system("sort " + name)
