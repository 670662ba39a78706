import base64
import codecs
import configparser
import contextlib
import csv
import functools
import io
import itertools
import json
import operator
import os
import pickle
import queue
import re
import shlex
import string
import threading
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from types import SimpleNamespace

from flask import abort, request


def arg(name="a"):
    return request.args[name]


# case: pop of a middle element
def pop_middle():
    parts = ["ls", arg(), "-l"]
    parts.pop(1)
    os.system(" ".join(parts))


# case: pop of another element keeps it
def pop_other():
    parts = ["ls", arg(), "-l"]
    parts.pop(0)
    os.system(" ".join(parts))  # expect: command-injection from 26


# case: what was popped is used, harmless
def popped_used():
    parts = ["ls", arg()]
    last = parts.pop()
    os.system(parts[0])


# case: what was popped is used
def popped_used_flow():
    parts = ["ls", arg()]
    last = parts.pop()
    os.system(last)  # expect: command-injection from 26


# case: inserted in front, harmless
def inserted_front():
    parts = ["ls", "-l"]
    parts.insert(0, arg())
    os.system(parts[1])


# case: inserted in front
def inserted_front_flow():
    parts = ["ls", "-l"]
    parts.insert(0, arg())
    os.system(parts[0])  # expect: command-injection from 26


# case: a list is cleared
def cleared_list():
    parts = [arg()]
    parts.clear()
    parts.append("ls")
    os.system(" ".join(parts))


# case: a slice leaves the tainted part out
def slice_out():
    parts = ["ls", "-l", arg()]
    os.system(" ".join(parts[:2]))


# case: a slice keeps the tainted part
def slice_in():
    parts = ["ls", "-l", arg()]
    os.system(" ".join(parts[1:]))  # expect: command-injection from 26


# case: two lists made into one, harmless
def lists_added():
    parts = ["ls"] + [arg()]
    os.system(parts[0])


# case: two lists made into one
def lists_added_flow():
    parts = ["ls"] + [arg()]
    os.system(parts[1])  # expect: command-injection from 26


# case: list extended then last, harmless
def extended_last():
    parts = [arg()]
    parts.extend(["fixed"])
    os.system("ls " + parts[-1])


# case: list extended then last
def extended_last_flow():
    parts = [arg()]
    parts.extend(["fixed"])
    os.system("ls " + parts[0])  # expect: command-injection from 26


# case: a dict by get with a default, harmless
def dict_get_default():
    known = {"a": arg()}
    os.system("ls " + known.get("b", "fixed"))


# case: a dict by get with a default
def dict_get_default_flow():
    known = {"a": arg()}
    os.system("ls " + known.get("a", "fixed"))  # expect: command-injection from 26


# case: setdefault keeps what is there
def setdefault_keeps():
    known = {"a": "fixed"}
    value = known.setdefault("a", arg())
    os.system("ls " + value)


# case: setdefault adds what is missing, harmless
def setdefault_adds():
    known = {"b": "fixed"}
    value = known.setdefault("a", arg())
    os.system("ls " + known["b"])


# case: setdefault adds what is missing
def setdefault_adds_flow():
    known = {"b": "fixed"}
    value = known.setdefault("a", arg())
    os.system("ls " + value)  # expect: command-injection from 26


# case: an update replaces the tainted value
def update_replaces():
    known = {"a": arg(), "b": "fixed"}
    known.update(a="other")
    os.system("ls " + known["a"])


# case: an update brings it in
def update_brings():
    known = {"a": "fixed"}
    known.update({"a": arg()})
    os.system("ls " + known["a"])  # expect: command-injection from 26


# case: a merged dict where the right one wins
def merged_right():
    known = {"a": arg()} | {"a": "fixed"}
    os.system("ls " + known["a"])


# case: a merged dict where the tainted one wins
def merged_left():
    known = {**{"a": "fixed"}, **{"a": arg()}}
    os.system("ls " + known["a"])  # expect: command-injection from 26


# case: pop of a key gives another, harmless
def dict_pop():
    known = {"a": arg(), "b": "fixed"}
    os.system("ls " + known.pop("b"))


# case: pop of a key gives another
def dict_pop_flow():
    known = {"a": arg(), "b": "fixed"}
    os.system("ls " + known.pop("a"))  # expect: command-injection from 26


# case: popitem gives the last
def dict_popitem():
    known = {"a": arg()}
    known["b"] = "fixed"
    key, value = known.popitem()
    os.system("ls " + value)


# case: fromkeys
def dict_fromkeys():
    known = dict.fromkeys(["a", "b"], arg())
    os.system("ls " + known["b"])  # expect: command-injection from 26


# case: a defaultdict of lists, harmless
def defaultdict_lists():
    groups = defaultdict(list)
    groups["a"].append(arg())
    groups["b"].append("fixed")
    os.system("ls " + groups["b"][0])


# case: a defaultdict of lists
def defaultdict_lists_flow():
    groups = defaultdict(list)
    groups["a"].append(arg())
    groups["b"].append("fixed")
    os.system("ls " + groups["a"][0])  # expect: command-injection from 26


# case: a nested mapping by keys, harmless
def nested_mapping():
    tree = {"in": {"name": arg()}, "out": {"name": "fixed"}}
    os.system("ls " + tree["out"]["name"])


# case: a nested mapping by keys
def nested_mapping_flow():
    tree = {"in": {"name": arg()}, "out": {"name": "fixed"}}
    os.system("ls " + tree["in"]["name"])  # expect: command-injection from 26


# case: a config parser keeps sections apart, harmless
def config_sections():
    config = configparser.ConfigParser()
    config["one"] = {"name": arg()}
    config["two"] = {"name": "fixed"}
    os.system("ls " + config["two"]["name"])


# case: a config parser keeps sections apart
def config_sections_flow():
    config = configparser.ConfigParser()
    config["one"] = {"name": arg()}
    config["two"] = {"name": "fixed"}
    os.system("ls " + config["one"]["name"])  # expect: command-injection from 26


# case: a config parser read from a dict, harmless
def config_dict():
    config = configparser.ConfigParser()
    config.read_dict({"one": {"name": arg(), "other": "fixed"}})
    os.system("ls " + config.get("one", "other"))


# case: a config parser read from a dict
def config_dict_flow():
    config = configparser.ConfigParser()
    config.read_dict({"one": {"name": arg(), "other": "fixed"}})
    os.system("ls " + config.get("one", "name"))  # expect: command-injection from 26


# case: config set and get
def config_set():
    config = configparser.ConfigParser()
    config.add_section("one")
    config.set("one", "name", arg())
    config.set("one", "name", "fixed")
    os.system("ls " + config.get("one", "name"))


# case: unpacked with a star in the middle, harmless
def star_middle():
    first, *rest, last = ["fixed", arg(), "other"]
    os.system("ls " + first + last)


# case: unpacked with a star in the middle
def star_middle_flow():
    first, *rest, last = ["fixed", arg(), "other"]
    os.system("ls " + rest[0])  # expect: command-injection from 26


# case: base64 there and back
def base64_round():
    packed = base64.b64encode(arg().encode())
    os.system("ls " + base64.b64decode(packed).decode())  # expect: command-injection from 26


# case: base64 of the value cannot be a command
def base64_only():
    packed = base64.b64encode(arg().encode()).decode()
    os.system("echo " + packed)


# case: hex there and back, harmless
def hex_round():
    packed = arg().encode().hex()
    os.system("echo " + packed)


# case: hex there and back
def hex_round_flow():
    packed = arg().encode().hex()
    os.system("ls " + bytes.fromhex(packed).decode())  # expect: command-injection from 26


# case: rot13
def rot13():
    os.system("ls " + codecs.encode(arg(), "rot13"))  # expect: command-injection from 26


# case: json there and back
def json_round_flow():
    text = json.dumps({"name": arg(), "other": "fixed"})
    back = json.loads(text)
    os.system("ls " + back["name"])  # expect: command-injection from 26


# case: class attribute set on one class, harmless
class Settings:
    name = "fixed"
    other = "fixed"


def class_attr():
    Settings.other = arg()
    os.system("ls " + Settings.name)


# case: class attribute set on one class
def class_attr_flow():
    Settings.other = arg()
    os.system("ls " + Settings.other)  # expect: command-injection from 26


# case: two objects keep their own, harmless
class Box:
    def __init__(self, content):
        self.content = content

    def map(self, function):
        return Box(function(self.content))

    def unwrap(self):
        return self.content


def two_boxes():
    a, b = Box(arg()), Box("fixed")
    os.system("ls " + b.content)


# case: two objects keep their own
def two_boxes_flow():
    a, b = Box(arg()), Box("fixed")
    os.system("ls " + a.content)  # expect: command-injection from 26


# case: a chain of maps over a box, harmless
def box_map():
    os.system("ls " + Box(arg()).map(str.strip).map(shlex.quote).unwrap())


# case: a chain of maps over a box
def box_map_flow():
    os.system("ls " + Box(arg()).map(str.strip).unwrap())  # expect: command-injection from 26


# case: a property that quotes, harmless
class Named:
    def __init__(self, raw):
        self._raw = raw

    @property
    def quoted(self):
        return shlex.quote(self._raw)

    @property
    def raw(self):
        return self._raw


def property_quotes():
    named = Named(arg())
    os.system("ls " + named.quoted)


# case: a property that quotes
def property_quotes_flow():
    named = Named(arg())
    os.system("ls " + named.raw)  # expect: command-injection from 26


# case: a cached property, harmless
class Lazy:
    @functools.cached_property
    def name(self):
        return arg()

    @functools.cached_property
    def other(self):
        return "fixed"


def lazy():
    os.system("ls " + Lazy().other)


# case: a cached property
def lazy_flow():
    os.system("ls " + Lazy().name)  # expect: command-injection from 26


# case: a generator that filters
def allowed_only(values):
    for value in values:
        if value in ("a", "b"):
            yield value


def generator_filters():
    for one in allowed_only(request.args.getlist("a")):
        os.system("ls " + one)


# case: a generator pipeline
def stripped(values):
    for value in values:
        yield value.strip()


def lowered(values):
    yield from (value.lower() for value in values)


def generator_pipeline():
    for one in lowered(stripped(request.args.getlist("a"))):
        os.system("ls " + one)  # expect: command-injection from 435


# case: a generator that receives a constant
def echoing():
    got = yield
    while True:
        got = yield got


def sends_constant():
    machine = echoing()
    next(machine)
    os.system("ls " + machine.send("fixed"))


# case: a partial with a keyword
def run(program, name):
    os.system(program + " " + name)  # expect: command-injection from 26


def partial_keyword():
    ls = functools.partial(run, "ls")
    ls(name="fixed")
    ls(name=arg())


# case: map over a lambda
def map_lambda():
    quoted = list(map(lambda one: shlex.quote(one), request.args.getlist("a")))
    os.system("ls " + " ".join(quoted))


# case: filter by a predicate
def filter_predicate():
    kept = list(filter(str.isalnum, request.args.getlist("a")))
    os.system("ls " + " ".join(kept))


# case: filter by a predicate of the project
def is_plain(text):
    return re.fullmatch(r"[a-z]+", text) is not None


def filter_own():
    kept = list(filter(is_plain, request.args.getlist("a")))
    os.system("ls " + " ".join(kept))


# case: filter by length
def filter_length():
    kept = list(filter(lambda one: len(one) < 9, request.args.getlist("a")))
    os.system("ls " + " ".join(kept))  # expect: command-injection from 487


# case: reduce of constants, harmless
def reduce_constant():
    os.system(functools.reduce(lambda a, b: a + " " + b, ["ls", "-l"]))


# case: reduce of constants
def reduce_constant_flow():
    os.system(functools.reduce(lambda a, b: a + " " + b, ["ls", arg()]))  # expect: command-injection from 26


# case: a queue between threads
def queue_threads():
    jobs = queue.Queue()

    def work():
        os.system("ls " + jobs.get())  # expect: command-injection from 26

    jobs.put(arg())
    threading.Thread(target=work).start()


# case: a queue of constants between threads
def queue_constants():
    jobs = queue.Queue()

    def work():
        os.system("ls " + jobs.get())

    jobs.put("fixed")
    threading.Thread(target=work).start()


# case: a context manager that yields a quoted value
@contextlib.contextmanager
def quoted(value):
    yield shlex.quote(value)


def manager_quotes():
    with quoted(arg()) as name:
        os.system("ls " + name)


# case: a context manager that yields the value
@contextlib.contextmanager
def opened(value):
    try:
        yield value.strip()
    finally:
        print("done")


def manager_yields():
    with opened(arg()) as name:
        os.system("ls " + name)  # expect: command-injection from 26


# case: an exception's args
def exception_args_flow():
    try:
        raise ValueError("fixed", arg())
    except ValueError as error:
        os.system("ls " + error.args[1])  # expect: command-injection from 26


# case: a walrus in a while
def walrus_while():
    names = iter(request.args.getlist("a"))
    while (name := next(names, None)) is not None:
        os.system("ls " + name)  # expect: command-injection from 558


# case: a walrus that guards
def walrus_guard():
    if (name := arg()) in ("a", "b"):
        os.system("ls " + name)


# case: star args pass by place, harmless
def second(*args):
    return args[1]


def star_place():
    os.system("ls " + second(arg(), "fixed"))


# case: star args pass by place
def star_place_flow():
    os.system("ls " + second("fixed", arg()))  # expect: command-injection from 26


# case: keyword args pass by name, harmless
def named_b(**options):
    return options["b"]


def star_names():
    os.system("ls " + named_b(a=arg(), b="fixed"))


# case: keyword args pass by name
def star_names_flow():
    os.system("ls " + named_b(a="fixed", b=arg()))  # expect: command-injection from 26


# case: keyword args with defaults popped, harmless
def pops(**options):
    name = options.pop("name", "fixed")
    return name


def kwargs_pop():
    os.system("ls " + pops(other=arg()))


# case: keyword args with defaults popped
def kwargs_pop_flow():
    os.system("ls " + pops(name=arg()))  # expect: command-injection from 26


# case: a csv row by place
def csv_rows():
    reader = csv.reader(io.StringIO("fixed," + arg()))
    for row in reader:
        os.system("ls " + row[1])  # expect: command-injection from 26


# case: StringIO written twice
def buffer_written():
    out = io.StringIO()
    out.write("ls ")
    out.write(shlex.quote(arg()))
    os.system(out.getvalue())


# case: decode with errors
def bytes_decode():
    os.system("ls " + request.get_data().decode("utf-8", errors="replace"))  # expect: command-injection from 629


# case: operator itemgetter and attrgetter, harmless
def getters():
    pick = operator.itemgetter("a", "b")
    a, b = pick({"a": arg(), "b": "fixed"})
    os.system("ls " + b)


# case: operator itemgetter and attrgetter
def getters_flow():
    pick = operator.itemgetter("a", "b")
    a, b = pick({"a": arg(), "b": "fixed"})
    os.system("ls " + a)  # expect: command-injection from 26


# case: itertools chain, harmless
def chained():
    values = list(itertools.chain(["fixed"], [arg()]))
    os.system("ls " + values[0])


# case: itertools chain
def chained_flow():
    values = list(itertools.chain(["fixed"], [arg()]))
    os.system("ls " + values[1])  # expect: command-injection from 26


# case: zip of names and values, harmless
def zipped():
    both = dict(zip(("a", "b"), (arg(), "fixed")))
    os.system("ls " + both["b"])


# case: zip of names and values
def zipped_flow():
    both = dict(zip(("a", "b"), (arg(), "fixed")))
    os.system("ls " + both["a"])  # expect: command-injection from 26


# case: enumerate keeps the value, harmless
def enumerated():
    for index, value in enumerate(request.args.getlist("a")):
        os.system("ls " + str(index))


# case: enumerate keeps the value
def enumerated_flow():
    for index, value in enumerate(request.args.getlist("a")):
        os.system("ls " + value)  # expect: command-injection from 678


# case: a string template with a safe value
def templated():
    command = string.Template("ls $name").substitute(name=shlex.quote(arg()))
    os.system(command)


# case: format map, harmless
def format_mapped():
    os.system("ls {b}".format_map({"a": arg(), "b": "fixed"}))


# case: format map
def format_mapped_flow():
    os.system("ls {a}".format_map({"a": arg(), "b": "fixed"}))  # expect: command-injection from 26


# case: a namespace, harmless
def namespaced():
    space = SimpleNamespace(a=arg(), b="fixed")
    os.system("ls " + space.b)


# case: a namespace
def namespaced_flow():
    space = SimpleNamespace(a=arg(), b="fixed")
    os.system("ls " + space.a)  # expect: command-injection from 26


# case: a match that picks a command
def match_command():
    match arg().split():
        case ["list"]:
            command = "ls"
        case ["show", ("a" | "b") as name]:
            command = "cat " + name
        case _:
            abort(400)
    os.system(command)


# case: a match that keeps what follows
def match_open():
    match arg().split():
        case ["show", name]:
            os.system("cat " + name)  # expect: command-injection from 26


# case: a chain map whose first wins, harmless
def chain_map():
    options = ChainMap({"a": "fixed"}, {"a": arg(), "b": arg()})
    os.system("ls " + options["a"])


# case: a chain map whose first wins
def chain_map_flow():
    options = ChainMap({"a": "fixed"}, {"a": arg(), "b": arg()})
    os.system("ls " + options["b"])  # expect: command-injection from 26


# case: deque rotated, harmless
def rotated():
    names = deque(["fixed", arg()])
    names.rotate(1)
    os.system("ls " + names[1])


# case: deque rotated
def rotated_flow():
    names = deque(["fixed", arg()])
    names.rotate(1)
    os.system("ls " + names[0])  # expect: command-injection from 26


# case: all of the characters are letters
def all_letters():
    name = arg()
    if not all(c in string.ascii_letters for c in name):
        abort(400)
    os.system("ls " + name)


# case: any of the characters is a letter
def any_letter():
    name = arg()
    if not any(c in string.ascii_letters for c in name):
        abort(400)
    os.system("ls " + name)  # expect: command-injection from 26


# case: only some characters are kept
def kept_characters():
    name = "".join(c for c in arg() if c.isalnum() or c == "_")
    os.system("ls " + name)


# case: some characters are dropped
def dropped_characters():
    name = "".join(c for c in arg() if c != ";")
    os.system("ls " + name)  # expect: command-injection from 26
