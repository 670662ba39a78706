import cmd
import collections
import contextlib
import enum
import io
import os
import sched
import shutil
import sys
import threading
import time
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from multiprocessing.pool import ThreadPool

from flask import request


class Work(threading.Thread):
    def __init__(self, word):
        super().__init__()
        self.word = word
        self.found = None

    def run(self):
        self.found = self.word


class Counting(threading.Thread):
    def __init__(self, word):
        super().__init__()
        self.word = word
        self.found = None

    def run(self):
        self.found = str(len(self.word))


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []
        self.count = 0

    def handle_data(self, data):
        self.parts.append(data)
        self.count += 1


class Console(cmd.Cmd):
    said = ""
    seen = ""

    def do_say(self, line):
        self.said = line

    def do_see(self, line):
        self.seen = "seen"


class Small(collections.UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


class Names(collections.UserList):
    def add(self, name):
        self.data.append(name)


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value):
        return cls.OTHER


class Right(enum.Flag):
    READ = 1
    WRITE = 2


class Link:
    def __init__(self, name):
        self.name = name

    def close(self):
        self.name = "ls"


class Place:
    __match_args__ = ("left", "right")

    def __init__(self, left, right):
        self.left, self.right = left, right


# case: starting a thread runs what its class says
def started():
    work = Work(request.args["name"])
    work.start()
    work.join()
    os.system(work.found)  # expect: command-injection from 103
    counting = Counting(request.args["name"])
    counting.start()


# case: starting a thread runs what its class says, harmless
def started_harmless():
    work = Work(request.args["name"])
    work.start()
    work.join()
    counting = Counting(request.args["name"])
    counting.start()
    os.system("echo " + counting.found)


# case: functions that run later, with their arguments beside them
def later():
    kept = {"word": "ls"}
    timer = threading.Timer(0.1, kept.__setitem__, ["word", "id"])
    timer.start()
    names = []
    plan = sched.scheduler(time.time, time.sleep)
    plan.enter(0, 1, names.append, argument=(request.args["name"],))
    plan.run()
    os.system(names[0])  # expect: command-injection from 128


# case: functions that run later, with their arguments beside them, harmless
def later_harmless():
    kept = {"word": "ls"}
    timer = threading.Timer(0.1, kept.__setitem__, ["word", "id"])
    timer.start()
    names = []
    plan = sched.scheduler(time.time, time.sleep)
    plan.enter(0, 1, names.append, argument=(request.args["name"],))
    plan.run()
    os.system(kept["word"])


# case: what a pool of threads gives
def pooled():
    with ThreadPool(2) as pool:
        os.system(pool.apply(str.strip, (request.args["name"],)))  # expect: command-injection from 148
        os.system("".join(pool.map(lambda word: word + "!", [request.args["name"]])))  # expect: command-injection from 149
        os.system("".join(pool.map(lambda word: str(len(word)), [request.args["name"]])))


# case: a parser hands its texts to the class that is built on it
def parsed():
    texts = Texts()
    texts.feed("<b>" + request.args["name"] + "</b>")
    os.system("".join(texts.parts))  # expect: command-injection from 156


# case: a parser hands its texts to the class that is built on it, harmless
def parsed_harmless():
    texts = Texts()
    texts.feed("<b>" + request.args["name"] + "</b>")
    os.system("echo " + str(texts.count))


# case: a line that begins with the name of its method
def commanded():
    console = Console()
    console.onecmd("say " + request.args["name"])
    os.system(console.said)  # expect: command-injection from 170
    console.onecmd("see " + request.args["name"])


# case: a line that begins with the name of its method, harmless
def commanded_harmless():
    console = Console()
    console.onecmd("say " + request.args["name"])
    console.onecmd("see " + request.args["name"])
    os.system(console.seen)


# case: a mapping that changes its keys, and a list by its items
def wrapped():
    options = Small()
    options["NAME"] = request.args["name"]
    options["Kind"] = "ls"
    os.system(options["name"])  # expect: command-injection from 186
    names = Names(["ls"])
    names.add(request.args["name"])
    os.system(names[1])  # expect: command-injection from 190


# case: a mapping that changes its keys, and a list by its items, harmless
def wrapped_harmless():
    options = Small()
    options["NAME"] = request.args["name"]
    options["Kind"] = "ls"
    os.system(options["kind"])
    names = Names(["ls"])
    names.add(request.args["name"])
    os.system(names[0])


# case: an enumeration that has a member for what it does not know proves nothing
def missing_member():
    name = request.args["name"]
    level = Level(name)
    os.system(name)  # expect: command-injection from 207


# case: an enumeration that has a member for what it does not know proves nothing, harmless
def missing_member_harmless():
    name = request.args["name"]
    level = Level(name)
    os.system(level.value)


# case: a flag that holds several
def flags():
    name = request.args["name"]
    os.system(name if Right.WRITE in (Right.READ | Right.WRITE) else "ls")  # expect: command-injection from 221


# case: a flag that holds several, harmless
def flags_harmless():
    name = request.args["name"]
    os.system(name if Right.WRITE in Right.READ else "ls")


# case: patterns that name constants, and parts by their position
def patterns():
    name = request.args["name"]
    match "high":
        case Level.LOW.value:
            os.system(name)
        case _:
            os.system("ls")
    match Place("ls", name):
        case Place(word, _):
            os.system(word)
        case _:
            os.system(name)
    match Place("ls", name):
        case Place("id", word):
            os.system(word)
        case Place(_, word):
            os.system(word)  # expect: command-injection from 233


# case: the language is Python 3
def of_version():
    name = request.args["name"]
    os.system(name if sys.version_info >= (3, 0) else "ls")  # expect: command-injection from 253
    os.system(name if sys.version_info >= (3, 12) else "ls")  # expect: command-injection from 253


# case: the language is Python 3, harmless
def of_version_harmless():
    name = request.args["name"]
    os.system(name if sys.version_info[0] < 3 else "ls")
    os.system(name if sys.version_info < (3, 0) else "ls")


# case: what is closed at the end of its block
def closed():
    with contextlib.closing(Link(request.args["name"])) as link:
        os.system(link.name)  # expect: command-injection from 267
    os.system(link.name)


# case: one stream is copied into another
def copied():
    target, other = io.StringIO(), io.StringIO()
    shutil.copyfileobj(io.StringIO(request.args["name"]), target)
    shutil.copyfileobj(io.StringIO("ls"), other)
    os.system(target.getvalue())  # expect: command-injection from 275


# case: one stream is copied into another, harmless
def copied_harmless():
    target, other = io.StringIO(), io.StringIO()
    shutil.copyfileobj(io.StringIO(request.args["name"]), target)
    shutil.copyfileobj(io.StringIO("ls"), other)
    os.system(other.getvalue())


# case: a cookie by its name
def cookies():
    jar = SimpleCookie()
    jar["name"] = request.args["name"]
    jar["kind"] = "ls"
    os.system(jar["name"].value)  # expect: command-injection from 291


# case: a cookie by its name, harmless
def cookies_harmless():
    jar = SimpleCookie()
    jar["name"] = request.args["name"]
    jar["kind"] = "ls"
    os.system(jar["kind"].value)
