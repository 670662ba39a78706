import os
import re
from string import Template

from flask import request

ROUTE = re.compile(r"/(?:x|y)/([a-z\](]+)(?:/(\w+))?")


# case: a group of a pattern by its name, its number and in place
def by_name():
    match = re.match(r"(?P<id>\d+)-(?P<rest>.*)", request.args["v"])
    os.system("kill " + match["rest"])  # expect: command-injection from 12
    os.system("kill " + match[2])  # expect: command-injection from 12
    os.system("kill " + match.group("rest"))  # expect: command-injection from 12
    os.system("kill " + match[0])  # expect: command-injection from 12
    number, rest = match.groups()
    os.system("kill " + rest)  # expect: command-injection from 12
    number, rest = match.group(1, 2)
    os.system("kill " + rest)  # expect: command-injection from 12
    os.system("kill " + match.groupdict()["rest"])  # expect: command-injection from 12


# case: a group that admits digits alone
def digits():
    match = re.match(r"(?P<id>\d+)-(?P<rest>.*)", request.args["v"])
    os.system("kill " + match["id"])
    os.system("kill " + match[1])
    os.system("kill " + match.group("id"))
    number, rest = match.groups()
    os.system("kill " + number)
    number, rest = match.group(1, 2)
    os.system("kill " + number)
    os.system("kill " + match.groupdict()["id"])


# case: brackets in a class begin no group
def classes():
    if match := ROUTE.search(request.path):
        os.system("echo " + match[1])  # expect: command-injection from 39


# case: the group behind one that is not counted
def uncounted():
    if match := ROUTE.search(request.path):
        os.system("echo " + match[2])


# case: a template of Python's own is filled with what it names
def filled():
    template = Template("echo $a ${b} $$x {c}")
    os.system(template.substitute(a="x", b=request.args["b"]))  # expect: command-injection from 52
    os.system(template.safe_substitute(request.args))  # expect: command-injection from 53
    os.system(Template(request.args["t"]).substitute(a="x"))  # expect: command-injection from 54


# case: what a template does not name is not in its text
def unnamed():
    template = Template("echo $a ${b} $$x {c}")
    os.system(template.substitute({"a": "x"}, b="y", z=request.args["b"]))
    os.system(template.substitute(a="x", b="y", c=request.args["b"]))


# case: a field whose width another one says
def width():
    os.system("{0} {name:>{width}}".format("echo", name=request.args["n"], width=10))  # expect: command-injection from 66


# case: a field of constants whose width another one says
def constant_width():
    os.system("{0:>{1}}".format("echo", 30))
    os.system("{{ {0} }}".format("echo", request.args["n"]))


# case: line breaks are taken out of what a library found
def one_line():
    from http.server import BaseHTTPRequestHandler
    from urllib.parse import parse_qs

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            name = parse_qs(self.path)["name"][0]
            self.send_header("X-Name", name.replace("\r", "").replace("\n", ""))


# case: another character is taken out of what a library found
def two_lines():
    from http.server import BaseHTTPRequestHandler
    from urllib.parse import parse_qs

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            name = parse_qs(self.path)["name"][0]
            self.send_header("X-Name", name.replace(";", ""))  # expect: header-injection from 93


# case: bytes written as digits
def digits_of_bytes():
    os.system("echo " + request.data.hex())


# case: bytes written as text
def text_of_bytes():
    os.system("echo " + request.data.decode())  # expect: command-injection from 104
