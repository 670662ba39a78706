import os
from typing import TypedDict
from flask import request, session


class Options(TypedDict, total=False):
    name: str
    size: str


# case: an entry of a typed dict
def typed_entry():
    options = Options(name=request.form["n"], size="1")
    session["role"] = options["name"]  # expect: trust-boundary-session from 13
    os.remove("/srv/" + options["name"])  # expect: path-traversal from 13


# case: another entry of a typed dict
def typed_other():
    options = Options(name=request.form["n"], size="1")
    session["role"] = options["size"]
    os.remove("/srv/" + options["size"])


# case: an entry of a typed dict that is written
def typed_written():
    options = Options(size="1")
    options["size"] = request.form["n"]
    os.system("ls " + options["size"])  # expect: command-injection from 28


# case: an entry of a typed dict that is written over
def typed_over():
    options = Options(size=request.form["n"])
    options["size"] = "1"
    os.system("ls " + options["size"])


class Refused(Exception):
    pass


# case: an exception that is raised from another one says its own text
def raised_from():
    try:
        try:
            raise KeyError(request.form["n"])
        except KeyError as error:
            raise Refused("ls") from error
    except Refused as refused:
        os.system(str(refused))


# case: an exception that is raised from another one, and says its text as well
def raised_with_text():
    try:
        try:
            raise KeyError(request.form["n"])
        except KeyError as error:
            raise Refused("ls " + str(error)) from error
    except Refused as refused:
        os.system(str(refused))  # expect: command-injection from 58
