import abc
import enum
import os
import re
import string
import typing

from flask import abort, request


# case: enum membership
class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


def enums():
    c = Color(request.args["a"])
    os.system("ls " + c.value)
    os.system("ls " + Color[request.args["b"]].value)


# case: enum membership by values
def enums2():
    a = request.args["a"]
    if a not in [c.value for c in Color]:
        abort(400)
    os.system("ls " + a)


# case: enum membership by __members__
def enums3():
    a = request.args["a"]
    if a not in Color.__members__:
        abort(400)
    os.system("ls " + a)


# case: Literal
def literals(a: typing.Literal["x", "y"]):
    os.system("ls " + a)


# case: allowlist set
ALLOWED = {"a", "b"}
FROZEN = frozenset(["a", "b"])


def allow():
    a = request.args["a"]
    if a in ALLOWED:
        os.system("ls " + a)
    else:
        os.system("ls " + a)  # expect: command-injection from 50
    b = request.args["b"]
    if b in FROZEN:
        os.system("ls " + b)


# case: allowlist of dict keys
TABLE = {"a": "x", "b": "y"}


def allow2():
    a = request.args["a"]
    if a in TABLE:
        os.system("ls " + a)
    if a in TABLE.keys():
        os.system("ls " + a)
    os.system("ls " + TABLE.get(a, "z"))
    os.system("ls " + TABLE.get(a, a))  # expect: command-injection from 65


# case: allowlist with raise
def allow3():
    a = request.args["a"]
    if a not in ALLOWED:
        raise ValueError(a)
    os.system("ls " + a)


# case: allowlist in helper that raises
def check_allowed(a):
    if a not in ALLOWED:
        raise ValueError(a)


def allow4():
    a = request.args["a"]
    check_allowed(a)
    os.system("ls " + a)


# case: allowlist in helper that returns
def is_allowed(a):
    return a in ALLOWED


def allow5():
    a = request.args["a"]
    if not is_allowed(a):
        return "no"
    os.system("ls " + a)


# case: allowlist helper with early returns
def is_ok(a):
    if len(a) > 10:
        return False
    if a not in ALLOWED:
        return False
    return True


def allow6():
    a = request.args["a"]
    if is_ok(a):
        os.system("ls " + a)
    else:
        os.system("ls " + a)  # expect: command-injection from 116


# case: allowlist by any startswith
def allow7():
    a = request.args["a"]
    if any(a == x for x in ALLOWED):
        os.system("ls " + a)


# case: denylist
def deny():
    a = request.args["a"]
    if a in ("rm", "ls"):
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 132


# case: denylist of characters
def deny2():
    a = request.args["a"]
    if ";" in a or "&" in a:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 140


# case: denylist by any
def deny3():
    a = request.args["a"]
    if any(c in a for c in ";&|"):
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 148


# case: all characters allowed
def allchars():
    a = request.args["a"]
    if not all(c in string.ascii_letters for c in a):
        abort(400)
    os.system("ls " + a)


# case: joined allowed characters
def joined():
    a = "".join(c for c in request.args["a"] if c.isalnum())
    os.system("ls " + a)
    b = "".join(c for c in request.args["b"] if c in string.ascii_letters + string.digits)
    os.system("ls " + b)
    d = "".join(filter(str.isalnum, request.args["d"]))
    os.system("ls " + d)
    e = "".join(c if c.isalnum() else "_" for c in request.args["e"])
    os.system("ls " + e)
    f = "".join(c for c in request.args["f"] if c != ";")
    os.system("ls " + f)  # expect: command-injection from 172


# case: set difference of characters
def setchars():
    a = request.args["a"]
    if set(a) - set(string.ascii_letters):
        abort(400)
    os.system("ls " + a)
    b = request.args["b"]
    if not set(b) <= set("abc"):
        abort(400)
    os.system("ls " + b)


# case: findall
def findall():
    a = re.findall(r"[a-z]+", request.args["a"])
    os.system("ls " + a[0])
    b = re.search(r"(\d+)", request.args["b"]).group(1)
    os.system("ls " + b)
    c = re.search(r"id=(.*)", request.args["c"]).group(1)
    os.system("ls " + c)  # expect: command-injection from 194
    d = re.split(r",", request.args["d"])
    os.system("ls " + d[0])  # expect: command-injection from 196


# case: match guards with walrus
def matchwalrus():
    if m := re.fullmatch(r"([a-z]+)-(\d+)", request.args["a"]):
        os.system("ls " + m.group(1))
        os.system("ls " + m[2])


# case: match case with guard
def matchguard():
    match request.args["a"]:
        case "x" | "y" as a:
            os.system("ls " + a)
        case a if a.isalnum():
            os.system("ls " + a)
        case a:
            os.system("ls " + a)  # expect: command-injection from 209


# case: match on class attributes
class P3:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def matchclass():
    match P3(request.args["a"], "fixed"):
        case P3(x=v, y=w):
            os.system("ls " + w)
            os.system("ls " + v)  # expect: command-injection from 226


# case: match on mappings
def matchmap():
    match {"a": request.args["a"], "b": "fixed"}:
        case {"a": v, "b": w}:
            os.system("ls " + w)
            os.system("ls " + v)  # expect: command-injection from 234


# case: assert
def asserts():
    a = request.args["a"]
    assert a.isalnum()
    os.system("ls " + a)  # expect: command-injection from 242


# case: length check
def lengths():
    a = request.args["a"]
    if len(a) > 10:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 249
