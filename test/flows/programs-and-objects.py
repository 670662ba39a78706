import asyncio
import dill
import hmac
import jinja2
import json
import jsonpickle
import logging
import pickle
import shlex
import subprocess
import torch
import yaml

from django.db import models
from flask import abort, request, current_app

log = logging.getLogger(__name__)


# case: Jinja environments
def e13():
    env = jinja2.Environment(autoescape=True)
    return env.from_string("<p>{{ a }}").render(a=request.args["a"])


def e14():
    env = jinja2.Environment(autoescape=True)
    return env.from_string("<p>" + request.args["a"]).render()  # expect: ssti from 28


# case: deserialisation
def g1():
    jsonpickle.decode(request.data)  # expect: unsafe-deserialization from 33
    dill.loads(request.data)  # expect: unsafe-deserialization from 34
    yaml.unsafe_load(request.data)  # expect: unsafe-deserialization from 35
    yaml.load(request.data, yaml.CSafeLoader)
    json.loads(request.data)


# case: a signed pickle
def g2():
    data, mac = request.data.split(b".")
    expected = hmac.new(b"key", data, "sha256").hexdigest()
    if not hmac.compare_digest(expected, mac.decode()):
        abort(400)
    return pickle.loads(data)


# case: models
def g3():
    torch.load(request.files["f"])  # expect: unsafe-deserialization from 51
    torch.load(request.files["g"], weights_only=True)


# case: log
def h1():
    log.info("user %s", request.args["a"])  # expect: log-injection from 57
    log.info("user " + request.args["c"].replace("\n", ""))
    log.info("user %s", int(request.args["d"]))


# case: asyncio programs
async def i1():
    await asyncio.create_subprocess_shell("ls " + request.args["a"])  # expect: command-injection from 64
    await asyncio.create_subprocess_exec("ls", request.args["b"])
    await asyncio.create_subprocess_exec(request.args["c"])  # expect: command-injection from 66
    await asyncio.create_subprocess_shell("ls " + shlex.quote(request.args["d"]))


# case: command in a list with shell, harmless
def i2():
    subprocess.run(f"ls {request.args['b']}".split())
    subprocess.check_output("cat " + str(int(request.args["c"])), shell=True)


# case: command in a list with shell
def i2_flow():
    subprocess.run(["ls " + request.args["a"]], shell=True)  # expect: command-injection from 78


# case: environment of the program
def i3():
    subprocess.run(["ls"], env={"A": request.args["a"]})
    subprocess.run(["cat"], input=request.args["a"].encode())


# case: code
def j1():
    compile(request.args["a"], "x", "exec")  # expect: code-injection from 89
    getattr(current_app, "x")
    eval("1 + 1", {"a": request.args["b"]})
    exec(open("/srv/x.py").read(), {"a": request.args["c"]})


def sign(data):
    return hmac.new(b"key", data, "sha256").hexdigest()


# case: a pickle that a function of the program has signed
def g2_signed():
    data, mac = request.data.split(b".")
    if not hmac.compare_digest(sign(data), mac.decode()):
        abort(400)
    return pickle.loads(data)


# case: a pickle beside what a function of the program has signed
def g2_beside():
    data, mac = request.data.split(b".")
    if not hmac.compare_digest(sign(mac), mac.decode()):
        abort(400)
    return pickle.loads(data)  # expect: unsafe-deserialization from 109
