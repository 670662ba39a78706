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


# case: allowlist set, harmless
ALLOWED = {"a", "b"}
FROZEN = frozenset(["a", "b"])


def allow():
    a = request.args["a"]
    if a in ALLOWED:
        os.system("ls " + a)
    else:
    b = request.args["b"]
    if b in FROZEN:
        os.system("ls " + b)


# case: allowlist set
def allow_flow():
    a = request.args["a"]
    if a in ALLOWED:
    else:
        os.system("ls " + a)  # expect: command-injection from 61
    b = request.args["b"]
    if b in FROZEN:


# case: allowlist of dict keys, harmless
TABLE = {"a": "x", "b": "y"}


def allow2():
    a = request.args["a"]
    if a in TABLE:
        os.system("ls " + a)
    if a in TABLE.keys():
        os.system("ls " + a)
    os.system("ls " + TABLE.get(a, "z"))


# case: allowlist of dict keys
def allow2_flow():
    a = request.args["a"]
    if a in TABLE:
    if a in TABLE.keys():
    os.system("ls " + TABLE.get(a, a))  # expect: command-injection from 84


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


# case: allowlist helper with early returns, harmless
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


# case: allowlist helper with early returns
def allow6_flow():
    a = request.args["a"]
    if is_ok(a):
    else:
        os.system("ls " + a)  # expect: command-injection from 140


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
    os.system("ls " + a)  # expect: command-injection from 155


# case: denylist of characters
def deny2():
    a = request.args["a"]
    if ";" in a or "&" in a:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 163


# case: denylist by any
def deny3():
    a = request.args["a"]
    if any(c in a for c in ";&|"):
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 171


# case: all characters allowed
def allchars():
    a = request.args["a"]
    if not all(c in string.ascii_letters for c in a):
        abort(400)
    os.system("ls " + a)


# case: joined allowed characters, harmless
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


# case: joined allowed characters
def joined_flow():
    a = "".join(c for c in request.args["a"] if c.isalnum())
    b = "".join(c for c in request.args["b"] if c in string.ascii_letters + string.digits)
    d = "".join(filter(str.isalnum, request.args["d"]))
    e = "".join(c if c.isalnum() else "_" for c in request.args["e"])
    f = "".join(c for c in request.args["f"] if c != ";")
    os.system("ls " + f)  # expect: command-injection from 204


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


# case: findall, harmless
def findall():
    a = re.findall(r"[a-z]+", request.args["a"])
    os.system("ls " + a[0])
    b = re.search(r"(\d+)", request.args["b"]).group(1)
    os.system("ls " + b)
    c = re.search(r"id=(.*)", request.args["c"]).group(1)
    d = re.split(r",", request.args["d"])


# case: findall
def findall_flow():
    a = re.findall(r"[a-z]+", request.args["a"])
    b = re.search(r"(\d+)", request.args["b"]).group(1)
    c = re.search(r"id=(.*)", request.args["c"]).group(1)
    os.system("ls " + c)  # expect: command-injection from 234
    d = re.split(r",", request.args["d"])
    os.system("ls " + d[0])  # expect: command-injection from 236


# case: match guards with walrus
def matchwalrus():
    if m := re.fullmatch(r"([a-z]+)-(\d+)", request.args["a"]):
        os.system("ls " + m.group(1))
        os.system("ls " + m[2])


# case: match case with guard, harmless
def matchguard():
    match request.args["a"]:
        case "x" | "y" as a:
            os.system("ls " + a)
        case a if a.isalnum():
            os.system("ls " + a)
        case a:


# case: match case with guard
def matchguard_flow():
    match request.args["a"]:
        case "x" | "y" as a:
        case a if a.isalnum():
        case a:
            os.system("ls " + a)  # expect: command-injection from 259


# case: match on class attributes, harmless
class P3:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def matchclass():
    match P3(request.args["a"], "fixed"):
        case P3(x=v, y=w):
            os.system("ls " + w)


# case: match on class attributes
def matchclass_flow():
    match P3(request.args["a"], "fixed"):
        case P3(x=v, y=w):
            os.system("ls " + v)  # expect: command-injection from 281


# case: match on mappings, harmless
def matchmap():
    match {"a": request.args["a"], "b": "fixed"}:
        case {"a": v, "b": w}:
            os.system("ls " + w)


# case: match on mappings
def matchmap_flow():
    match {"a": request.args["a"], "b": "fixed"}:
        case {"a": v, "b": w}:
            os.system("ls " + v)  # expect: command-injection from 295


# case: assert
def asserts():
    a = request.args["a"]
    assert a.isalnum()
    os.system("ls " + a)  # expect: command-injection from 302


# case: length check
def lengths():
    a = request.args["a"]
    if len(a) > 10:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 309
