import asyncio
import functools
import os
from functools import partial

from flask import request


def same(value):
    return value


def constant(value):
    return "fixed"


def first(a, b):
    return a


def default(value="fixed"):
    return value


# case: a helper returns what it was given
def returned():
    os.system(same(request.args["a"]))  # expect: command-injection from 27


# case: a helper returns a constant
def returned_constant():
    os.system(constant(request.args["a"]))


# case: a helper runs what it was given
def run(command):
    os.system(command)  # expect: command-injection from 41


def passed_to_sink():
    run(request.args["a"])


# case: the same helper with a constant
def passed_constant():
    a = request.args["a"]
    run("fixed")
    return a


# case: the first of two arguments
def first_argument():
    os.system(first(request.args["a"], "x"))  # expect: command-injection from 53


# case: the other of two arguments
def other_argument():
    os.system(first("x", request.args["a"]))


# case: arguments by keyword, in another order, harmless
def by_keyword():
    os.system(first(b=request.args["a"], a="x"))


# case: arguments by keyword, in another order
def by_keyword_flow():
    os.system(first(b="x", a=request.args["a"]))  # expect: command-injection from 68


# case: a default value, harmless
def default_value():
    a = request.args["a"]
    os.system(default())


# case: a default value
def default_value_flow():
    a = request.args["a"]
    os.system(default(a))  # expect: command-injection from 79


def joined(*parts):
    return " ".join(parts)


def options(**given):
    return given["a"]


# case: star arguments
def star_arguments():
    os.system(joined("ls", request.args["a"]))  # expect: command-injection from 93


# case: star arguments, all constant
def star_constants():
    a = request.args["a"]
    os.system(joined("ls", "x"))
    return a


# case: keyword arguments by key, harmless
def keyword_arguments():
    os.system(options(a="fixed", b=request.args["a"]))


# case: keyword arguments by key
def keyword_arguments_flow():
    os.system(options(a=request.args["a"], b="fixed"))  # expect: command-injection from 110


# case: a list is spread over the parameters
def spread():
    pair = [request.args["a"], "fixed"]
    os.system(first(*pair))  # expect: command-injection from 115


# case: a list is spread, the other parameter
def spread_other():
    pair = ["fixed", request.args["a"]]
    os.system(first(*pair))


# case: a dict is spread over the parameters
def spread_dict():
    given = {"a": request.args["a"], "b": "fixed"}
    os.system(first(**given))  # expect: command-injection from 127


# case: a lambda
def with_lambda():
    f = lambda value: "ls " + value
    os.system(f(request.args["a"]))  # expect: command-injection from 134


# case: a lambda that drops its argument
def with_constant_lambda():
    f = lambda value: "ls"
    os.system(f(request.args["a"]))


# case: a closure reads the outer variable
def closure():
    a = request.args["a"]

    def inner():
        return "ls " + a

    os.system(inner())  # expect: command-injection from 145


# case: a closure over a constant
def closure_constant():
    a = request.args["a"]
    b = "fixed"

    def inner():
        return "ls " + b

    os.system(inner())
    return a


def maker(prefix):
    def made(value):
        return prefix + value

    return made


# case: a function that makes a function
def made():
    os.system(maker("ls ")(request.args["a"]))  # expect: command-injection from 174


# case: the made function keeps the tainted value
def made_tainted():
    os.system(maker(request.args["a"])("x"))  # expect: command-injection from 179


# case: partial
def with_partial():
    f = partial(first, request.args["a"])
    os.system(f("x"))  # expect: command-injection from 184


# case: partial with a constant
def with_partial_constant():
    f = partial(first, "fixed")
    os.system(f(request.args["a"]))


# case: map
def mapped():
    os.system(" ".join(map(same, request.args.getlist("a"))))  # expect: command-injection from 196


# case: map to constants
def mapped_constant():
    os.system(" ".join(map(constant, request.args.getlist("a"))))


# case: map to numbers
def mapped_numbers():
    os.system(" ".join(map(str, map(int, request.args.getlist("a")))))


# case: filter
def filtered():
    os.system(" ".join(filter(None, request.args.getlist("a"))))  # expect: command-injection from 211


# case: sorted with a key
def sorted_by_key():
    os.system(" ".join(sorted(request.args.getlist("a"), key=len)))  # expect: command-injection from 216


# case: reduce
def reduced():
    os.system(functools.reduce(lambda x, y: x + y, request.args.getlist("a")))  # expect: command-injection from 221


def countdown(n, value):
    if n == 0:
        return value
    return countdown(n - 1, value)


def count_only(n, value):
    if n == 0:
        return "fixed"
    return count_only(n - 1, "other")


# case: recursion that gives it back
def recursive():
    os.system(countdown(3, request.args["a"]))  # expect: command-injection from 238


# case: two functions that call each other
def mutual():
    os.system(even(4, request.args["a"]))  # expect: command-injection from 243


def even(n, value):
    return value if n == 0 else odd(n - 1, value)


def odd(n, value):
    return value if n == 0 else even(n - 1, value)


def numbers(value):
    yield "x"
    yield value


def constants(value):
    yield "x"
    yield "y"


# case: a generator
def generated():
    for one in numbers(request.args["a"]):
        os.system(one)  # expect: command-injection from 266


# case: a generator of constants
def generated_constants():
    for one in constants(request.args["a"]):
        os.system(one)


def delegated_inner(value):
    yield from numbers(value)


# case: yield from
def delegated():
    for one in delegated_inner(request.args["a"]):
        os.system(one)  # expect: command-injection from 282


async def later(value):
    await asyncio.sleep(0)
    return value


# case: await
async def awaited():
    os.system(await later(request.args["a"]))  # expect: command-injection from 293


async def later_constant(value):
    return "fixed"


# case: await of a constant
async def awaited_constant():
    os.system(await later_constant(request.args["a"]))


# case: gather
async def gathered():
    a, b = await asyncio.gather(later(request.args["a"]), later("x"))
    os.system(a)  # expect: command-injection from 307
    return b


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)

    return wrapper


@traced
def decorated(value):
    return "ls " + value


@traced
def decorated_constant(value):
    return "ls"


# case: a decorated function
def through_decorator():
    os.system(decorated(request.args["a"]))  # expect: command-injection from 333


# case: a decorated function that drops its argument
def through_decorator_constant():
    os.system(decorated_constant(request.args["a"]))


@functools.lru_cache(maxsize=None)
def cached(value):
    return "ls " + value


# case: a cached function
def through_cache():
    os.system(cached(request.args["a"]))  # expect: command-injection from 348


# case: a function in a dict, harmless
def dispatched():
    actions = {"same": same, "constant": constant}
    os.system(actions["constant"](request.args["a"]))


# case: a function in a dict
def dispatched_flow():
    actions = {"same": same, "constant": constant}
    os.system(actions["same"](request.args["a"]))  # expect: command-injection from 360


# case: a function chosen at run time
def chosen():
    f = same if request.args.get("b") else constant
    os.system(f(request.args["a"]))  # expect: command-injection from 366


# case: a function passed to a function
def passed_function():
    os.system(apply(same, request.args["a"]))  # expect: command-injection from 371


# case: a constant function passed to a function
def passed_constant_function():
    os.system(apply(constant, request.args["a"]))


def apply(function, value):
    return function(value)


def several(value):
    return value, "fixed"


# case: several values are returned, harmless
def several_returned():
    a, b = several(request.args["a"])
    os.system(b)


# case: several values are returned
def several_returned_flow():
    a, b = several(request.args["a"])
    os.system(a)  # expect: command-injection from 395


def cleaned(value):
    return "".join(c for c in value if c.isalnum())


# case: a helper that keeps letters and digits only
def through_cleaner():
    os.system("ls " + cleaned(request.args["a"]))


def fetch():
    return request.args["a"]


# case: a helper that reads the request
def fetched():
    os.system(fetch())  # expect: command-injection from 409


def unused():
    return request.args["a"]


# case: a helper that reads the request, its result dropped
def fetched_unused():
    unused()
    os.system("ls")


def deep_one(value):
    return deep_two(value)


def deep_two(value):
    return deep_three(value)


def deep_three(value):
    return "ls " + value


# case: three helpers deep
def deep():
    os.system(deep_one(request.args["a"]))  # expect: command-injection from 441


def either(value, flag):
    if flag:
        return "fixed"
    return value


# case: the constant flag decides in the helper
def flag_constant():
    os.system(either(request.args["a"], True))


# case: the other constant flag
def flag_other():
    os.system(either(request.args["a"], False))  # expect: command-injection from 457


# case: an unknown function may pass it on
def unknown_function():
    from elsewhere import change

    os.system(change(request.args["a"]))  # expect: command-injection from 464


# case: an unknown question tells nothing
def unknown_question():
    from elsewhere import is_known

    os.system("ls " + str(is_known(request.args["a"])))
