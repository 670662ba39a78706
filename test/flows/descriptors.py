import contextlib
import dataclasses
import os
import shlex

from flask import request


# case: property
class P:
    def __init__(self, v):
        self._v = v

    @property
    def v(self):
        return self._v

    @property
    def clean(self):
        return shlex.quote(self._v)


def prop():
    p = P(request.args["a"])
    os.system("ls " + p.clean)
    os.system("ls " + p.v)  # expect: command-injection from 24


# case: descriptor
class Desc:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, typ=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        setattr(obj, self.name, shlex.quote(value))


class HasDesc:
    v = Desc()


def desc():
    h = HasDesc()
    h.v = request.args["a"]
    os.system("ls " + h.v)


# case: descriptor that keeps
class Desc2:
    def __get__(self, obj, typ=None):
        return obj.__dict__["x"]

    def __set__(self, obj, value):
        obj.__dict__["x"] = value


class HasDesc2:
    v = Desc2()


def desc2():
    h = HasDesc2()
    h.v = request.args["a"]
    os.system("ls " + h.v)  # expect: command-injection from 66


# case: dataclass
@dataclasses.dataclass
class DC:
    a: str
    b: str = "fixed"


def dc():
    d = DC(request.args["a"])
    os.system(d.b)
    os.system(d.a)  # expect: command-injection from 78


# case: dataclass replace
def dcr():
    d = dataclasses.replace(DC("x"), a=request.args["a"])
    os.system(d.b)
    os.system(d.a)  # expect: command-injection from 85


# case: asdict
def dca():
    d = dataclasses.asdict(DC(request.args["a"]))
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 92


# case: super
class Base:
    def __init__(self, v):
        self.v = v

    def get(self):
        return self.v


class Child(Base):
    def __init__(self, v):
        super().__init__(v)

    def get(self):
        return super().get()


class CleanChild(Base):
    def get(self):
        return shlex.quote(super().get())


def supers():
    os.system("ls " + CleanChild(request.args["a"]).get())
    os.system("ls " + Child(request.args["a"]).get())  # expect: command-injection from 121


# case: context manager
@contextlib.contextmanager
def cm(x):
    yield x


@contextlib.contextmanager
def cm_clean(x):
    yield "fixed"


def with_():
    with cm_clean(request.args["a"]) as y:
        os.system(y)
    with cm(request.args["a"]) as y:
        os.system(y)  # expect: command-injection from 138


# case: generator
def gen(x):
    yield "fixed"
    yield x


def gens():
    for y in gen(request.args["a"]):
        os.system(y)  # expect: command-injection from 149


# case: yield from
def yf(x):
    yield from [x]


def yfs():
    os.system(list(yf(request.args["a"]))[0])  # expect: command-injection from 159


# case: args
def va(*args, **kwargs):
    os.system(args[1])
    os.system(kwargs["k"])
    os.system(args[0])  # expect: command-injection from 170


def vas():
    va(request.args["a"], "fixed", k="fixed")


# case: kwargs
def kwa(**kwargs):
    os.system(kwargs["j"])
    os.system(kwargs.get("k"))  # expect: command-injection from 180


def kwas():
    kwa(k=request.args["a"], j="fixed")
