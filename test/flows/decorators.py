import functools
import os
import shlex
from concurrent.futures import ThreadPoolExecutor, as_completed

from flask import request


def same(value):
    return value


def constant(value):
    return "fixed"


# case: a wrapper that cleans what goes in
def quoting(function):
    @functools.wraps(function)
    def wrapper(value):
        return function(shlex.quote(value))

    return wrapper


@quoting
def listing(value):
    return "ls " + value


def cleaned_before():
    os.system(listing(request.args["a"]))


# case: a wrapper that cleans what comes out
def quoted(function):
    def wrapper(*args, **kwargs):
        return shlex.quote(function(*args, **kwargs))

    return wrapper


@quoted
def name_of(value):
    return value.strip()


def cleaned_after():
    os.system("ls " + name_of(request.args["a"]))


# case: a wrapper that adds data of its own
def signed(function):
    def wrapper(value):
        return function(value) + request.args["b"]

    return wrapper


@signed
def fixed(value):
    return "fixed"


def added():
    os.system("ls " + fixed("x"))  # expect: command-injection from 55


# case: the function itself below the wrapper
def undecorated():
    os.system(listing.__wrapped__(request.args["a"]))  # expect: command-injection from 71


# case: a wrapper around a method
class Shop:
    @quoted
    def name(self, value):
        return value

    @staticmethod
    @quoted
    def title(value):
        return value

    @signed
    def label(self):
        return "fixed"


def method_cleaned():
    os.system("ls " + Shop().name(request.args["a"]))


# case: a wrapper around a static method
def static_cleaned():
    os.system("ls " + Shop.title(request.args["a"]))


# case: a wrapper around a method that adds data
def method_added():
    os.system("ls " + Shop().label())  # expect: command-injection from 55


# case: two wrappers, one of which cleans
def logged(function):
    def wrapper(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)

    return wrapper


@logged
@quoted
def twice(value):
    return value


def two_wrappers():
    os.system("ls " + twice(request.args["a"]))


# case: a sink behind two wrappers
@logged
@logged
def shown(value):
    os.system("ls " + value)  # expect: command-injection from 132


def two_wrappers_sink():
    shown("fixed")
    shown(request.args["a"])


# case: a registry gives the function back as it is
HANDLERS = {}


def registered(name):
    def decorate(function):
        HANDLERS[name] = function
        return function

    return decorate


@registered("show")
def handler(value):
    return value


def registry():
    os.system("ls " + handler(request.args["a"]))  # expect: command-injection from 153


# case: functions of one factory keep what they were made with, harmless
def appender(suffix):
    def append(value):
        return value + suffix

    return append


def factories():
    fixed_suffix = appender("fixed")
    given_suffix = appender(request.args["a"])
    os.system("ls " + fixed_suffix("x"))


# case: functions of one factory keep what they were made with
def factories_flow():
    fixed_suffix = appender("fixed")
    given_suffix = appender(request.args["a"])
    os.system("ls " + given_suffix("x"))  # expect: command-injection from 173


# case: a counter of its own for each closure
def collector():
    found = []

    def collect(value):
        found.append(value)
        return found

    return collect


def collected():
    mine = collector()
    mine(request.args["a"])
    os.system("ls " + mine("x")[0])  # expect: command-injection from 190


# case: results as they come
def completed():
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(same, a) for a in request.args.getlist("a")]
        for future in as_completed(futures):
            os.system("ls " + future.result())  # expect: command-injection from 197


# case: constant results as they come
def completed_constant():
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(constant, a) for a in request.args.getlist("a")]
        for future in as_completed(futures):
            os.system("ls " + future.result())


# case: a function that a pool runs with a keyword
def pooled_keyword():
    with ThreadPoolExecutor() as pool:
        os.system("ls " + pool.submit(same, value=request.args["a"]).result())  # expect: command-injection from 213
