import functools
import os
import types
from flask import request


# case: a tuple of numbers is smaller than another one
def old():
    version = "2.7.18"
    parts = tuple(int(p) for p in version.split("."))
    os.system("ls " + (request.args["q"] if parts >= (3, 8) else "old"))


# case: a tuple of numbers that is greater
def new():
    version = "3.11.2"
    parts = tuple(int(p) for p in version.split("."))
    os.system("ls " + (request.args["q"] if parts >= (3, 8) else "old"))  # expect: command-injection from 18


SCHEMA = {"id": int, "name": str}


def load(data):
    return {k: SCHEMA[k](val) for k, val in data.items() if k in SCHEMA}


# case: what each key of a table of types makes of it
def as_number():
    os.system("ls " + str(load({"id": request.args["q"], "name": "x"})["id"]))


# case: the same of a type that leaves it as it is
def as_text():
    os.system("ls " + str(load({"id": "7", "name": request.args["q"]})["name"]))  # expect: command-injection from 35


# case: the other entry of the same
def other_entry():
    os.system("ls " + str(load({"id": "7", "name": request.args["q"]})["id"]))


def pairs(rows):
    for row in rows:
        key, sep, val = row.partition("=")
        if sep:
            yield key, val


# case: a generator that yields where it is certain
def yielded():
    os.system("ls " + dict(pairs(["a=1", "q=" + request.args["q"]])).get("q", ""))  # expect: command-injection from 52


# case: another one of its pairs
def other_pair():
    os.system("ls " + dict(pairs(["a=1", "q=" + request.args["q"]])).get("a", ""))


# case: attributes one after the other
def by_names():
    ns = types.SimpleNamespace(user=types.SimpleNamespace(name=request.args["q"], role="guest"))
    os.system("ls " + functools.reduce(getattr, "user.name".split("."), ns))  # expect: command-injection from 62


# case: another attribute of the same
def other_name():
    ns = types.SimpleNamespace(user=types.SimpleNamespace(name=request.args["q"], role="guest"))
    os.system("ls " + functools.reduce(getattr, "user.role".split("."), ns))


# case: a list is never a tuple
def of_kinds():
    os.system("ls " + ("x" if [1, 2] != (1, 2) else request.args["q"]))


# case: the first elements that differ decide
def first_differing():
    os.system("ls " + (request.args["q"] if ("b", 1) > ("a", 2, 3) else "x"))  # expect: command-injection from 79


# case: what is shorter is smaller
def shorter():
    os.system("ls " + (request.args["q"] if (1, 2) >= (1, 2, 0) else "x"))


def maybe(rows, strict):
    for row in rows:
        if strict:
            yield "none"
        yield row


# case: a generator that may yield something else before
def maybe_first(strict):
    first, *others = maybe([request.args["q"], "b"], strict)
    os.system("ls " + first)  # expect: command-injection from 96


def otherwise(rows):
    for row in rows:
        if row.startswith("#"):
            continue
        elif row == "b":
            yield "b"
        else:
            yield row.upper()


# case: the other branch of a certain condition
def other_branch():
    os.system("ls " + list(otherwise(["b", "x" + request.args["q"]]))[0])


# case: numbers that are added up
def added():
    total = functools.reduce(lambda a, b: a + b, [1, 2, 3])
    os.system("ls " + (request.args["q"] if total == 7 else "x"))


# case: texts that are joined one after the other
def joined():
    os.system("ls " + functools.reduce(lambda a, b: a + b, ["a", request.args["q"], "c"]))  # expect: command-injection from 123


# case: what a function of two drops
def dropped():
    os.system("ls " + functools.reduce(lambda a, b: b, ["a", request.args["q"], "c"]))
