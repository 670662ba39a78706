import asyncio
import code
import importlib
import io
import json
import logging
import os
import pickle
import shelve
import subprocess
import urllib.request
from pathlib import Path

import aiohttp
import docker
import dill
import httpx
import invoke
import jinja2
import joblib
import mako.template
import numpy
import pexpect
import requests
import sh
import structlog
import torch
import urllib3
import yaml
from django.template import Template
from flask import request, session
from lxml import etree


# case: os: a program that is replaced or started
def os_programs():
    os.execlp(request.args["a"], "x")  # expect: command-injection from 37
    os.spawnlp(os.P_WAIT, request.args["a"], "x")  # expect: command-injection from 38
    os.execv("/bin/sh", ["sh", "-c", request.args["a"]])  # expect: command-injection from 39
    os.spawnl(os.P_WAIT, "/bin/bash", "bash", "-c", request.args["a"])  # expect: command-injection from 40
    os.posix_spawn("/bin/sh", ["sh", "-c", "ls " + request.args["a"]], os.environ)  # expect: command-injection from 41


# case: asyncio: a shell
async def asyncio_shell():
    await asyncio.create_subprocess_shell("ls " + request.args["a"])  # expect: command-injection from 46
    loop = asyncio.get_running_loop()
    await loop.subprocess_shell(asyncio.SubprocessProtocol, request.args["a"])  # expect: command-injection from 48


# case: asyncio: a program that is a shell
async def asyncio_program():
    await asyncio.create_subprocess_exec("bash", "-c", request.args["a"])  # expect: command-injection from 53
    await asyncio.create_subprocess_exec(request.args["a"], "-l")  # expect: command-injection from 54


# case: libraries that run programs
def libraries():
    invoke.run("ls " + request.args["a"])  # expect: command-injection from 59
    pexpect.spawn("ls " + request.args["a"])  # expect: command-injection from 60
    docker.from_env().containers.run("alpine", "ls " + request.args["a"])  # expect: command-injection from 61


# case: code of the sender
def codes():
    code.InteractiveInterpreter().runsource(request.args["a"])  # expect: code-injection from 66
    etree.XSLT(request.args["a"])  # expect: code-injection from 67


# case: objects of the sender
def objects():
    pickle.loads(request.data)  # expect: unsafe-deserialization from 72
    dill.loads(request.data)  # expect: unsafe-deserialization from 73
    joblib.load(io.BytesIO(request.data))  # expect: unsafe-deserialization from 74
    yaml.load(request.data, Loader=yaml.Loader)  # expect: unsafe-deserialization from 75
    numpy.load(io.BytesIO(request.data), allow_pickle=True)  # expect: unsafe-deserialization from 76


# case: data of the sender
def data():
    json.loads(request.data)
    yaml.safe_load(request.data)
    yaml.load(request.data, Loader=yaml.SafeLoader)
    numpy.load(io.BytesIO(request.data))


# case: templates of the sender
def templates():
    jinja2.Template(request.args["a"])  # expect: ssti from 89
    jinja2.Environment().from_string(request.args["a"])  # expect: ssti from 90
    mako.template.Template(request.args["a"])  # expect: ssti from 91
    Template(request.args["a"])  # expect: ssti from 92


# case: a template that is filled with the sender's data
def filled():
    jinja2.Environment(autoescape=True).get_template("a.html").render(a=request.args["a"])


# case: addresses of the sender
async def addresses():
    requests.get(request.args["a"])  # expect: ssrf from 102
    requests.Session().request("GET", request.args["a"])  # expect: ssrf from 103
    httpx.stream("GET", request.args["a"])  # expect: ssrf from 104
    urllib.request.urlopen(request.args["a"])  # expect: ssrf from 105
    urllib3.PoolManager().request("GET", request.args["a"])  # expect: ssrf from 106
    async with aiohttp.ClientSession() as client:
        await client.get(request.args["a"])  # expect: ssrf from 108
    async with httpx.AsyncClient() as client:
        await client.get(request.args["a"])  # expect: ssrf from 110


# case: a part of an address with a constant host
async def parts():
    requests.get("https://api.example.org/items/" + request.args["a"])
    requests.get("https://api.example.org/items", params={"a": request.args["a"]})
    async with httpx.AsyncClient() as client:
        await client.get(f"https://api.example.org/items/{request.args['a']}")


# case: files of the sender's choice
def files():
    Path("/srv", request.args["a"]).read_text()  # expect: path-traversal from 123
    os.remove("/srv/" + request.args["a"])  # expect: path-traversal from 124


# case: what another service answers, run as a command
def second_hand():
    os.system(requests.get("https://api.example.org/").text)  # expect: command-injection from 129


# case: lines of the sender in a log
def logs():
    logging.getLogger(__name__).info("login of %s", request.args["a"])  # expect: log-injection from 134
    structlog.get_logger().info("login", name=request.args["a"])  # expect: log-injection from 135


# case: text without line breaks in a log
def logged():
    logging.getLogger(__name__).info("login of %s", request.args["a"].replace("\n", "").replace("\r", ""))


# case: a role of the sender's choice in the session
def sessions():
    session["role"] = request.args["role"]  # expect: trust-boundary-session from 145
