import os
import shlex
import sqlite3
from abc import ABC, abstractmethod
from typing import Annotated, Optional, Protocol

from fastapi import APIRouter, Depends
from flask import request

router = APIRouter()


# case: a parameter of a class of the project
class Store:
    def __init__(self, path):
        self.path = path
        self.link = sqlite3.connect(path)

    def find(self, name):
        return self.link.execute("SELECT id FROM person WHERE name = '" + name + "'")  # expect: sql-injection from 36

    def find_safely(self, name):
        return self.link.execute("SELECT id FROM person WHERE name = ?", (name,))

    def label(self, name):
        return "fixed"

    def quote(self, name):
        return shlex.quote(name)

    def same(self, name):
        return name


def by_parameter(things: Store):
    things.find(request.args["a"])


# case: another method of it
def by_parameter_safely(things: Store):
    things.find_safely(request.args["a"])


# case: what a method of it gives
def given(things: Store):
    os.system("ls " + things.same(request.args["a"]))  # expect: command-injection from 46


# case: what a method of it gives is constant
def given_constant(things: Store):
    os.system("ls " + things.label(request.args["a"]))


# case: what a method of it gives is quoted
def given_quoted(things: Store):
    os.system("ls " + things.quote(request.args["a"]))


# case: an unknown object passes on
def given_unknown(things):
    os.system("ls " + things.label(request.args["a"]))  # expect: command-injection from 61


# case: an optional parameter
def optional(things: Optional[Store] = None):
    os.system("ls " + things.label(request.args["a"]))


# case: a parameter or None
def either(things: Store | None):
    os.system("ls " + things.label(request.args["a"]))


# case: a name in quotes
def quoted(things: "Store"):
    os.system("ls " + things.label(request.args["a"]))


# case: one of two classes is not known
def one_of(things: Store | sqlite3.Connection):
    os.system("ls " + things.label(request.args["a"]))  # expect: command-injection from 81


# case: an attribute that was annotated
class Service:
    def __init__(self, things: Store):
        self.things = things

    def show(self):
        os.system("ls " + self.things.label(request.args["a"]))

    def show_given(self):
        os.system("ls " + self.things.same(request.args["a"]))  # expect: command-injection from 93


# case: an attribute with a type of its own
class Holder:
    def __init__(self, things):
        self.things: Store = things

    def show(self):
        os.system("ls " + self.things.label(request.args["a"]))


# case: an injected parameter
def get_store():
    return Store("data.db")


@router.get("/people")
def people(name: str, things: Store = Depends(get_store)):
    os.system("ls " + things.label(name))


# case: an injected parameter, the data passed on
@router.get("/persons")
def persons(name: str, things: Annotated[Store, Depends(get_store)]):
    os.system("ls " + things.same(name))  # expect: command-injection from 117


# case: an injected parameter by annotation alone
@router.get("/names")
def names(name: str, things: Annotated[Store, Depends(get_store)]):
    os.system("ls " + things.label(name))


# case: an injected parameter by a name for its annotation
StoreDep = Annotated[Store, Depends(get_store)]


@router.get("/titles")
def titles(name: str, things: StoreDep):
    os.system("ls " + things.label(name))


# case: an injected parameter by a name for its annotation, the data passed on
@router.get("/labels")
def labels(name: str, things: StoreDep):
    os.system("ls " + things.same(name))  # expect: command-injection from 138


# case: an unknown argument of a helper with a class of the project
def helper(things: Store, name):
    os.system("ls " + things.label(name))


def through_helper(given):
    helper(given.things, request.args["a"])


# case: a protocol says nothing of what its methods do
class Renders(Protocol):
    def render(self, name): ...


def protocol(renderer: Renders):
    os.system("ls " + renderer.render(request.args["a"]))  # expect: command-injection from 157


# case: a method that the classes below give
class Base(ABC):
    @abstractmethod
    def render(self, name):
        pass

    def text(self, name):
        raise NotImplementedError

    def show(self):
        os.system("ls " + self.render(request.args["a"]))  # expect: command-injection from 170

    def show_text(self):
        os.system("ls " + self.text(request.args["a"]))  # expect: command-injection from 173


# case: a method that a class below gives
class Fixed(Base):
    def render(self, name):
        return "fixed"

    def show_fixed(self):
        os.system("ls " + self.render(request.args["a"]))


# case: a parameter of a library's class, not known in the call
def by_link(handle: sqlite3.Connection, name):
    handle.execute("SELECT id FROM person WHERE name = '" + name + "'")  # expect: sql-injection from 191


def through_link(given):
    by_link(given.handle, request.args["a"])
