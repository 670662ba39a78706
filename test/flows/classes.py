import dataclasses
import os
from dataclasses import dataclass

from flask import request


class Holder:
    kind = "fixed"

    def __init__(self, value, other="fixed"):
        self.value = value
        self.other = other

    def get(self):
        return self.value

    def get_other(self):
        return self.other

    def set(self, value):
        self.value = value

    def run(self):
        os.system(self.other)

    @property
    def command(self):
        return "ls " + self.value

    @property
    def harmless(self):
        return "ls " + self.other

    @staticmethod
    def static(value):
        return "ls " + value

    @classmethod
    def make(cls, value):
        return cls(value)

    def __str__(self):
        return self.value


# case: an attribute that the constructor sets
def attribute():
    holder = Holder(request.args["a"])
    os.system(holder.value)  # expect: command-injection from 49


# case: another attribute of the same object
def other_attribute():
    holder = Holder(request.args["a"])
    os.system(holder.other)


# case: a method that returns the attribute
def method():
    holder = Holder(request.args["a"])
    os.system(holder.get())  # expect: command-injection from 61


# case: a method that returns the other attribute
def other_method():
    holder = Holder(request.args["a"])
    os.system(holder.get_other())


# case: two objects of one class, harmless
def two_objects():
    dirty = Holder(request.args["a"])
    clean = Holder("fixed")
    os.system(clean.get())


# case: two objects of one class
def two_objects_flow():
    dirty = Holder(request.args["a"])
    clean = Holder("fixed")
    os.system(dirty.get())  # expect: command-injection from 80


# case: a setter method
def setter():
    holder = Holder("fixed")
    holder.set(request.args["a"])
    os.system(holder.get())  # expect: command-injection from 88


# case: a setter method that replaces
def setter_replaces():
    holder = Holder(request.args["a"])
    holder.set("fixed")
    os.system(holder.get())


# case: an attribute assigned from outside
def assigned():
    holder = Holder("fixed")
    holder.value = request.args["a"]
    os.system(holder.get())  # expect: command-injection from 102


# case: a property, harmless
def property_read():
    holder = Holder(request.args["a"])
    os.system(holder.harmless)


# case: a property
def property_read_flow():
    holder = Holder(request.args["a"])
    os.system(holder.command)  # expect: command-injection from 114


# case: a static method
def static_method():
    os.system(Holder.static(request.args["a"]))  # expect: command-injection from 120


# case: a class method that makes an object, harmless
def class_method():
    holder = Holder.make(request.args["a"])
    os.system(holder.other)


# case: a class method that makes an object
def class_method_flow():
    holder = Holder.make(request.args["a"])
    os.system(holder.value)  # expect: command-injection from 131


# case: str of an object
def text_of():
    os.system(str(Holder(request.args["a"])))  # expect: command-injection from 137


# case: a class attribute
def class_attribute():
    a = request.args["a"]
    os.system(Holder.kind)
    return a


# case: setattr and getattr with constant names, harmless
def by_name():
    holder = Holder("x")
    setattr(holder, "value", request.args["a"])
    os.system(getattr(holder, "other"))


# case: setattr and getattr with constant names
def by_name_flow():
    holder = Holder("x")
    setattr(holder, "value", request.args["a"])
    os.system(getattr(holder, "value"))  # expect: command-injection from 157


# case: a method is called through its name, harmless
def method_by_name():
    holder = Holder(request.args["a"])
    os.system(getattr(holder, "get_other")())


# case: a method is called through its name
def method_by_name_flow():
    holder = Holder(request.args["a"])
    os.system(getattr(holder, "get")())  # expect: command-injection from 169


# case: a bound method is kept
def bound_method():
    holder = Holder(request.args["a"])
    f = holder.get
    os.system(f())  # expect: command-injection from 175


class Child(Holder):
    def get_other(self):
        return self.value


class Polite(Holder):
    def __init__(self, value):
        super().__init__("fixed")
        self.given = value

    def get_twice(self):
        return super().get() * 2


# case: an inherited method
def inherited():
    os.system(Child(request.args["a"]).get())  # expect: command-injection from 196


# case: an overridden method
def overridden():
    os.system(Child(request.args["a"]).get_other())  # expect: command-injection from 201


# case: super passes a constant, harmless
def through_super():
    polite = Polite(request.args["a"])
    os.system(polite.get_twice())


# case: super passes a constant
def through_super_flow():
    polite = Polite(request.args["a"])
    os.system(polite.given)  # expect: command-injection from 212


@dataclass
class Job:
    name: str
    command: str = "true"


# case: a dataclass by field, harmless
def data_class():
    job = Job(name=request.args["a"], command="ls")
    os.system(job.command)


# case: a dataclass by field
def data_class_flow():
    job = Job(name=request.args["a"], command="ls")
    os.system(job.name)  # expect: command-injection from 230


# case: a dataclass by position, harmless
def data_class_position():
    job = Job("x", request.args["a"])
    os.system(job.name)


# case: a dataclass by position
def data_class_position_flow():
    job = Job("x", request.args["a"])
    os.system(job.command)  # expect: command-injection from 242


# case: a dataclass with its default
def data_class_default():
    job = Job(request.args["a"])
    os.system(job.command)


# case: replace makes a new object
def data_class_replaced():
    job = Job("x", request.args["a"])
    os.system(dataclasses.replace(job, command="true").name)


class Wrapper:
    def __init__(self, request):
        self.request = request

    def parameter(self, name):
        return self.request.args.get(name)

    def fixed(self, name):
        return "bar"


# case: a class that wraps the request
def wraps_request():
    wrapper = Wrapper(request)
    os.system(wrapper.parameter("a"))  # expect: command-injection from 263


# case: a class that wraps the request and returns a constant
def wraps_request_constant():
    wrapper = Wrapper(request)
    os.system(wrapper.fixed("a"))


# case: methods of one object, called in order
class Runner:
    def __init__(self):
        self.command = "true"
        self.seen = None

    def prepare(self):
        self.command = request.args["a"]

    def go(self):
        os.system(self.command)  # expect: command-injection from 288


class Careful:
    def __init__(self):
        self.command = "true"

    def note(self):
        self.seen = request.args["a"]

    def go(self):
        os.system(self.command)


def methods_in_order():
    runner = Runner()
    runner.prepare()
    runner.go()
    careful = Careful()
    careful.note()
    careful.go()


# case: a template method of the parent calls the child
class Base:
    def handle(self):
        os.system(self.name())  # expect: command-injection from 325

    def name(self):
        return "fixed"


class Derived(Base):
    def name(self):
        return request.args["a"]


def template_method():
    Derived().handle()
    Base().handle()


class Context:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *details):
        return False


# case: what a context manager gives
def context_manager():
    with Context(request.args["a"]) as value:
        os.system(value)  # expect: command-injection from 346


class Callable:
    def __init__(self, value):
        self.value = value

    def __call__(self, other):
        return self.value + other


# case: an object that is called
def called_object():
    os.system(Callable("ls ")(request.args["a"]))  # expect: command-injection from 360


class Box:
    def __init__(self):
        self.items = {}

    def __getitem__(self, key):
        return self.items[key]

    def __setitem__(self, key, value):
        self.items[key] = value


# case: an object with items of its own, harmless
def own_items():
    box = Box()
    box["a"] = request.args["a"]
    box["b"] = "fixed"
    os.system(box["b"])


# case: an object with items of its own
def own_items_flow():
    box = Box()
    box["a"] = request.args["a"]
    box["b"] = "fixed"
    os.system(box["a"])  # expect: command-injection from 385


# case: a factory chooses the class
def factory():
    thing = make_thing("b", request.args["a"])
    os.system(thing.get())  # expect: command-injection from 392


class Other:
    def __init__(self, value):
        self.value = value

    def get(self):
        return "fixed"


def make_thing(kind, value):
    if kind == "a":
        return Other(value)
    return Holder(value)


# case: a factory chooses the harmless class
def factory_harmless():
    thing = make_thing("a", request.args["a"])
    os.system(thing.get())


# case: a chain of methods
def fluent():
    os.system(Query().add("ls").add(request.args["a"]).build())  # expect: command-injection from 418


class Query:
    def __init__(self):
        self.parts = []

    def add(self, part):
        self.parts.append(part)
        return self

    def build(self):
        return " ".join(self.parts)


# case: a chain of methods with constants
def fluent_constants():
    a = request.args["a"]
    os.system(Query().add("ls").add("x").build())
    return a


# case: a class that is made as the library makes its own
import subprocess


class ShellJob(subprocess.Popen):
    def __init__(self, line):
        super().__init__(line, shell=True)  # expect: command-injection from 450


def start_job():
    return ShellJob(request.args["a"])


# case: the same with a constant line
class ShellListing(subprocess.Popen):
    def __init__(self, folder):
        super().__init__("ls -l", shell=True)
        self.folder = folder


def start_listing():
    return ShellListing(request.args["a"])


# case: an answer that is built on one that is no page
from django.http import HttpResponse, JsonResponse


class PlainAnswer(JsonResponse):
    pass


class NamedAnswer(JsonResponse):
    def __init__(self, data):
        super().__init__(data)


def answers_without_page():
    return PlainAnswer(request.args["a"]), NamedAnswer(request.args["b"])


# case: an answer that is built on a page
class NamedPage(HttpResponse):
    def __init__(self, text):
        super().__init__("<p>" + text)  # expect: xss-reflected from 488


def answers_with_page():
    return NamedPage(request.args["a"])
