import asyncio
import contextlib
import copy
import functools
import itertools
import json
import os
import shlex
import string
import sys
import tempfile
import threading

from flask import abort, request


# case: loops over constants that build
def loop_const():
    out = ""
    for part in ["a", "b", request.args["a"]]:
        out = part
    os.system("ls " + out)  # expect: command-injection from 20


# case: while true with break
def loop_break():
    a = request.args["a"]
    while True:
        if a.isalnum():
            break
        a = "x"
    os.system("ls " + a)


# case: for else
def loop_else():
    a = request.args["a"]
    for x in ALLOWED:
        if x == a:
            break
    else:
        abort(400)
    os.system("ls " + a)


# case: try else
def try_else():
    a = request.args["a"]
    try:
        n = int(a)
    except ValueError:
        n = 0
    os.system("ls " + str(n))


# case: try finally overwrites
def try_finally():
    a = request.args["a"]
    try:
        pass
    finally:
        a = "fixed"
    os.system("ls " + a)


# case: constant conditions, harmless
DEBUG = False


def const_cond():
    a = request.args["a"]
    if DEBUG:
        os.system("ls " + a)
    if not DEBUG:


# case: constant conditions
def const_cond_flow():
    a = request.args["a"]
    if DEBUG:
    if not DEBUG:
        os.system("ls " + a)  # expect: command-injection from 79


# case: unreachable
def unreachable():
    a = request.args["a"]
    return "x"
    os.system("ls " + a)


# case: sys.exit ends
def exits():
    a = request.args["a"]
    if not a.isalnum():
        sys.exit(1)
    os.system("ls " + a)


# case: tempfile
def temp():
    with tempfile.NamedTemporaryFile(mode="w") as f:
        f.write(request.args["a"])
        os.system("ls " + f.name)


# case: string formatting forms, harmless
def forms():
    a = request.args["a"]
    os.system("ls %(y)s" % {"x": a, "y": "fixed"})
    os.system("ls {0}{1}".format("x", "y", a))


# case: string formatting forms
def forms_flow():
    a = request.args["a"]
    os.system("ls {}".format(a))  # expect: command-injection from 116
    os.system("ls {x}".format(x=a))  # expect: command-injection from 116
    os.system("ls %(x)s" % {"x": a})  # expect: command-injection from 116
    os.system("".join(["ls ", a]))  # expect: command-injection from 116
    os.system("ls " * 2 + a)  # expect: command-injection from 116
    os.system(string.Template("ls $x").safe_substitute({"x": a}))  # expect: command-injection from 116
    os.system("ls " + a[0:10])  # expect: command-injection from 116
    os.system("ls " + a.upper().strip().split(",")[0])  # expect: command-injection from 116
    os.system("ls " + a.partition("=")[2])  # expect: command-injection from 116
    os.system(" ".join(map(str, ["ls", a])))  # expect: command-injection from 116
    os.system("ls " + str(a))  # expect: command-injection from 116
    os.system("ls " + repr(a))  # expect: command-injection from 116
    os.system(f"ls {a=}")  # expect: command-injection from 116
    os.system(f"ls {a if a else 'x'}")  # expect: command-injection from 116
    os.system("ls " + a.encode("utf-8").decode("ascii"))  # expect: command-injection from 116
    os.system(b"ls " + a.encode())  # expect: command-injection from 116
    os.system("ls " + a.translate({59: None}))  # expect: command-injection from 116
    os.system("ls " + "x".join([a, a]))  # expect: command-injection from 116
    os.system("ls " + a + "x" if a else "y")  # expect: command-injection from 116
    os.system("ls %s" % (a,))  # expect: command-injection from 116
    os.system("ls " + json.dumps(a))  # expect: command-injection from 116
    os.system("ls " + json.loads(json.dumps({"a": a, "b": "fixed"}))["a"])  # expect: command-injection from 116
    os.system("ls " + copy.copy(a))  # expect: command-injection from 116


# case: lambda table, harmless
def lambdas():
    f = {"a": lambda x: x, "b": lambda x: "fixed"}
    os.system(f["b"](request.args["a"]))
    os.system((lambda x: shlex.quote(x))(request.args["a"]))
    os.system("ls " + (lambda x: shlex.quote(x))(request.args["a"]))


# case: lambda table
def lambdas_flow():
    f = {"a": lambda x: x, "b": lambda x: "fixed"}
    os.system(f["a"](request.args["a"]))  # expect: command-injection from 153


# case: sorted with key, max with default
def sorts():
    xs = sorted(request.args.getlist("a"), key=len)
    os.system(xs[0])  # expect: command-injection from 158
    os.system(max(request.args.getlist("b"), default="x"))  # expect: command-injection from 160


# case: itertools
def its():
    for x in itertools.chain(["fixed"], [request.args["a"]]):
        os.system(x)  # expect: command-injection from 165
    for x in itertools.islice([request.args["a"], "b"], 1):
        os.system(x)  # expect: command-injection from 167
    for k, grp in itertools.groupby(request.args.getlist("a")):
        os.system(k)  # expect: command-injection from 169


# case: reduce
def red():
    os.system(functools.reduce(lambda x, y: x + y, ["a", request.args["a"]]))  # expect: command-injection from 175


# case: exec of thread
def worker(x, y):
    os.system(y)
    os.system(x)  # expect: command-injection from 185


def threads():
    t = threading.Thread(target=worker, args=(request.args["a"], "fixed"))
    t.start()


# case: async, harmless
async def aworker(x):
    return x


async def amain():
    os.system(await aworker("fixed"))


# case: async
async def amain_flow():
    os.system(await aworker(request.args["a"]))  # expect: command-injection from 200


# case: async gather and for, harmless
async def agen(x):
    yield x


async def amain2():
    a, b = await asyncio.gather(aworker("x"), aworker(request.args["a"]))
    os.system(a)
    async for y in agen(request.args["c"]):
    async with contextlib.AsyncExitStack() as stack:
        pass


# case: async gather and for
async def amain2_flow():
    a, b = await asyncio.gather(aworker("x"), aworker(request.args["a"]))
    os.system(b)  # expect: command-injection from 218
    async for y in agen(request.args["c"]):
        os.system(y)  # expect: command-injection from 220
    async with contextlib.AsyncExitStack() as stack:
        pass


# case: wait_for and create_task
async def amain3():
    a = await asyncio.wait_for(aworker(request.args["a"]), 3)
    os.system(a)  # expect: command-injection from 228
    t = asyncio.create_task(aworker(request.args["b"]))
    os.system(await t)  # expect: command-injection from 230
