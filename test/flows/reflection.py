import handlers
import importlib

from flask import request


# case: globals
def a():
    f = globals()[request.args["f"]]  # expect: dynamic-attribute-tainted from 9
    f()


# case: globals get
def b():
    f = globals().get(request.args["f"])  # expect: dynamic-attribute-tainted from 15
    f()
    globals().get("x")


# case: locals
def c():
    f = locals().get(request.args["f"])  # expect: dynamic-attribute-tainted from 22
    g = vars(handlers)[request.args["g"]]  # expect: dynamic-attribute-tainted from 23
    h = handlers.__dict__[request.args["h"]]  # expect: dynamic-attribute-tainted from 24
    k = b.__globals__[request.args["k"]]  # expect: dynamic-attribute-tainted from 25


# case: getattr
def d():
    f = getattr(handlers, request.args["f"])  # expect: dynamic-attribute-tainted from 30
    g = getattr(handlers, "do_" + request.args["g"])
    importlib.import_module(request.args["h"])  # expect: code-injection from 32
    __import__(request.args["k"])  # expect: code-injection from 33, dynamic-attribute-tainted from 33


# case: from a table
TABLE = {"a": a}


def e():
    f = TABLE[request.args["f"]]
    f()
    if request.args["g"] in ("x", "y"):
        getattr(handlers, request.args["g"])()


# case: after a raise at the module's own level
raise NotImplementedError("see below")


def below():
    getattr(handlers, request.args["f"])()  # expect: dynamic-attribute-tainted from 52


# case: after a raise in a function
def raising():
    raise NotImplementedError("see below")
    getattr(handlers, request.args["f"])()


# case: a file that is run, and the name that it gets
def from_file():
    importlib.util.spec_from_file_location("plugin", request.args["path"])  # expect: code-injection from 63
    importlib.util.spec_from_file_location(request.args["name"], "/srv/plugins/fixed.py")
