import functools
import html
import os
import re
import shlex
import sqlite3

from flask import request, abort


# case: conditional with constant condition
def cond_const():
    num = 106
    bar = "fixed" if 7 * 18 + num > 200 else request.args["a"]
    os.system(bar)


# case: conditional with constant condition bad
def cond_const_bad():
    num = 86
    bar = "fixed" if 7 * 42 - num > 200000 else request.args["a"]
    os.system(bad := bar)  # expect: command-injection from 21


# case: match on const
def match_const():
    guess = "ABC"[1]
    match guess:
        case "A":
            bar = request.args["a"]
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = request.args["a"]
        case _:
            bar = "bobs"
    os.system(bar)


# case: match on const bad
def match_const_bad():
    guess = "ABC"[2]
    match guess:
        case "A":
            bar = "x"
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = request.args["a"]
        case _:
            bar = "bobs"
    os.system(bar)  # expect: command-injection from 49


# case: dict of functions, harmless
def ident(x):
    return x


def fixed(x):
    return "fixed"


def dict_funcs():
    table = {"i": ident, "f": fixed}
    os.system(table["f"](request.args["a"]))


# case: dict of functions
def dict_funcs_flow():
    table = {"i": ident, "f": fixed}
    os.system(table["i"](request.args["a"]))  # expect: command-injection from 72


# case: partial
def partial_():
    f = functools.partial(os.system)
    f(request.args["a"])  # expect: command-injection from 78


# case: partial with bound, harmless
def joinit(a, b):
    return a + b


def partial_bound():
    f = functools.partial(joinit, request.args["a"])
    g = functools.partial(fixed, request.args["a"])
    os.system(g())


# case: partial with bound
def partial_bound_flow():
    f = functools.partial(joinit, request.args["a"])
    os.system(f("x"))  # expect: command-injection from 94
    g = functools.partial(fixed, request.args["a"])


# case: re.match does not cover
def rematch():
    a = request.args["a"]
    if re.match("[a-z]+", a):
        os.system("ls " + a)  # expect: command-injection from 101


# case: re.fullmatch covers
def refull():
    a = request.args["a"]
    if not re.fullmatch("[a-z]+", a):
        abort(400)
    os.system("ls " + a)


# case: compiled pattern
PAT = re.compile(r"^[a-z0-9]+\Z")


def recomp():
    a = request.args["a"]
    if not PAT.match(a):
        return "x"
    os.system("ls " + a)


# case: dollar admits newline only at end
def redollar():
    a = request.args["a"]
    if not re.match(r"^[a-z0-9]+$", a):
        return "x"
    os.system("ls " + a)


# case: re.sub cleaning
def resub():
    a = re.sub(r"[^a-zA-Z0-9]", "", request.args["a"])
    os.system("ls " + a)


# case: re.sub not cleaning
def resub2():
    a = re.sub(r"[<>]", "", request.args["a"])
    os.system("ls " + a)  # expect: command-injection from 141


# case: startswith without resolve
def swith():
    p = os.path.join("/srv", request.args["a"])
    if not p.startswith("/srv/"):
        abort(404)
    return open(p).read()  # expect: path-traversal from 147


# case: startswith after realpath
def swith2():
    p = os.path.realpath(os.path.join("/srv", request.args["a"]))
    if not p.startswith("/srv/"):
        abort(404)
    return open(p).read()


# case: startswith after abspath in helper
def inside(p):
    return os.path.abspath(p).startswith("/srv/")


def swith3():
    p = os.path.join("/srv", request.args["a"])
    if not inside(p):
        abort(404)
    return open(p).read()


# case: basename
def basen():
    return open(os.path.join("/srv", os.path.basename(request.args["a"]))).read()


# case: shlex.quote does not help SQL
def shsql():
    con = sqlite3.connect("x")
    con.execute("select " + shlex.quote(request.args["a"]))  # expect: sql-injection from 181
    con.execute("select ?", (request.args["a"],))


# case: html.escape does not help shell
def esh():
    os.system("ls " + html.escape(request.args["a"]))  # expect: command-injection from 187
