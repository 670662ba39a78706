import abc
import collections
import json
import os
import re
import string
import types
import typing

from flask import request


# case: closure over a changed variable
def closure():
    a = request.args["a"]

    def inner():
        os.system(a)
    a = "fixed"
    inner()


# case: closure over tainted variable
def closure2():
    a = "fixed"

    def inner():
        os.system(a)  # expect: command-injection from 29
    a = request.args["a"]
    inner()


# case: nonlocal
def nonlocal_():
    a = "fixed"

    def inner():
        nonlocal a
        a = request.args["a"]
    inner()
    os.system(a)  # expect: command-injection from 39


# case: global written by a helper
STATE = "fixed"


def set_state():
    global STATE
    STATE = request.args["a"]


def use_state():
    set_state()
    os.system(STATE)  # expect: command-injection from 50


# case: default argument of a mutable list
def collect(x, into=[]):
    into.append(x)
    return into


def mutable_default():
    os.system(collect(request.args["a"])[-1])  # expect: command-injection from 65


# case: args unpacked in the middle, harmless
def unpacked():
    a, *rest, z = ["x", "y", request.args["a"], "z"]
    os.system(a + z + rest[0])


# case: args unpacked in the middle
def unpacked_flow():
    a, *rest, z = ["x", "y", request.args["a"], "z"]
    os.system(rest[1])  # expect: command-injection from 76


# case: nested unpacking, harmless
def nested_unpacking():
    (a, b), c = ("x", request.args["a"]), "z"
    os.system(a + c)


# case: nested unpacking
def nested_unpacking_flow():
    (a, b), c = ("x", request.args["a"]), "z"
    os.system(b)  # expect: command-injection from 88


# case: swap, harmless
def swap():
    a, b = request.args["a"], "fixed"
    a, b = b, a
    os.system(a)


# case: swap
def swap_flow():
    a, b = request.args["a"], "fixed"
    a, b = b, a
    os.system(b)  # expect: command-injection from 101


# case: chained assignment, harmless
def chained():
    a = b = request.args["a"]
    a = "fixed"
    os.system(a)


# case: chained assignment
def chained_flow():
    a = b = request.args["a"]
    a = "fixed"
    os.system(b)  # expect: command-injection from 115


# case: walrus in a condition, harmless
def walrus():
    if (a := request.args.get("a")) is not None:
    if b := "fixed":
        os.system(b)


# case: walrus in a condition
def walrus_flow():
    if (a := request.args.get("a")) is not None:
        os.system(a)  # expect: command-injection from 129
    if b := "fixed":


# case: walrus in comprehension
def walrus_comp():
    xs = [y for x in request.args.getlist("a") if (y := x.strip())]
    os.system(xs[0])  # expect: command-injection from 136


# case: conditional import alias
try:
    import simplejson as js
except ImportError:
    import json as js


def alias():
    os.system(js.loads(request.data)["a"])  # expect: command-injection from 148


# case: enumerate and zip keep parts apart, harmless
def enum_zip():
    for i, v in enumerate(request.args.getlist("a")):
        os.system("ls " + str(i))
    for x, y in zip(["a", "b"], request.args.getlist("a")):
        os.system("ls " + x)


# case: enumerate and zip keep parts apart
def enum_zip_flow():
    for i, v in enumerate(request.args.getlist("a")):
        os.system("ls " + v)  # expect: command-injection from 161
    for x, y in zip(["a", "b"], request.args.getlist("a")):
        os.system("ls " + y)  # expect: command-injection from 163


# case: dict comprehension
def dict_comp():
    d = {k: v for k, v in [("a", request.args["a"]), ("b", "fixed")]}
    os.system(d["a"])  # expect: command-injection from 169


# case: dict of lists, harmless
def dict_lists():
    d = collections.defaultdict(list)
    d["a"].append(request.args["a"])
    d["b"].append("fixed")
    os.system(d["b"][0])


# case: dict of lists
def dict_lists_flow():
    d = collections.defaultdict(list)
    d["a"].append(request.args["a"])
    d["b"].append("fixed")
    os.system(d["a"][0])  # expect: command-injection from 184


# case: deque
def deq():
    d = collections.deque()
    d.append(request.args["a"])
    d.appendleft("fixed")
    os.system(d[0])
    os.system(d.popleft())
    os.system(d.popleft())  # expect: command-injection from 192


# case: deque with a bound
def deq2():
    d = collections.deque(maxlen=2)
    d.append("x")
    d.append(request.args["a"])
    os.system(d.pop())  # expect: command-injection from 203


# case: OrderedDict move_to_end popitem
def ordered():
    d = collections.OrderedDict(a=request.args["a"])
    os.system(d.popitem()[1])  # expect: command-injection from 209


# case: ChainMap, harmless
def chain():
    d = collections.ChainMap({"a": "fixed"}, {"a": request.args["a"], "b": request.args["b"]})
    os.system(d["a"])


# case: ChainMap
def chain_flow():
    d = collections.ChainMap({"a": "fixed"}, {"a": request.args["a"], "b": request.args["b"]})
    os.system(d["b"])  # expect: command-injection from 221


# case: named tuple, harmless
Pt = collections.namedtuple("Pt", "a b")


def nt():
    p = Pt(request.args["a"], "fixed")
    os.system(p.b)
    os.system(p[1])
    os.system(p._replace(a="x").a)


# case: named tuple
def nt_flow():
    p = Pt(request.args["a"], "fixed")
    os.system(p.a)  # expect: command-injection from 238


# case: typing NamedTuple, harmless
class Pt2(typing.NamedTuple):
    a: str
    b: str = "x"


def nt2():
    p = Pt2(a=request.args["a"])
    x, y = p
    os.system(y)


# case: typing NamedTuple
def nt2_flow():
    p = Pt2(a=request.args["a"])
    x, y = p
    os.system(x)  # expect: command-injection from 256


# case: MappingProxyType, harmless
def mp():
    n = types.MappingProxyType({"a": request.args["a"], "b": "fixed"})
    os.system(n["b"])


# case: MappingProxyType
def mp_flow():
    n = types.MappingProxyType({"a": request.args["a"], "b": "fixed"})
    os.system(n["a"])  # expect: command-injection from 269


# case: match guards with walrus
def matchwalrus():
    if m := re.fullmatch(r"([a-z]+)-(\d+)", request.args["a"]):
        os.system("ls " + m.group(1))
        os.system("ls " + m[2])


# case: sum of lists and star displays, harmless
def stars():
    xs = ["ls", *["-l", request.args["a"]], "x"]
    os.system(xs[0])
    os.system(xs[-1])
    d = {**{"a": request.args["a"]}, "a": "fixed"}
    os.system(d["a"])


# case: sum of lists and star displays
def stars_flow():
    xs = ["ls", *["-l", request.args["a"]], "x"]
    os.system(xs[2])  # expect: command-injection from 291
    d = {**{"a": request.args["a"]}, "a": "fixed"}


# case: list index assignment in a loop
def indexed():
    xs = [""] * 3
    for i in range(3):
        xs[i] = request.args["a"]
    os.system(xs[1])  # expect: command-injection from 300


# case: string index char
def charidx():
    s = "abc" + request.args["a"]
    os.system(s[0])  # expect: command-injection from 306


# case: int arithmetic
def arith():
    n = int(request.args["a"]) * 2 + 1
    os.system("ls %d" % n)
    os.system("ls " + str(n))
    os.system("ls " + f"{n:05d}")


# case: bool choice
def boolchoice():
    x = "a" if request.args.get("a") == "1" else "b"
    os.system("ls " + x)
    y = ["a", "b"][int(request.args["i"])]
    os.system("ls " + y)
    z = request.args.get("z") and "fixed"
    os.system("ls " + str(z))


# case: or default, harmless
def ordefault():
    x = request.args.get("a") or "fixed"
    y = "fixed" or request.args.get("a")
    os.system("ls " + y)


# case: or default
def ordefault_flow():
    x = request.args.get("a") or "fixed"
    os.system("ls " + x)  # expect: command-injection from 337
    y = "fixed" or request.args.get("a")


# case: comparison results
def comps():
    os.system("ls " + str(request.args["a"] == "x"))
    os.system("ls " + str("x" in request.args["a"]))
    os.system("ls " + str(request.args["a"].count("x")))
    os.system("ls " + str(request.args["a"].find("x")))
