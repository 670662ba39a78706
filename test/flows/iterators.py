import contextlib
import contextvars
import csv
import io
import itertools
import os
from collections import ChainMap, OrderedDict
from dataclasses import InitVar, dataclass
from flask import request


# case: the first of a chain is known
def first_of_chain():
    os.system(next(itertools.chain(["ls"], request.args.getlist("w"))))


# case: the first of a chain comes from outside
def first_of_chain_from_outside():
    os.system(next(itertools.chain([request.args["w"]], ["ls"])))  # expect: command-injection from 19


# case: the second that an iterator gives
def second_of_iterator():
    words = iter(["ls", request.args["w"]])
    next(words)
    os.system(next(words))  # expect: command-injection from 24


# case: the first that an iterator gives
def first_of_iterator():
    words = iter(["ls", request.args["w"]])
    os.system(next(words))


# case: a slice of a chain
def slice_of_chain():
    known = itertools.islice(itertools.chain(["a", "b"], [request.args["w"]]), 2)
    os.system("".join(known))


# case: a longer slice of a chain
def longer_slice_of_chain():
    known = itertools.islice(itertools.chain(["a", "b"], [request.args["w"]]), 3)
    os.system("".join(known))  # expect: command-injection from 43


def parts(value):
    yield "ls"
    yield from [value, "b"]


# case: the first that a generator yields
def first_yield():
    os.system(next(parts(request.args["v"])))


# case: the second that a generator yields
def second_yield():
    made = parts(request.args["v"])
    next(made)
    os.system(next(made))  # expect: command-injection from 59


# case: a generator that is made twice begins anew
def made_twice():
    value = request.args["v"]
    os.system(next(parts(value)))
    os.system(next(parts(value)))
    os.system(list(parts(value))[1])  # expect: command-injection from 66


def some_parts(value, more):
    yield value
    if not more:
        return
    yield "ls"


# case: a generator that may end early
def ends_early():
    last = ""
    for last in some_parts(request.args["v"], request.args["m"]):
        pass
    os.system(last)  # expect: command-injection from 82


@contextlib.contextmanager
def lent(value):
    box = {"given": value, "known": "ls"}
    try:
        yield box
    finally:
        box["given"] = "gone"


# case: what a context manager takes back is there in its block
def lent_in_block():
    with lent(request.args["v"]) as box:
        os.system(box["given"])  # expect: command-injection from 98


# case: what a context manager lends besides
def lent_besides():
    with lent(request.args["v"]) as box:
        os.system(box["known"])


class Closing:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self

    def __exit__(self, *given):
        self.value = "closed"


# case: an attribute after `__exit__` has overwritten it
def after_exit():
    closing = Closing(request.args["v"])
    with closing:
        pass
    os.system(closing.value)


# case: an attribute before `__exit__` overwrites it
def before_exit():
    closing = Closing(request.args["v"])
    with closing:
        os.system(closing.value)  # expect: command-injection from 129


class Bag:
    def __init__(self, *values):
        self.values = values

    def __iter__(self):
        yield str(len(self.values))
        yield self.values[0]


# case: an object is unpacked into what its iterator gives
def unpacked_object():
    size, first = Bag(request.args["v"])
    os.system(first)  # expect: command-injection from 145


# case: an object is unpacked, and its first part is a number
def unpacked_number():
    size, first = Bag(request.args["v"])
    os.system("head -" + size)


class Missing(dict):
    def __missing__(self, key):
        return "no " + key


class Empty(dict):
    def __missing__(self, key):
        return ""


# case: what a dict makes of a key that it has not
def missing_key():
    os.system(Missing(a="ls")[request.args["k"]])  # expect: command-injection from 167


# case: what a dict has, it does not make
def present_key():
    table = Missing(a="ls")
    table["b"] = request.args["k"]
    os.system(table["a"])


# case: a dict that makes a constant of keys that it has not
def missing_constant():
    os.system(Empty(a="ls")[request.args["k"]])


class Tag(str):
    def __new__(cls, value):
        return super().__new__(cls, "#" + value)


class Fixed(str):
    def __new__(cls, value):
        return super().__new__(cls, "#")


# case: a text whose class puts something in front
def own_text():
    os.system(Tag(request.args["v"]).lower())  # expect: command-injection from 194


# case: a text whose class ignores what it is given
def own_constant():
    os.system(Fixed(request.args["v"]).lower())


@dataclass
class Cleaned:
    raw: InitVar[str]
    name: str = ""
    size: int = 0

    def __post_init__(self, raw):
        self.name = raw.strip()
        self.size = len(raw)


# case: what is there for the constructor alone
def init_only():
    made = Cleaned(request.args["v"])
    os.system(made.name)  # expect: command-injection from 215


# case: a number of what is there for the constructor alone
def init_only_number():
    os.system(f"head -{Cleaned(request.args['v']).size}")


CURRENT = contextvars.ContextVar("current", default="none")


# case: a context variable that is set back
def set_back():
    token = CURRENT.set(request.args["v"])
    CURRENT.reset(token)
    os.system(CURRENT.get())


# case: a context variable that is not set back yet
def not_set_back():
    token = CURRENT.set(request.args["v"])
    os.system(CURRENT.get())  # expect: command-injection from 236
    CURRENT.reset(token)


class Refusal(Exception):
    def __init__(self, code, detail):
        super().__init__(code)
        self.detail = detail


# case: an attribute of an exception that hands on something else
def text_of_exception():
    try:
        raise Refusal("ls", request.args["d"])
    except Refusal as error:
        os.system(error.detail)  # expect: command-injection from 250


# case: the text of an exception is the constant that its class hands on
def constant_text_of_exception():
    try:
        raise Refusal("ls", request.args["d"])
    except Refusal as error:
        os.system(str(error))


# case: a list that is made where an exception may come, used where it is handled
def made_before_exception():
    try:
        words = ["ls", request.args["d"]]
        os.remove("x")
    except OSError:
        os.system(words[1])  # expect: command-injection from 266
        os.system(words[0])


# case: one value under keys from outside
def keys_from_outside():
    table = dict.fromkeys([request.args["k"], "b"], "ls")
    os.system(table["b"])


# case: a value from outside under each key
def value_under_keys():
    table = dict.fromkeys(["a", "b"], request.args["v"])
    os.system(table["b"])  # expect: command-injection from 281


# case: the first of a dict after an entry was moved to its end
def moved_to_end():
    table = OrderedDict(a="ls", b=request.args["v"])
    table.move_to_end("a")
    os.system(next(iter(table.values())))  # expect: command-injection from 287


# case: the first of a dict of which no entry was moved
def not_moved():
    table = OrderedDict(a="ls", b=request.args["v"])
    os.system(next(iter(table.values())))


# case: the first of a dict after it was moved back to the front
def moved_to_front():
    table = OrderedDict(b=request.args["v"], a="ls")
    table.move_to_end("a", last=False)
    os.system(next(iter(table.values())))


# case: a child of a chain of mappings
def child_of_chain():
    chain = ChainMap({"a": "ls"}).new_child({"b": request.args["v"]})
    os.system(chain["b"])  # expect: command-injection from 307


# case: what the parent of a child in a chain of mappings holds
def parent_in_chain():
    chain = ChainMap({"a": "ls"}).new_child({"b": request.args["v"]})
    os.system(chain["a"])


# case: rows of a table that is written into a buffer
def rows_in_buffer():
    buffer = io.StringIO()
    csv.writer(buffer).writerow(["a", "v" + request.args["v"]])
    os.system(buffer.getvalue())  # expect: command-injection from 320


# case: constant rows in a buffer
def constant_rows_in_buffer():
    buffer = io.StringIO()
    csv.writer(buffer).writerow(["a", "b"])
    os.system(buffer.getvalue())


class Bus:
    def __init__(self):
        self.heard = {}

    def on(self, name, function):
        self.heard.setdefault(name, []).append(function)

    def emit(self, name, value):
        for function in self.heard.get(name, []):
            function(value)


# case: a method of a list is handed on and called there
def method_handed_on():
    seen = []
    bus = Bus()
    bus.on("x", seen.append)
    bus.emit("x", request.args["v"])
    os.system(seen[0])  # expect: command-injection from 348


# case: a method of a list that hears of something else
def method_of_other():
    seen = ["ls"]
    others = []
    bus = Bus()
    bus.on("x", others.append)
    bus.emit("x", request.args["v"])
    os.system(seen[0])


STORED = "none"


def store(value):
    global STORED
    STORED = value


def stored():
    return STORED


# case: a function reads what was stored after it was called before
def stored_since():
    os.system(stored())
    store(request.args["v"])
    os.system(stored())  # expect: command-injection from 377


# case: a function reads what was stored over
def stored_over():
    store(request.args["v"])
    store("ls")
    os.system(stored())


class Shared:
    value = "none"

    @classmethod
    def put(cls, value):
        cls.value = value

    @staticmethod
    def get():
        return Shared.value


# case: an attribute of a class is read by a method that was called before
def shared_since():
    os.system(Shared.get())
    Shared.put(request.args["v"])
    os.system(Shared.get())  # expect: command-injection from 403


# case: an attribute of a class that was overwritten
def shared_over():
    Shared.put(request.args["v"])
    Shared.put("ls")
    os.system(Shared.get())


# case: what both of two sets have is known where one of them is
def in_both():
    os.system("".join({"a", "b"}.intersection(request.args.getlist("w"))))


# case: what either of two sets has
def in_either():
    os.system("".join({"a", "b"}.union(request.args.getlist("w"))))  # expect: command-injection from 421


# case: a sequence with a rest in a pattern
def rest_in_pattern():
    match ("ls", request.args["v"], "c"):
        case (first, _, *rest):
            os.system(first + rest[0])
        case _:
            os.system(request.args["v"])
    match ("ls", request.args["v"], "c"):
        case (first, second, *_):
            os.system(second)  # expect: command-injection from 431
