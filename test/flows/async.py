import asyncio
import contextlib
import os
from functools import partial

from flask import request


async def same(value):
    return value


async def constant(value):
    return "fixed"


# case: an asynchronous generator
async def stream(values):
    for value in values:
        yield value


async def streamed():
    async for a in stream(request.args.getlist("a")):
        os.system("ls " + a)  # expect: command-injection from 24


# case: an asynchronous generator of constants
async def stream_constant(values):
    for value in values:
        yield "fixed"


async def streamed_constant():
    async for a in stream_constant(request.args.getlist("a")):
        os.system("ls " + a)


# case: an asynchronous comprehension
async def comprehension():
    found = [a async for a in stream(request.args.getlist("a"))]
    os.system("ls " + found[0])  # expect: command-injection from 41


# case: an asynchronous comprehension of constants
async def comprehension_constant():
    found = [a async for a in stream_constant(request.args.getlist("a"))]
    os.system("ls " + found[0])


# case: an asynchronous context
class Session:
    def __init__(self, value):
        self.value = value

    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return None

    async def read(self):
        return self.value

    async def kind(self):
        return "fixed"


async def context():
    async with Session(request.args["a"]) as session:
        os.system("ls " + await session.read())  # expect: command-injection from 70


# case: another method of an asynchronous context
async def context_other():
    async with Session(request.args["a"]) as session:
        os.system("ls " + await session.kind())


# case: an asynchronous context made of a generator
@contextlib.asynccontextmanager
async def lent(value):
    yield value


async def generator_context():
    async with lent(request.args["a"]) as value:
        os.system("ls " + value)  # expect: command-injection from 87


# case: a task is awaited
async def task():
    made = asyncio.create_task(same(request.args["a"]))
    os.system("ls " + await made)  # expect: command-injection from 93


# case: a task of a constant is awaited
async def task_constant():
    made = asyncio.create_task(constant(request.args["a"]))
    os.system("ls " + await made)


# case: gathered results by place
async def gathered():
    first, second = await asyncio.gather(constant("x"), same(request.args["a"]))
    os.system("ls " + second)  # expect: command-injection from 105


# case: gathered results, the other place
async def gathered_other():
    first, second = await asyncio.gather(constant("x"), same(request.args["a"]))
    os.system("ls " + first)


# case: a coroutine with a time limit
async def limited():
    os.system("ls " + await asyncio.wait_for(same(request.args["a"]), 3))  # expect: command-injection from 117


# case: a function in a thread
def blocking(value):
    return value


async def in_thread():
    os.system("ls " + await asyncio.to_thread(blocking, request.args["a"]))  # expect: command-injection from 126


# case: a constant function in a thread
def blocking_constant(value):
    return "fixed"


async def in_thread_constant():
    os.system("ls " + await asyncio.to_thread(blocking_constant, request.args["a"]))


# case: an asynchronous queue
async def queued():
    queue = asyncio.Queue()
    await queue.put(request.args["a"])
    os.system("ls " + await queue.get())  # expect: command-injection from 141


# case: an asynchronous queue of constants
async def queued_constant():
    queue = asyncio.Queue()
    await queue.put("fixed")
    raw = request.args["a"]
    os.system("ls " + await queue.get())
    return raw


# case: a generator that receives values
def receiver():
    value = yield "ready"
    while True:
        os.system("ls " + value)  # expect: command-injection from 165
        value = yield "again"


def sent():
    machine = receiver()
    next(machine)
    machine.send(request.args["a"])


# case: a generator that returns a value
def returning():
    yield "x"
    return request.args["a"]


def delegating():
    found = yield from returning()
    os.system("ls " + found)  # expect: command-injection from 171


# case: a generator that delegates to constants
def yielding_constants():
    yield from ["x", "y"]


def over_constants():
    raw = request.args["a"]
    for a in yielding_constants():
        os.system("ls " + a)
    return raw


# case: a generator expression passed to a function
def first(values):
    for value in values:
        return value


def generator_argument():
    os.system("ls " + first(a for a in request.args.getlist("a")))  # expect: command-injection from 198


# case: a generator is read by next
def generate(value):
    yield value
    yield "fixed"


def generator_next():
    os.system("ls " + next(generate(request.args["a"])))  # expect: command-injection from 208


# case: a generator as a list
def generator_list():
    os.system("ls " + " ".join(generate(request.args["a"])))  # expect: command-injection from 213


# case: a callback with the result
def with_result(value, callback):
    return callback(value)


def callback():
    os.system("ls " + with_result(request.args["a"], lambda value: value))  # expect: command-injection from 222


# case: a callback that drops the result
def callback_constant():
    os.system("ls " + with_result(request.args["a"], lambda value: "fixed"))


# case: a callback that is called inside
def each(values, callback):
    for value in values:
        callback(value)  # expect: command-injection from 242


def callback_sink():
    each(request.args.getlist("a"), lambda value: os.system("ls " + value))  # expect: command-injection from 237


# case: a callback that is a library's function
def callback_library():
    each(["ls " + request.args["a"]], os.system)


# case: partial of a sink
def partial_sink():
    run = partial(os.system, "ls " + request.args["a"])
    run()  # expect: command-injection from 247


# case: a composed function
def compose(outer, inner):
    return lambda value: outer(inner(value))


def composed():
    run = compose(lambda value: value + "!", lambda value: value.strip())
    os.system("ls " + run(request.args["a"]))  # expect: command-injection from 258


# case: a composed function that drops its argument
def composed_constant():
    run = compose(lambda value: "fixed", lambda value: value.strip())
    os.system("ls " + run(request.args["a"]))


# case: a counter kept in a closure
def keeper():
    kept = []

    def add(value):
        kept.append(value)
        return kept

    return add


def closure_state():
    add = keeper()
    add(request.args["a"])
    os.system("ls " + add("fixed")[0])  # expect: command-injection from 280


# case: two closures keep their own state
def closure_states():
    one = keeper()
    two = keeper()
    one(request.args["a"])
    os.system("ls " + two("fixed")[0])


# case: a decorator with arguments
def prefixed(prefix):
    def decorate(function):
        def wrapper(value):
            return prefix + function(value)

        return wrapper

    return decorate


@prefixed("x")
def shown(value):
    return value


def decorator_arguments():
    os.system("ls " + shown(request.args["a"]))  # expect: command-injection from 309


# case: a decorator that replaces the argument
def replacing(function):
    def wrapper(value):
        return function("fixed")

    return wrapper


@replacing
def replaced(value):
    return value


def decorator_replaces():
    os.system("ls " + replaced(request.args["a"]))


# case: recursion over a tree
def flatten(node):
    if isinstance(node, list):
        return " ".join(flatten(child) for child in node)
    return node


def recursive():
    os.system("ls " + flatten(["x", [request.args["a"]]]))  # expect: command-injection from 337


# case: recursion that counts down
def countdown(value, n):
    if n == 0:
        return "fixed"
    return countdown(value, n - 1)


def recursive_constant():
    os.system("ls " + countdown(request.args["a"], 3))


# case: keyword-only arguments
def only_keywords(*, value, other="fixed"):
    return other


def keyword_only():
    os.system("ls " + only_keywords(value=request.args["a"]))


# case: positional-only arguments
def only_positions(value, other, /):
    return value


def positional_only():
    os.system("ls " + only_positions(request.args["a"], "fixed"))  # expect: command-injection from 366


# case: star arguments are passed on
def outer(*args, **kwargs):
    return inner(*args, **kwargs)


def inner(value, other="fixed"):
    return other


def passed_on():
    os.system("ls " + outer(request.args["a"]))


# case: star arguments are passed on by name
def passed_on_name():
    os.system("ls " + outer("x", other=request.args["a"]))  # expect: command-injection from 384


# case: one of the star arguments
def second(*args):
    return args[1]


def star_place():
    os.system("ls " + second(request.args["a"], "fixed"))


# case: a default that a caller gives, harmless
def with_default(value="fixed"):
    return value


def default_given():
    os.system("ls " + with_default())


# case: a default that a caller gives
def default_given_flow():
    os.system("ls " + with_default(request.args["a"]))  # expect: command-injection from 407


# case: a function that is called in two places, harmless
def shared(value):
    return value + "!"


def two_places():
    os.system("ls " + shared("fixed"))


# case: a function that is called in two places
def two_places_flow():
    os.system("ls " + shared(request.args["a"]))  # expect: command-injection from 421


# case: a function that returns one of two
def either(flag, value):
    if flag:
        return value
    return "fixed"


def flag_true():
    os.system("ls " + either(True, request.args["a"]))  # expect: command-injection from 432


# case: a function that returns the other of two
def flag_false():
    os.system("ls " + either(False, request.args["a"]))


# case: a tuple of results, by place
def split(value):
    return "fixed", value


def result_place():
    first, second = split(request.args["a"])
    os.system("ls " + first)


# case: a dict of results, by key, harmless
def described(value):
    return {"raw": value, "safe": "fixed"}


def result_key():
    os.system("ls " + described(request.args["a"])["safe"])


# case: a dict of results, by key
def result_key_flow():
    os.system("ls " + described(request.args["a"])["raw"])  # expect: command-injection from 461

