import abc
import functools
import os
import shlex
import threading
import types

from dataclasses import dataclass, field
from flask import abort, g, request


# case: a namespace of the thread, harmless
local = threading.local()


def thread_local():
    local.a = request.args["a"]
    local.b = "fixed"
    os.system(local.b)


# case: a namespace of the thread
def thread_local_flow():
    local.a = request.args["a"]
    local.b = "fixed"
    os.system(local.a)  # expect: command-injection from 24


# case: application context, harmless
def app_context():
    g.a = request.args["a"]
    g.b = "fixed"
    os.system(g.b)


# case: application context
def app_context_flow():
    g.a = request.args["a"]
    g.b = "fixed"
    os.system(g.a)  # expect: command-injection from 38


# case: object attributes, harmless
class Holder:
    pass


def holder():
    h = Holder()
    h.a = request.args["a"]
    h.b = "fixed"
    os.system(h.b)


# case: object attributes
def holder_flow():
    h = Holder()
    h.a = request.args["a"]
    h.b = "fixed"
    os.system(h.a)  # expect: command-injection from 58


# case: class attribute shared
class Shared:
    value = "fixed"


def shared():
    Shared.value = request.args["a"]
    os.system(Shared.value)  # expect: command-injection from 69


# case: slots, harmless
class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


def slots():
    s = Slots(request.args["a"], "fixed")
    os.system(s.b)


# case: slots
def slots_flow():
    s = Slots(request.args["a"], "fixed")
    os.system(s.a)  # expect: command-injection from 89


# case: abstract base, harmless
class Cleaner(abc.ABC):
    @abc.abstractmethod
    def clean(self, x): ...


class Quoting(Cleaner):
    def clean(self, x):
        return shlex.quote(x)


class Leaving(Cleaner):
    def clean(self, x):
        return x


def abstract():
    os.system("ls " + Quoting().clean(request.args["a"]))


# case: abstract base
def abstract_flow():
    os.system("ls " + Leaving().clean(request.args["a"]))  # expect: command-injection from 115


# case: registry of classes, harmless
REGISTRY = {}


def register(name):
    def wrap(cls):
        REGISTRY[name] = cls
        return cls
    return wrap


@register("q")
class RQ:
    def run(self, x):
        return shlex.quote(x)


@register("l")
class RL:
    def run(self, x):
        return x


def registry():
    os.system("ls " + REGISTRY["q"]().run(request.args["a"]))


# case: registry of classes
def registry_flow():
    os.system("ls " + REGISTRY["l"]().run(request.args["a"]))  # expect: command-injection from 147


# case: decorator that validates
def validated(f):
    @functools.wraps(f)
    def inner(a):
        if not a.isalnum():
            abort(400)
        return f(a)
    return inner


@validated
def run_validated(a):
    os.system("ls " + a)


@functools.lru_cache
def run_cached(a):
    os.system("ls " + a)  # expect: command-injection from 172


def decorators():
    run_validated(request.args["a"])
    run_cached(request.args["b"])


# case: decorator that passes a quoted value
def quoting(f):
    def inner(a):
        return f(shlex.quote(a))
    return inner


@quoting
def run_quoted(a):
    os.system("ls " + a)


def quoted():
    run_quoted(request.args["a"])


# case: decorator with arguments
def with_default(value):
    def outer(f):
        def inner(*args, **kwargs):
            return f(value)
        return inner
    return outer


@with_default("fixed")
def run_fixed(a):
    os.system("ls " + a)


def fixed():
    run_fixed(request.args["a"])


# case: SimpleNamespace, harmless
def sn():
    n = types.SimpleNamespace(a=request.args["a"], b="fixed")
    os.system(n.b)


# case: SimpleNamespace
def sn_flow():
    n = types.SimpleNamespace(a=request.args["a"], b="fixed")
    os.system(n.a)  # expect: command-injection from 217


# case: getattr dispatch
class Dispatch:
    def do_a(self, x):
        os.system(x)  # expect: command-injection from 233

    def do_b(self, x):
        return "fixed"


def dispatching():
    d = Dispatch()
    getattr(d, "do_b")(request.args["a"])
    getattr(d, "do_a")(request.args["a"])


# case: class methods and static methods, harmless
class Cls:
    @classmethod
    def make(cls, x):
        c = cls()
        c.x = x
        return c

    @staticmethod
    def clean(x):
        return shlex.quote(x)


def clsm():
    os.system("ls " + Cls.clean(request.args["a"]))


# case: class methods and static methods
def clsm_flow():
    os.system("ls " + Cls.make(request.args["a"]).x)  # expect: command-injection from 255


# case: fluent builder, harmless
class Builder:
    def __init__(self):
        self.parts = []

    def add(self, x):
        self.parts.append(x)
        return self

    def build(self):
        return " ".join(self.parts)


def build():
    os.system(Builder().add("ls").add("x").build())


# case: fluent builder
def build_flow():
    os.system(Builder().add("ls").add(request.args["a"]).build())  # expect: command-injection from 277


# case: iterator class, harmless
class It:
    def __init__(self, xs):
        self.xs = xs

    def __iter__(self):
        return iter(self.xs)

    def __len__(self):
        return len(self.xs)

    def __contains__(self, x):
        return x in self.xs


def iters():
    for x in It([request.args["a"]]):
    for x in It(["fixed"]):
        os.system(x)


# case: iterator class
def iters_flow():
    for x in It([request.args["a"]]):
        os.system(x)  # expect: command-injection from 303
    for x in It(["fixed"]):


# case: getitem setitem class, harmless
class Map:
    def __init__(self):
        self.d = {}

    def __setitem__(self, k, v):
        self.d[k] = v

    def __getitem__(self, k):
        return self.d[k]


def maps():
    m = Map()
    m["a"] = request.args["a"]
    m["b"] = "fixed"
    os.system(m["b"])


# case: getitem setitem class
def maps_flow():
    m = Map()
    m["a"] = request.args["a"]
    m["b"] = "fixed"
    os.system(m["a"])  # expect: command-injection from 330


# case: metaclass and new
class Single:
    _inst = None

    def __new__(cls, *a):
        if cls._inst is None:
            cls._inst = super().__new__(cls)
        return cls._inst

    def __init__(self, v):
        self.v = v


def singles():
    os.system(Single(request.args["a"]).v)  # expect: command-injection from 349


# case: mixins and mro, harmless
class A1:
    def get(self, x):
        return x


class B1(A1):
    def get(self, x):
        return shlex.quote(super().get(x))


class C1(A1):
    pass


class D1(B1, C1):
    pass


def mros():
    os.system("ls " + D1().get(request.args["a"]))


# case: mixins and mro
def mros_flow():
    os.system("ls " + C1().get(request.args["a"]))  # expect: command-injection from 377


# case: dataclass with post init and default factory, harmless
@dataclass
class Conf:
    a: str
    tags: list = field(default_factory=list)
    clean: str = field(init=False)

    def __post_init__(self):
        self.clean = shlex.quote(self.a)


def confs():
    c = Conf(request.args["a"])
    os.system("ls " + c.clean)
    c.tags.append("x")
    os.system("ls " + c.tags[0])


# case: dataclass with post init and default factory
def confs_flow():
    c = Conf(request.args["a"])
    c.tags.append("x")
    os.system("ls " + c.a)  # expect: command-injection from 400

