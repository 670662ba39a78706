import os
from flask import request


def repeated(text, count):
    if count == 0:
        return text
    return repeated(text + "!", count - 1)


def dropped(text, count):
    if count == 0:
        return "done"
    return dropped(text, count - 1)


def turned(first, second, count):
    if count == 0:
        return first
    return turned(second, first, count - 1)


def counted_up(first, second, count):
    if count == 3:
        return first
    return counted_up(second, first, count + 1)


def halved(text, count):
    if count <= 1:
        return ["x"]
    return halved(text, count // 2) + halved(text, count // 2)


# case: a function that calls itself until nothing is left to count
def through():
    os.system(repeated(request.args["t"], 3))  # expect: command-injection from 37


# case: a function that calls itself and drops what it was given
def away():
    os.system("ls " + dropped(request.args["t"], 3))


# case: what goes in takes turns with something else, an odd number of times
def odd():
    os.system(turned(request.args["t"], "x", 1))


# case: what goes in takes turns with something else, an even number of times
def even():
    os.system(turned(request.args["t"], "x", 2))  # expect: command-injection from 52


# case: the same for the other one
def other_odd():
    os.system(turned("x", request.args["t"], 3))  # expect: command-injection from 57


# case: a number that nobody knows
def unknown(count):
    os.system(turned(request.args["t"], "x", count))  # expect: command-injection from 62


# case: a number that grows
def grown():
    os.system(counted_up(request.args["t"], "x", 1))  # expect: command-injection from 67


# case: two calls with half of the number
def in_halves():
    os.system("".join(halved(request.args["t"], 4)))


# case: more calls than are followed
def deep():
    os.system(turned(request.args["t"], "x", 40))  # expect: command-injection from 77


class Steps:
    def last(self, texts, count):
        if count == 1:
            return texts[0]
        return self.last(texts[1:], count - 1)


# case: a method that calls itself goes on to what the program wrote
def of_method():
    os.system(Steps().last([request.args["t"], "b", "c"], 3))


# case: a method that calls itself stops at what was sent
def of_method_sent():
    os.system(Steps().last(["a", request.args["t"], "c"], 2))  # expect: command-injection from 94


# case: a number that is a default
def by_default():
    def dropped_by_default(text, count=2):
        return "done" if count == 0 else dropped_by_default(text, count - 1)

    os.system("ls " + dropped_by_default(request.args["t"]))


# case: a sum of few numbers
def summed():
    def total(count):
        return 0 if count == 0 else count + total(count - 1)

    os.system("ls" if total(3) == 6 else request.args["t"])
