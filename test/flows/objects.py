import contextlib
import dataclasses
import enum
import os
from abc import ABC, abstractmethod
from dataclasses import asdict, astuple, dataclass, field
from functools import cached_property, partialmethod

from flask import request


# case: a property with a setter
class Account:
    def __init__(self):
        self._name = "fixed"

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, value):
        self._name = value


def property_setter():
    account = Account()
    account.name = request.args["a"]
    os.system("ls " + account.name)  # expect: command-injection from 28


# case: a property that was never set
def property_unset():
    raw = request.args["a"]
    account = Account()
    os.system("ls " + account.name)
    return raw


# case: a property whose setter cleans
class Number:
    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = int(value)


def property_setter_cleans():
    number = Number()
    number.value = request.args["a"]
    os.system("ls " + str(number.value))


# case: a descriptor gives back what was stored
class Field:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value


class Record:
    title = Field()


def descriptor():
    record = Record()
    record.title = request.args["a"]
    os.system("ls " + record.title)  # expect: command-injection from 75


# case: a descriptor that gives a constant
class Constant:
    def __get__(self, instance, owner):
        return "fixed"


class Labelled:
    kind = Constant()


def descriptor_constant():
    labelled = Labelled()
    labelled.other = request.args["a"]
    os.system("ls " + labelled.kind)


# case: getattr for what is missing
class Proxy:
    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return self.inner[name]


def missing_attribute():
    proxy = Proxy({"a": request.args["a"], "b": "fixed"})
    os.system("ls " + proxy.a)  # expect: command-injection from 105


# case: getattr for another name
def missing_attribute_other():
    proxy = Proxy({"a": request.args["a"], "b": "fixed"})
    os.system("ls " + proxy.b)


# case: a cached property
class Report:
    def __init__(self, name):
        self.raw = name

    @cached_property
    def title(self):
        return self.raw.title()

    @cached_property
    def kind(self):
        return "report"


def cached():
    os.system("ls " + Report(request.args["a"]).title)  # expect: command-injection from 130


# case: another cached property
def cached_other():
    os.system("ls " + Report(request.args["a"]).kind)


# case: an abstract method is called on the concrete class
class Command(ABC):
    @abstractmethod
    def text(self, value): ...

    def run(self, value):
        os.system("ls " + self.text(value))  # expect: command-injection from 153


class Raw(Command):
    def text(self, value):
        return value


def abstract_method():
    Raw().run(request.args["a"])


# case: an abstract method that drops its argument
class Listing(ABC):
    @abstractmethod
    def text(self, value): ...

    def run(self, value):
        os.system("ls " + self.text(value))


class Fixed(Listing):
    def text(self, value):
        return "fixed"


def abstract_method_constant():
    Fixed().run(request.args["a"])


# case: the first of two parents has the method
class Echo:
    def show(self, value):
        return value


class Mute:
    def show(self, value):
        return "fixed"


class EchoFirst(Echo, Mute):
    pass


class MuteFirst(Mute, Echo):
    pass


def two_parents():
    os.system("ls " + EchoFirst().show(request.args["a"]))  # expect: command-injection from 194


# case: the first of two parents drops its argument
def two_parents_other():
    os.system("ls " + MuteFirst().show(request.args["a"]))


# case: super through two parents
class Base:
    def __init__(self, name):
        self.name = name


class Left(Base):
    def __init__(self, name):
        super().__init__(name)


class Both(Left):
    def __init__(self, name):
        super().__init__(name)
        self.kind = "fixed"


def super_chain():
    os.system("ls " + Both(request.args["a"]).name)  # expect: command-injection from 220


# case: another attribute after super
def super_chain_other():
    os.system("ls " + Both(request.args["a"]).kind)


# case: a parent is called by its name
class Named(Base):
    def __init__(self, name):
        Base.__init__(self, name)


def parent_by_name():
    os.system("ls " + Named(request.args["a"]).name)  # expect: command-injection from 235


# case: a class attribute that is set on the class
class Settings:
    mode = "fixed"


def class_attribute_set():
    Settings.mode = request.args["a"]
    os.system("ls " + Settings().mode)  # expect: command-injection from 244


# case: an instance attribute hides the class's
class Defaults:
    mode = "fixed"


def instance_hides_class():
    a = Defaults()
    a.mode = request.args["a"]
    os.system("ls " + Defaults().mode)


# case: a class method reads a class attribute
class Registry:
    prefix = "fixed"

    @classmethod
    def path(cls, value):
        return cls.prefix

    @classmethod
    def join(cls, value):
        return cls.prefix + value


def class_method_constant():
    os.system("ls " + Registry.path(request.args["a"]))


# case: a class method passes its argument on
def class_method_passes():
    os.system("ls " + Registry.join(request.args["a"]))  # expect: command-injection from 278


# case: plus of two objects
class Path:
    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Path(self.text + other.text)

    def __str__(self):
        return self.text


def special_add():
    both = Path("fixed") + Path(request.args["a"])
    os.system("ls " + str(both))  # expect: command-injection from 294


# case: plus of two constant objects
def special_add_constant():
    raw = Path(request.args["a"])
    both = Path("fixed") + Path("other")
    os.system("ls " + str(both))
    return raw


# case: an object in an f-string
def special_str():
    os.system(f"ls {Path(request.args['a'])}")  # expect: command-injection from 308


# case: the text of an object that hides it
class Secret:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return "***"


def special_str_hides():
    os.system(f"ls {Secret(request.args['a'])}")


# case: the text of an object that hides it, by format
def special_str_hides_format():
    os.system("ls {}".format(Secret(request.args["a"])))


# case: an object that is iterated
class Words:
    def __init__(self, words):
        self.words = words

    def __iter__(self):
        return iter(self.words)


def special_iter():
    for word in Words([request.args["a"]]):
        os.system("ls " + word)  # expect: command-injection from 339


# case: an object that iterates over constants
class Letters:
    def __init__(self, words):
        self.words = words

    def __iter__(self):
        yield "a"
        yield "b"


def special_iter_constant():
    for word in Letters([request.args["a"]]):
        os.system("ls " + word)


# case: an object with a length
class Sized:
    def __init__(self, text):
        self.text = text

    def __len__(self):
        return len(self.text)


def special_len():
    os.system("ls " + str(len(Sized(request.args["a"]))))


# case: an item that is set on an object
class Store:
    def __init__(self):
        self.data = {}

    def __setitem__(self, key, value):
        self.data[key] = value

    def __getitem__(self, key):
        return self.data[key]


def special_items():
    store = Store()
    store["a"] = request.args["a"]
    os.system("ls " + store["a"])  # expect: command-injection from 385


# case: another item that is set on an object
def special_items_other():
    store = Store()
    store["a"] = request.args["a"]
    store["b"] = "fixed"
    os.system("ls " + store["b"])


# case: a class that is a dict
class Bag(dict):
    pass


def dict_subclass():
    bag = Bag()
    bag["a"] = request.args["a"]
    os.system("ls " + bag["a"])  # expect: command-injection from 404


# case: a class that is a list
class Stack(list):
    def top(self):
        return self[-1]


def list_subclass():
    stack = Stack()
    stack.append(request.args["a"])
    os.system("ls " + stack.top())  # expect: command-injection from 416


# case: a class that is a text
class Name(str):
    pass


def text_subclass():
    os.system("ls " + Name(request.args["a"]))  # expect: command-injection from 426


# case: a context manager of the project
class Opened:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return "fixed"

    def __exit__(self, *details):
        return None


def enters_constant():
    with Opened(request.args["a"]) as value:
        os.system("ls " + value)


# case: a context manager made of a generator
@contextlib.contextmanager
def lent(value):
    yield value


def generator_context():
    with lent(request.args["a"]) as value:
        os.system("ls " + value)  # expect: command-injection from 453


# case: a context manager made of a generator of a constant
@contextlib.contextmanager
def lent_constant(value):
    yield "fixed"


def generator_context_constant():
    with lent_constant(request.args["a"]) as value:
        os.system("ls " + value)


# case: a stack of contexts
def exit_stack():
    with contextlib.ExitStack() as stack:
        value = stack.enter_context(lent(request.args["a"]))
        os.system("ls " + value)  # expect: command-injection from 471


# case: two items of one with statement, harmless
def two_items():
    with lent(request.args["a"]) as a, lent("fixed") as b:
        os.system("ls " + b)


# case: two items of one with statement
def two_items_flow():
    with lent(request.args["a"]) as a, lent("fixed") as b:
        os.system("ls " + a)  # expect: command-injection from 483


# case: a dataclass with a factory
@dataclass
class Job:
    name: str
    flags: list = field(default_factory=list)
    kind: str = "fixed"

    @property
    def line(self):
        return self.kind

    def __post_init__(self):
        self.copied = self.name


def dataclass_factory():
    job = Job("fixed")
    job.flags.append(request.args["a"])
    os.system("ls " + job.flags[0])  # expect: command-injection from 504


# case: a property of a dataclass
def dataclass_property():
    os.system("ls " + Job(request.args["a"]).line)


# case: what a dataclass sets after its fields
def dataclass_post_init():
    os.system("ls " + Job(request.args["a"]).copied)  # expect: command-injection from 515


# case: a dataclass as a dict
def dataclass_asdict():
    os.system("ls " + asdict(Job(request.args["a"]))["name"])  # expect: command-injection from 520


# case: a dataclass as a dict, another field
def dataclass_asdict_other():
    os.system("ls " + asdict(Job(request.args["a"]))["kind"])


# case: a dataclass as a tuple
def dataclass_astuple():
    os.system("ls " + astuple(Job(request.args["a"]))[0])  # expect: command-injection from 530


# case: a dataclass inherits fields
@dataclass
class BigJob(Job):
    size: int = 0


def dataclass_inherited():
    os.system("ls " + BigJob(request.args["a"]).name)  # expect: command-injection from 540


# case: a dataclass inherits fields, another one
def dataclass_inherited_other():
    os.system("ls " + BigJob(name="fixed", kind=request.args["a"]).name)


# case: the name of an enum member
class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


def enum_by_name():
    os.system("ls " + Colour[request.args["a"]].value)


# case: an enum member by its value
def enum_by_value():
    os.system("ls " + Colour(request.args["a"]).value)


# case: an enum member by its value, the raw text used
def enum_by_value_raw():
    a = request.args["a"]
    Colour(a)
    os.system("ls " + a)


# case: a method object in a dict of the class
class Dispatcher:
    def __init__(self):
        self.handlers = {"raw": self.raw, "safe": self.safe}

    def raw(self, value):
        return value

    def safe(self, value):
        return "fixed"


def dispatched():
    os.system("ls " + Dispatcher().handlers["raw"](request.args["a"]))  # expect: command-injection from 583


# case: another method object in a dict of the class
def dispatched_safe():
    os.system("ls " + Dispatcher().handlers["safe"](request.args["a"]))


# case: getattr with a default
def getattr_default():
    box = Box(request.args["a"])
    os.system("ls " + getattr(box, "missing", "fixed"))


class Box:
    def __init__(self, value):
        self.value = value
        self.other = "fixed"


# case: getattr of one of two names
def getattr_name():
    box = Box(request.args["a"])
    os.system("ls " + getattr(box, "value", "fixed"))  # expect: command-injection from 605


# case: setattr of another name
def setattr_other():
    box = Box("fixed")
    setattr(box, "other", request.args["a"])
    os.system("ls " + box.value)


# case: an attribute is deleted and set again
def attribute_replaced():
    box = Box(request.args["a"])
    box.value = "fixed"
    os.system("ls " + box.value)


# case: an attribute is added to
def attribute_augmented():
    box = Box("fixed")
    box.value += request.args["a"]
    os.system("ls " + box.value)  # expect: command-injection from 626


# case: two names of one object
def aliased_object():
    a = Box("fixed")
    b = a
    b.value = request.args["a"]
    os.system("ls " + a.value)  # expect: command-injection from 634


# case: an object in an object
def object_in_object():
    outer = Box(Box(request.args["a"]))
    os.system("ls " + outer.value.value)  # expect: command-injection from 640


# case: an object in an object, another attribute
def object_in_object_other():
    outer = Box(Box(request.args["a"]))
    os.system("ls " + outer.value.other)


# case: objects in a list
def objects_in_list():
    for box in [Box("fixed"), Box(request.args["a"])]:
        os.system("ls " + box.value)  # expect: command-injection from 652


# case: objects in a list, another attribute
def objects_in_list_other():
    for box in [Box("fixed"), Box(request.args["a"])]:
        os.system("ls " + box.other)


# case: an object that a function fills
def fill(box, value):
    box.value = value


def filled():
    box = Box("fixed")
    fill(box, request.args["a"])
    os.system("ls " + box.value)  # expect: command-injection from 669


# case: an object that a function fills with a constant
def filled_constant():
    box = Box(request.args["a"])
    fill(box, "fixed")
    os.system("ls " + box.value)


# case: a method gives self back
class Chain:
    def __init__(self):
        self.text = ""

    def add(self, value):
        self.text += value
        return self

    def reset(self):
        self.text = ""
        return self


def chained():
    os.system("ls " + Chain().add("x").add(request.args["a"]).text)  # expect: command-injection from 695


# case: a method of the chain forgets what was there
def chained_reset():
    os.system("ls " + Chain().add(request.args["a"]).reset().add("x").text)


# case: a nested class
class Outer:
    class Inner:
        def __init__(self, value):
            self.value = value


def nested_class():
    os.system("ls " + Outer.Inner(request.args["a"]).value)  # expect: command-injection from 711


# case: a class that is kept in a variable
def class_in_variable():
    made = Box
    os.system("ls " + made(request.args["a"]).other)


# case: a class made by a function, harmless
def make_class(value):
    class Made:
        text = value

    return Made


def class_by_function():
    os.system("ls " + make_class("fixed").text)


# case: a class made by a function
def class_by_function_flow():
    os.system("ls " + make_class(request.args["a"]).text)  # expect: command-injection from 734


# case: __new__ gives a constant object
class Single:
    def __new__(cls, value):
        self = super().__new__(cls)
        self.value = value
        return self


def special_new():
    os.system("ls " + Single(request.args["a"]).value)  # expect: command-injection from 746


# case: a method with a preset argument
class Cell:
    def set(self, value):
        self.value = value

    clear = partialmethod(set, "fixed")


def partial_method():
    cell = Cell()
    cell.set(request.args["a"])
    cell.clear()
    os.system("ls " + cell.value)


# case: dataclasses.replace by module
def replaced_field():
    job = dataclasses.replace(Job(request.args["a"]), name="fixed")
    os.system("ls " + job.name)
