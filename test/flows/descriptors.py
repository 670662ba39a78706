import contextlib
import dataclasses
import os
import shlex

from flask import request


# case: property, harmless
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


# case: property
def prop_flow():
    p = P(request.args["a"])
    os.system("ls " + p.v)  # expect: command-injection from 30


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
    os.system("ls " + h.v)  # expect: command-injection from 71


# case: dataclass, harmless
@dataclasses.dataclass
class DC:
    a: str
    b: str = "fixed"


def dc():
    d = DC(request.args["a"])
    os.system(d.b)


# case: dataclass
def dc_flow():
    d = DC(request.args["a"])
    os.system(d.a)  # expect: command-injection from 89


# case: dataclass replace, harmless
def dcr():
    d = dataclasses.replace(DC("x"), a=request.args["a"])
    os.system(d.b)


# case: dataclass replace
def dcr_flow():
    d = dataclasses.replace(DC("x"), a=request.args["a"])
    os.system(d.a)  # expect: command-injection from 101


# case: asdict, harmless
def dca():
    d = dataclasses.asdict(DC(request.args["a"]))
    os.system(d["b"])


# case: asdict
def dca_flow():
    d = dataclasses.asdict(DC(request.args["a"]))
    os.system(d["a"])  # expect: command-injection from 113


# case: super, harmless
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


# case: super
def supers_flow():
    os.system("ls " + Child(request.args["a"]).get())  # expect: command-injection from 145


# case: context manager, harmless
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


# case: context manager
def with__flow():
    with cm_clean(request.args["a"]) as y:
    with cm(request.args["a"]) as y:
        os.system(y)  # expect: command-injection from 168


# case: generator
def gen(x):
    yield "fixed"
    yield x


def gens():
    for y in gen(request.args["a"]):
        os.system(y)  # expect: command-injection from 179


# case: yield from
def yf(x):
    yield from [x]


def yfs():
    os.system(list(yf(request.args["a"]))[0])  # expect: command-injection from 189


# case: args
def va(*args, **kwargs):
    os.system(args[1])
    os.system(kwargs["k"])
    os.system(args[0])  # expect: command-injection from 200


def vas():
    va(request.args["a"], "fixed", k="fixed")


# case: kwargs
def kwa(**kwargs):
    os.system(kwargs["j"])
    os.system(kwargs.get("k"))  # expect: command-injection from 210


def kwas():
    kwa(k=request.args["a"], j="fixed")
