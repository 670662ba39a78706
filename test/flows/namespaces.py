import os
import weakref

from flask import request


class Box:
    kept = "ls"


# case: a slice that is replaced holds what it is given
def replaced():
    items = ["a", "b", "c"]
    items[1:2] = [request.args["x"], "q"]
    os.system(items[1])  # expect: command-injection from 14
    items[2:] = request.args.getlist("x")
    os.system(items[5])  # expect: command-injection from 14


# case: a slice that is replaced moves what is behind it
def moved():
    items = ["a", "b", "c"]
    items[1:2] = [request.args["x"], "q"]
    os.system(items[0])
    os.system(items[2])
    os.system(items[3])


# case: a list that is replaced as a whole
def whole():
    items = [request.args["x"]]
    items[:] = ["ls"]
    os.system(items[0])


# case: what is stored in the namespace of an object, its attributes have
def namespace():
    box = Box()
    box.__dict__.update(a=request.args["a"], b="ls")
    os.system(box.a)  # expect: command-injection from 39
    os.system(vars(box)["a"])  # expect: command-injection from 39
    other = Box()
    vars(other)["c"] = request.args["a"]
    os.system(other.c)  # expect: command-injection from 43


# case: the other attributes are as they were
def other_attribute():
    box = Box()
    box.__dict__.update(a=request.args["a"], b="ls")
    os.system(box.b)
    os.system(box.kept)


# case: keywords that a constructor lays into the namespace
class Bunch:
    def __init__(self, **given):
        self.__dict__.update(given)


def bunch():
    os.system(Bunch(a=request.args["a"], b="ls").a)  # expect: command-injection from 62


# case: another keyword that a constructor lays into the namespace
def other_keyword():
    os.system(Bunch(a=request.args["a"], b="ls").b)


# case: an object behind a weak reference
def weak():
    box = Box()
    reference = weakref.ref(box)
    reference().kept = request.args["v"]
    os.system(box.kept)  # expect: command-injection from 74
    os.system(weakref.proxy(box).kept)  # expect: command-injection from 74


# case: an object whose class is used behind a weak reference
def weak_class():
    box = Box()
    reference = weakref.ref(box)
    reference().other = request.args["v"]
    os.system(reference().kept)


class Refusal(Exception):
    def __init__(self, code, detail):
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


# case: an attribute of the exception that was raised
def raised():
    try:
        raise Refusal("ls", request.args["d"])
    except Refusal as error:
        os.system(error.detail)  # expect: command-injection from 97
        os.system(error.args[1])  # expect: command-injection from 97
        os.system(str(error))  # expect: command-injection from 97


# case: another attribute of the exception that was raised
def other_detail():
    try:
        raise Refusal("ls", request.args["d"])
    except Refusal as error:
        os.system(error.code)


class Kept:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return getattr(instance, self.name).upper()

    def __set__(self, instance, value):
        setattr(instance, self.name, value)


class Record:
    first = Kept()
    second = Kept()


# case: a descriptor that keeps its value under its own name
def described():
    record = Record()
    record.first = request.args["a"]
    record.second = "ls"
    os.system(record.first)  # expect: command-injection from 131


# case: the value of another descriptor of the same class
def other_descriptor():
    record = Record()
    record.first = request.args["a"]
    record.second = "ls"
    os.system(record.second)
