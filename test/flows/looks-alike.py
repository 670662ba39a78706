import abc
import argparse
import bisect
import collections
import configparser
import contextlib
import copy
import dataclasses
import enum
import functools
import glob
import heapq
import io
import itertools
import json
import operator
import os
import pathlib
import queue
import random
import re
import shlex
import shutil
import string
import subprocess
import sys
import textwrap
import threading
import typing
import urllib.parse
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

from flask import abort, request


def arg(name="a"):
    return request.args[name]


# case: a value that is only compared
def only_compared():
    command = "ls"
    if arg() == "long":
        command += " -l"
    os.system(command)


# case: a value that decides a loop's length
def decides_length():
    command = "ls"
    for _ in range(min(int(arg()), 9)):
        command += " -l"
    os.system(command)


# case: a value that is stored and not read
def stored_unread():
    cache = {}
    cache["seen"] = arg()
    os.system("ls " + cache.get("folder", "."))


# case: a value that is stored and read by its key
def stored_read():
    cache = {}
    cache["seen"] = arg()
    os.system("ls " + cache.get("seen", "."))  # expect: command-injection from 40


# case: a value in the log and not in the command
def logged_only():
    value = arg()
    print("asked for", value, file=sys.stderr)
    os.system("ls")
    return len(value)


# case: a value that a function takes and does not use
def ignores(value, *, folder="."):
    return "ls " + folder


def ignored():
    os.system(ignores(arg()))


# case: a value that a function takes by name
def used_by_name():
    os.system(ignores("x", folder=arg()))  # expect: command-injection from 40


# case: a default that hides the value
def hidden_default():
    folder = None or "."
    raw = arg()
    os.system("ls " + folder)
    return raw


# case: the first of two that is set
def first_set():
    folder = "." or arg()
    os.system("ls " + folder)


# case: the second of two when the first is empty
def second_set():
    folder = "" or arg()
    os.system("ls " + folder)  # expect: command-injection from 40


# case: and of an empty text
def and_empty():
    folder = "" and arg()
    os.system("ls " + folder)


# case: a chained comparison of a constant
def chained():
    level = 3
    folder = arg() if level > 5 else "."
    os.system("ls " + folder)


# case: a constant list's length decides
def length_decides():
    names = ["a", "b"]
    folder = arg() if len(names) > 2 else "."
    os.system("ls " + folder)


# case: a constant text's method decides
def method_decides():
    mode = "release"
    folder = arg() if mode.startswith("debug") else "."
    os.system("ls " + folder)


# case: a constant text's method decides for it
def method_decides_for():
    mode = "debug-1"
    folder = arg() if mode.startswith("debug") else "."
    os.system("ls " + folder)  # expect: command-injection from 40


# case: arithmetic decides
def arithmetic_decides():
    number = 86
    folder = arg() if (7 * 42) - number > 300 else "."
    os.system("ls " + folder)


# case: arithmetic decides for it
def arithmetic_decides_for():
    number = 86
    folder = "." if (7 * 42) - number > 300 else arg()
    os.system("ls " + folder)  # expect: command-injection from 40


# case: a constant of a class decides
class Config:
    DEBUG = False
    LEVEL = 1


def class_constant_decides():
    folder = "."
    if Config.DEBUG:
        folder = arg()
    os.system("ls " + folder)


# case: a constant dict decides
def dict_decides():
    features = {"raw": False, "fast": True}
    folder = arg() if features["raw"] else "."
    os.system("ls " + folder)


# case: a constant dict decides by get
def dict_get_decides():
    features = {"fast": True}
    folder = arg() if features.get("raw", False) else "."
    os.system("ls " + folder)


# case: membership of a constant decides
def membership_decides():
    folder = arg() if "raw" in ("fast", "slow") else "."
    os.system("ls " + folder)


# case: match on a constant
def match_constant():
    mode = "list"
    match mode:
        case "list":
            folder = "."
        case _:
            folder = arg()
    os.system("ls " + folder)


# case: match on the first letter of a constant
def match_letter():
    guess = "ABC"[1]
    match guess:
        case "A":
            folder = arg()
        case "B":
            folder = "."
        case _:
            folder = arg()
    os.system("ls " + folder)


# case: match on another letter of a constant
def match_other_letter():
    guess = "ABC"[0]
    match guess:
        case "A":
            folder = arg()
        case _:
            folder = "."
    os.system("ls " + folder)  # expect: command-injection from 40


# case: while a constant is false
def while_false():
    folder = "."
    while False:
        folder = arg()
    os.system("ls " + folder)


# case: for over an empty tuple
def for_empty():
    folder = "."
    for _ in ():
        folder = arg()
    os.system("ls " + folder)


# case: for over a constant tuple
def for_constant():
    folder = "."
    for _ in (1,):
        folder = arg()
    os.system("ls " + folder)  # expect: command-injection from 40


# case: replaced in a loop that runs
def loop_replaces():
    folder = arg()
    for name in ("a", "b"):
        folder = name
    os.system("ls " + folder)


# case: replaced in finally
def finally_replaces():
    folder = arg()
    try:
        int(folder)
    except ValueError:
        print("no number")
    finally:
        folder = "."
    os.system("ls " + folder)


# case: replaced by with
def with_replaces():
    folder = arg()
    with contextlib.nullcontext("."):
        folder = "."
    os.system("ls " + folder)


# case: deleted and made anew
def deleted():
    folder = arg()
    del folder
    folder = "."
    os.system("ls " + folder)


# case: swapped with a constant
def swapped():
    a, b = arg(), "."
    a, b = b, a
    os.system("ls " + a)


# case: swapped with a constant, the other
def swapped_other():
    a, b = arg(), "."
    a, b = b, a
    os.system("ls " + b)  # expect: command-injection from 40


# case: shadowed by a parameter of a lambda
def lambda_shadows():
    value = arg()
    show = lambda value: "ls " + value
    os.system(show("."))
    return value


# case: shadowed by a comprehension
def comprehension_shadows():
    value = arg()
    names = [value for value in ("a", "b")]
    os.system("ls " + " ".join(names))
    return value


# case: shadowed by an inner function's parameter
def inner_shadows():
    value = arg()

    def show(value="."):
        return "ls " + value

    os.system(show())
    return value


# case: an inner function sees a later constant
def inner_later():
    value = arg()

    def show():
        return "ls " + value

    value = "."
    os.system(show())


# case: a nonlocal write of a constant
def nonlocal_constant():
    value = arg()

    def reset():
        nonlocal value
        value = "."

    reset()
    os.system("ls " + value)


# case: a nonlocal write of the value
def nonlocal_value():
    value = "."

    def fill():
        nonlocal value
        value = arg()

    fill()
    os.system("ls " + value)  # expect: command-injection from 40


# case: a class attribute hides the object's class
class Base:
    folder = "."

    def show(self):
        return "ls " + self.folder


class Fixed(Base):
    folder = "/tmp"


def inherited_constant():
    raw = arg()
    os.system(Fixed().show())
    return raw


# case: a subclass that reads the request
class Asked(Base):
    @property
    def folder(self):
        return arg()


def subclass_property():
    os.system(Asked().show())  # expect: command-injection from 40


# case: an object's own attribute hides the property's name
class Slot:
    def __init__(self):
        self.values = {}

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


def own_attributes():
    slot = Slot()
    slot.raw = arg()
    slot.folder = "."
    os.system("ls " + slot.folder)


# case: a builder with fixed parts
class Command:
    def __init__(self):
        self.parts = []
        self.comment = ""

    def add(self, part):
        self.parts.append(part)
        return self

    def note(self, text):
        self.comment = text
        return self

    def line(self):
        return " ".join(self.parts)


def builder_fixed():
    os.system(Command().add("ls").note(arg()).add("-l").line())


# case: a builder with the value
def builder_value():
    os.system(Command().add("ls").add(arg()).line())  # expect: command-injection from 40


# case: a builder that quotes
class Quoting(Command):
    def add(self, part):
        return super().add(shlex.quote(part))


def builder_quotes():
    os.system(Quoting().add("ls").add(arg()).line())


# case: a stack whose top is constant
class Stack:
    def __init__(self):
        self._items = []

    def push(self, item):
        self._items.append(item)

    def pop(self):
        return self._items.pop()


def stack_top():
    stack = Stack()
    stack.push(arg())
    stack.push(".")
    os.system("ls " + stack.pop())


# case: a stack whose second is the value
def stack_second():
    stack = Stack()
    stack.push(arg())
    stack.push(".")
    stack.pop()
    os.system("ls " + stack.pop())  # expect: command-injection from 40


# case: a tree by its fixed branch
def tree_fixed():
    tree = {"left": {"value": arg()}, "right": {"value": "."}}
    node = tree["right"]
    os.system("ls " + node["value"])


# case: rows by a fixed column
def rows_column():
    rows = [(".", arg()), ("/tmp", arg("b"))]
    for folder, _ in rows:
        os.system("ls " + folder)


# case: rows by the other column
def rows_other_column():
    rows = [(".", arg()), ("/tmp", arg("b"))]
    for _, name in rows:
        os.system("ls " + name)  # expect: command-injection from 40


# case: keys of a table of values
def keys_only():
    table = {"a": arg(), "b": arg("b")}
    for key in table:
        os.system("ls " + key)


# case: items of a table, the keys
def items_keys():
    table = {"a": arg()}
    for key, _ in table.items():
        os.system("ls " + key)


# case: sorted keys
def sorted_keys():
    table = {"a": arg()}
    os.system("ls " + " ".join(sorted(table)))


# case: joined values
def joined_values():
    table = {"a": arg()}
    os.system("ls " + " ".join(table.values()))  # expect: command-injection from 40


# case: filtered by isinstance of a number
def filtered_numbers():
    values = [one for one in request.get_json()["values"] if isinstance(one, int)]
    os.system("ls " + " ".join(map(str, values)))


# case: converted in a comprehension
def converted():
    values = {int(key): float(value) for key, value in request.args.items()}
    for key, value in values.items():
        os.system(f"ls {key} {value}")


# case: parsed numbers of a text
def parsed_numbers():
    numbers = [int(part) for part in arg().split(",") if part.isdigit()]
    os.system("ls " + ",".join(str(number) for number in numbers))


# case: a sum of numbers
def summed():
    total = sum(int(part) for part in arg().split(","))
    os.system(f"head -n {total} all")


# case: rounded
def rounded():
    os.system(f"head -c {round(float(arg()), 2)} all")


# case: a number with a width
def formatted_number():
    os.system("ls %05d" % int(arg()))


# case: a number by format
def formatted_by_format():
    os.system("ls {:>8.2f}".format(float(arg())))


# case: hex of a number
def hexed():
    os.system("ls " + hex(int(arg())))


# case: ordinals
def ordinals():
    os.system("ls " + "-".join(str(ord(character)) for character in arg()))


# case: an index of a constant text
def index_of_constant():
    alphabet = string.ascii_lowercase
    os.system("ls " + alphabet[int(arg()) % 26])


# case: a random choice of constants
def random_constant():
    raw = arg()
    os.system("ls " + random.choice(["a", "b"]))
    return raw


# case: a random choice of values
def random_value():
    os.system("ls " + random.choice(request.args.getlist("a")))  # expect: command-injection from 589


# case: the nearest of constants
def nearest():
    steps = [1, 5, 10]
    os.system(f"ls {steps[bisect.bisect(steps, int(arg()))]}")


# case: a heap of numbers
def heap_numbers():
    heap = [int(one) for one in request.args.getlist("a")]
    heapq.heapify(heap)
    os.system(f"ls {heapq.heappop(heap)}")


# case: counted words by number
def counted():
    counts = collections.Counter(arg().split())
    os.system(f"ls {max(counts.values())}")


# case: grouped by a fixed key
def grouped():
    groups = collections.defaultdict(list)
    groups["asked"].append(arg())
    groups["fixed"].append(".")
    os.system("ls " + groups["fixed"][0])


# case: a thread that is handed a constant
def thread_constant():
    def work(folder):
        os.system("ls " + folder)

    raw = arg()
    threading.Thread(target=work, args=(".",)).start()
    return raw


# case: a pool that maps quoted values
def pool_quoted():
    with ThreadPoolExecutor() as pool:
        for name in pool.map(shlex.quote, request.args.getlist("a")):
            os.system("ls " + name)


# case: a pool that runs the value
def pool_value():
    def work(folder):
        os.system("ls " + folder)  # expect: command-injection from 40

    with ThreadPoolExecutor() as pool:
        pool.submit(work, arg())


# case: a cached function on a constant
@functools.lru_cache(maxsize=None)
def cached(folder):
    return "ls " + folder


def cached_constant():
    cached(arg())
    os.system(cached("."))


# case: single dispatch on the type
@functools.singledispatch
def shown(value):
    return "ls " + shlex.quote(str(value))


def dispatched():
    os.system(shown(arg()))


# case: a copy that is changed
def copied():
    options = {"folder": arg()}
    own = copy.copy(options)
    own["folder"] = "."
    os.system("ls " + own["folder"])


# case: the original of a copy that is changed
def original():
    options = {"folder": arg()}
    own = dict(options)
    own["folder"] = "."
    os.system("ls " + options["folder"])  # expect: command-injection from 40


# case: replaced in a data class
@dataclasses.dataclass(frozen=True)
class Options:
    folder: str
    depth: int = 1


def replaced_field():
    options = dataclasses.replace(Options(arg()), folder=".")
    os.system("ls " + options.folder)


# case: another field replaced in a data class
def replaced_other_field():
    options = dataclasses.replace(Options(arg()), depth=2)
    os.system("ls " + options.folder)  # expect: command-injection from 40


# case: a read-only view by a fixed key
def proxied():
    options = MappingProxyType({"folder": ".", "raw": arg()})
    os.system("ls " + options["folder"])


# case: a wrapped text of a constant
def wrapped():
    raw = arg()
    os.system("ls " + textwrap.dedent(" . "))
    return raw


# case: a lookup in an enumeration by name
class Folder(enum.Enum):
    HOME = "/home"
    TEMP = "/tmp"


def enum_lookup():
    folder = Folder.__members__.get(arg())
    if folder is None:
        abort(404)
    os.system("ls " + folder.value)


# case: an abstract method that a subclass answers with a constant
class Source(abc.ABC):
    @abc.abstractmethod
    def folder(self): ...


class FixedSource(Source):
    def folder(self):
        return "."


class AskedSource(Source):
    def folder(self):
        return arg()


def list_source(source):
    return "ls " + source.folder()


def abstract_fixed():
    os.system(list_source(FixedSource()))


# case: an abstract method that a subclass answers with the value
def abstract_asked():
    os.system(list_source(AskedSource()))  # expect: command-injection from 40


# case: a registry of constant answers
ANSWERS = {}


def answers(name):
    def register(function):
        ANSWERS[name] = function
        return function

    return register


@answers("home")
def answer_home():
    return "/home"


@answers("temp")
def answer_temp():
    return "/tmp"


def registered():
    answer = ANSWERS.get(arg())
    if answer is None:
        abort(404)
    os.system("ls " + answer())


# case: an iterator class of constants
class Folders:
    def __init__(self, asked):
        self.asked = asked

    def __iter__(self):
        yield "/home"
        yield "/tmp"

    def __len__(self):
        return len(self.asked)


def iterated():
    for folder in Folders(arg()):
        os.system("ls " + folder)


# case: an object's length
def object_length():
    os.system(f"head -n {len(Folders(arg()))} all")


# case: a callable object that quotes
class Quoter:
    def __call__(self, value):
        return shlex.quote(value)


def callable_object():
    quote = Quoter()
    os.system("ls " + quote(arg()))


# case: a context that gives a constant
class Workspace:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return "/tmp/work"

    def __exit__(self, *details):
        return False


def workspace():
    with Workspace(arg()) as folder:
        os.system("ls " + folder)


# case: a context that gives its name
class OpenWorkspace(Workspace):
    def __enter__(self):
        return self.name


def open_workspace():
    with OpenWorkspace(arg()) as folder:
        os.system("ls " + folder)  # expect: command-injection from 40
