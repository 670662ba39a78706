import enum
import functools
import os

from flask import request


class Line:
    def __init__(self):
        self.parts = []

    def __lshift__(self, part):
        self.parts.append(part)
        return self

    def __str__(self):
        return " ".join(self.parts)


class Pair:
    def __init__(self, first, second):
        self.first, self.second = first, second

    def __invert__(self):
        return Pair(self.second, self.first)


class Step:
    def __init__(self, run):
        self.run = run

    def __ror__(self, given):
        return self.run(given)


class Total:
    def __init__(self, text):
        self.text = text

    def __imatmul__(self, other):
        self.text = self.text + other
        return self


@functools.total_ordering
class Version:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number == other.number

    def __lt__(self, other):
        return self.number < other.number


class Named:
    def __init__(self, name):
        object.__setattr__(self, "kept", {"name": name, "kind": "plain"})

    def __setattr__(self, key, value):
        self.__dict__["kept"][key] = value

    def read(self, key):
        return self.__dict__["kept"].get(key, "")


# case: what a class does with an operator that shifts
def shifted():
    line = Line()
    line << "ls" << request.args["name"]
    os.system(str(line))  # expect: command-injection from 71


# case: another object of that class was given the name
def shifted_elsewhere():
    line = Line()
    seen = Line()
    line << "ls" << "-l"
    seen << request.args["name"]
    os.system(str(line))


# case: an operator with one side changes the two parts about
def inverted():
    os.system((~Pair(request.args["name"], "ls")).second)  # expect: command-injection from 86


# case: an operator with one side changes the two parts about, harmless
def inverted_harmless():
    os.system((~Pair(request.args["name"], "ls")).first)


# case: the right side of an operator is a step
def piped():
    name = request.args["name"]
    os.system(name | Step(lambda text: text.strip()))  # expect: command-injection from 96


# case: the right side of an operator is a step, harmless
def piped_harmless():
    name = request.args["name"]
    os.system(name | Step(lambda text: text.strip()) | Step(lambda text: "ls"))


# case: an operator in place
def in_place():
    total = Total("ls ")
    total @= request.args["name"]
    os.system(total.text)  # expect: command-injection from 109
    other = Total("ls ")
    other @= "-l"


# case: an operator in place, harmless
def in_place_harmless():
    total = Total("ls ")
    total @= request.args["name"]
    other = Total("ls ")
    other @= "-l"
    os.system(other.text)


# case: what functools says of objects that are in an order
def ordered():
    name = request.args["name"]
    os.system(name if Version(2) >= Version(1) else "ls")  # expect: command-injection from 126


# case: what functools says of objects that are in an order, harmless
def ordered_harmless():
    name = request.args["name"]
    os.system(name if Version(2) <= Version(1) else "ls")
    os.system(name if Version(1) != Version(1) else "ls")


# case: a class that keeps its attributes in a dict
def kept_in_dict():
    named = Named("x")
    named.first = "ls"
    named.second = request.args["name"]
    os.system(named.read("second"))  # expect: command-injection from 141


# case: a class that keeps its attributes in a dict, harmless
def kept_in_dict_harmless():
    named = Named("x")
    named.first = "ls"
    named.second = request.args["name"]
    os.system(named.read("first"))


class Loud(enum.Enum):
    SHOUT = "!"
    CALM = "."

    def ending(self, text):
        return text + self.value

    def mark(self, text):
        return self.value * 3


# case: a method of a member of an enumeration
def member_method():
    os.system(Loud.SHOUT.ending(request.args["name"]))  # expect: command-injection from 166


# case: a method of a member that leaves out what it is given
def member_method_harmless():
    os.system("echo " + Loud.SHOUT.mark(request.args["name"]))
