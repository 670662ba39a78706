import asyncio
import os
import shlex

from flask import request

# case: what is sent into a generator comes out of it
def echoing():
    got = yield
    while True:
        got = yield got


def sends_value():
    machine = echoing()
    next(machine)
    os.system("ls " + machine.send(request.args["a"]))  # expect: command-injection from 17


# case: a constant that is sent into a generator comes out of it
def sends_constant():
    machine = echoing()
    next(machine)
    machine.send(request.args["a"])
    os.system("ls " + machine.send("fixed"))


# case: a generator quotes what it is sent
def quoting():
    got = yield
    while True:
        got = yield shlex.quote(got)


def sends_quoted():
    machine = quoting()
    next(machine)
    os.system("ls " + machine.send(request.args["a"]))


# case: a generator runs what it is sent
def running():
    while True:
        os.system("ls " + (yield))  # expect: command-injection from 50


def sends_to_sink():
    machine = running()
    next(machine)
    machine.send(request.args["a"])


# case: a generator ignores what it is sent
def counting():
    count = 0
    while True:
        yield count
        count += 1


def sends_ignored():
    machine = counting()
    next(machine)
    os.system(f"ls {machine.send(request.args['a'])}")


# case: the result of a generator that is delegated to
def parts():
    yield "a"
    yield request.args["a"]
    return "fixed"


def delegates():
    result = yield from parts()
    os.system("ls " + result)


# case: the result of a generator is the value
def value_at_end():
    yield "a"
    return request.args["a"]


def delegates_to_value():
    result = yield from value_at_end()
    os.system("ls " + result)  # expect: command-injection from 82


# case: a generator that never ends and yields constants
def endless():
    while True:
        yield "fixed"


def takes_endless():
    raw = request.args["a"]
    os.system("ls " + next(endless()))
    return len(raw)


# case: an object that is called and quotes
class Quoter:
    def __init__(self, program):
        self.program = program

    def __call__(self, value, *, option="-l"):
        return f"{self.program} {option} {shlex.quote(value)}"


def calls_quoter():
    quote = Quoter("ls")
    os.system(quote(request.args["a"]))


# case: an object that is called with an option
def calls_quoter_with_option():
    quote = Quoter("ls")
    os.system(quote("fixed", option=request.args["a"]))  # expect: command-injection from 119


# case: an object that is called for each element
def maps_quoter():
    os.system(" && ".join(map(Quoter("ls"), request.args.getlist("a"))))


# case: an object that is called and drops its argument
class Fixed:
    def __call__(self, value):
        return "fixed"


def calls_fixed():
    os.system("ls " + Fixed()(request.args["a"]))
