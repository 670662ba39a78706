import functools
import ipaddress
import os
import re
import shlex
import subprocess
import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import NamedTuple, TypedDict
from urllib.parse import quote, urljoin, urlparse, urlsplit

import requests
from flask import Flask, abort, g, jsonify, redirect, request, session
from werkzeug.utils import safe_join, secure_filename

app = Flask(__name__)
DEBUG = False
ALLOWED = {"a", "b"}
PATTERN = re.compile(r"[A-Za-z0-9_-]+\Z")


# case: a decorator that refuses before the view reads the request again
def requires_plain(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if request.args.get("name") not in ALLOWED:
            abort(400)
        return view(*args, **kwargs)

    return wrapper


@app.get("/plain")
@requires_plain
def plain_view():
    os.system("ls " + request.args["name"])


# case: a decorator that refuses by another argument
@app.get("/other")
@requires_plain
def other_view():
    os.system("ls " + request.args["other"])  # expect: command-injection from 48


# case: a decorator that hands over a checked argument
def with_name(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        name = request.args.get("name", "")
        if not name.isalnum():
            abort(400)
        return view(*args, name=name, **kwargs)

    return wrapper


@app.get("/named")
@with_name
def named_view(name):
    os.system("ls " + name)


# case: a decorator that hands over an unchecked argument
def with_raw_name(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        kwargs["name"] = request.args.get("name", "")
        return view(*args, **kwargs)

    return wrapper


@app.get("/rawnamed")
@with_raw_name
def raw_named_view(name):
    os.system("ls " + name)  # expect: command-injection from 73


# case: a decorator with arguments that sets the allowed values
def one_of(name, allowed):
    def decorate(view):
        @functools.wraps(view)
        def wrapper(*args, **kwargs):
            value = request.args.get(name)
            if value not in allowed:
                return jsonify(error=name), 400
            return view(value, *args, **kwargs)

        return wrapper

    return decorate


@app.get("/oneof")
@one_of("kind", ("x", "y"))
def one_of_view(kind):
    os.system("ls " + kind)


# case: g is set to a checked value before
@app.before_request
def load_kind():
    kind = request.args.get("kind")
    g.kind = kind if kind in ALLOWED else "a"
    g.raw = request.args.get("kind", "")


@app.get("/kind")
def kind_view():
    os.system("ls " + g.kind)


# case: g is set to what the request says before
@app.get("/raw")
def raw_view():
    os.system("ls " + g.raw)  # expect: command-injection from 111


# case: an assertion helper with a condition
def ensure(condition, message="bad request"):
    if not condition:
        abort(400, message)


@app.get("/ensured")
def ensured_view():
    name = request.args["name"]
    ensure(name in ALLOWED)
    os.system("ls " + name)


# case: an assertion helper with a pattern
@app.get("/ensuredpattern")
def ensured_pattern():
    name = request.args["name"]
    ensure(PATTERN.match(name), "name")
    os.system("ls " + name)


# case: an assertion helper of another value
@app.get("/ensuredother")
def ensured_other():
    name = request.args["name"]
    ensure(request.args["other"] in ALLOWED)
    os.system("ls " + name)  # expect: command-injection from 149


# case: an assertion helper that only warns
def warn_unless(condition):
    if not condition:
        print("odd request")


@app.get("/warned")
def warned_view():
    name = request.args["name"]
    warn_unless(name in ALLOWED)
    os.system("ls " + name)  # expect: command-injection from 162


# case: an assertion helper that raises
def require(condition, error=ValueError):
    if condition:
        return
    raise error("refused")


@app.get("/required")
def required_view():
    name = request.args["name"]
    require(name.isalnum())
    os.system("ls " + name)


# case: a refusal helper called in a branch
def refuse():
    raise PermissionError("refused")


@app.get("/refused")
def refused_view():
    name = request.args["name"]
    if name not in ALLOWED:
        refuse()
    os.system("ls " + name)


# case: a refusal method of an object
class Errors:
    def fail(self, text):
        raise ValueError(text)


ERRORS = Errors()


@app.get("/failed")
def failed_view():
    name = request.args["name"]
    if name not in ALLOWED:
        ERRORS.fail("name")
    os.system("ls " + name)


# case: debug is off
@app.get("/debug")
def debug_view():
    if DEBUG:
        os.system(request.args["name"])
    return "ok"


# case: a feature flag of the environment
@app.get("/flag")
def flag_view():
    if os.environ.get("FEATURE") == "1":
        os.system("ls " + request.args["name"])  # expect: command-injection from 223
    return "ok"


# case: an IP address
@app.get("/ip")
def ip_view():
    address = ipaddress.ip_address(request.args["ip"])
    os.system(f"ping -c 1 {address}")


# case: an IP address that was only parsed
@app.get("/ipparsed")
def ip_parsed_view():
    raw = request.args["ip"]
    try:
        ipaddress.ip_address(raw)
    except ValueError:
        abort(400)
    os.system(f"ping -c 1 {raw}")


# case: a date by its format
@app.get("/date")
def date_view():
    day = datetime.strptime(request.args["day"], "%Y-%m-%d").date()
    os.system(f"report {day.isoformat()}")


# case: a decimal
@app.get("/decimal")
def decimal_view():
    amount = Decimal(request.args["amount"])
    os.system(f"report {amount}")


# case: a date that could not be parsed falls through
@app.get("/dateopen")
def date_open_view():
    day = request.args["day"]
    try:
        day = date.fromisoformat(day)
    except ValueError:
        pass
    os.system(f"report {day}")  # expect: command-injection from 262


# case: an int enumeration
class Level(IntEnum):
    LOW = 1
    HIGH = 2


@app.get("/level")
def level_view():
    level = Level(int(request.args["level"]))
    os.system(f"report {level} {level.name}")


# case: an enumeration by value
class Region(Enum):
    EU = "eu"
    US = "us"

    @classmethod
    def parse(cls, text):
        try:
            return cls(text)
        except ValueError:
            return cls.EU


@app.get("/region")
def region_view():
    os.system("deploy " + Region.parse(request.args["region"]).value)


# case: a set of an enumeration's values
@app.get("/regionvalues")
def region_values_view():
    region = request.args["region"]
    if region not in {one.value for one in Region}:
        abort(400)
    os.system("deploy " + region)


# case: a frozen dataclass with a check
@dataclass(frozen=True)
class Target:
    host: str
    port: int

    def __post_init__(self):
        if not re.fullmatch(r"[a-z0-9.]+", self.host):
            raise ValueError(self.host)


@app.get("/target")
def target_view():
    target = Target(request.args["host"], 80)
    os.system("ping " + target.host)


# case: a dataclass without a check
@dataclass(frozen=True)
class OpenTarget:
    host: str
    port: int


@app.get("/opentarget")
def open_target_view():
    target = OpenTarget(request.args["host"], int(request.args["port"]))
    os.system(f"ping {target.port}")
    os.system("ping " + target.host)  # expect: command-injection from 335


# case: a class that validates in its constructor
class Name:
    def __init__(self, text):
        if not text.isidentifier():
            raise ValueError(text)
        self.text = text

    def __str__(self):
        return self.text


@app.get("/nameclass")
def name_class_view():
    os.system(f"ls {Name(request.args['name'])}")


# case: a value type made by a class method
class Slug(str):
    @classmethod
    def parse(cls, text):
        if re.fullmatch(r"[a-z-]+", text) is None:
            raise ValueError(text)
        return cls(text)


@app.get("/slug")
def slug_view():
    os.system("ls " + Slug.parse(request.args["slug"]))


# case: a validator that returns a tuple
def parse_name(text):
    if text in ALLOWED:
        return text, None
    return None, "unknown"


@app.get("/tuple")
def tuple_view():
    name, error = parse_name(request.args["name"])
    if error:
        abort(400)
    os.system("ls " + name)


# case: a validator that returns an error or nothing
def error_of(text):
    if text not in ALLOWED:
        return "unknown"
    return None


@app.get("/errorof")
def error_of_view():
    name = request.args["name"]
    if error := error_of(name):
        abort(400, error)
    os.system("ls " + name)


# case: a validator that collects errors
def errors_of(form):
    errors = []
    if form["name"] not in ALLOWED:
        errors.append("name")
    return errors


@app.post("/errors")
def errors_view():
    if errors := errors_of(request.form):
        return jsonify(errors), 400
    os.system("ls " + request.form["name"])


# case: errors are collected in place
@app.post("/errorsplace")
def errors_place_view():
    errors = {}
    name = request.form.get("name", "")
    if not re.fullmatch(r"\w+", name):
        errors["name"] = "letters only"
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)


# case: errors are collected and ignored
@app.post("/errorsignored")
def errors_ignored_view():
    errors = {}
    name = request.form.get("name", "")
    if not re.fullmatch(r"\w+", name):
        errors["name"] = "letters only"
    os.system("ls " + name)  # expect: command-injection from 431
    return jsonify(errors)


# case: a mapping of handlers
def do_list():
    return "ls"


def do_size():
    return "du"


HANDLERS = {"list": do_list, "size": do_size}


@app.get("/handlers")
def handlers_view():
    handler = HANDLERS.get(request.args["do"])
    if handler is None:
        abort(404)
    os.system(handler())


# case: a mapping of handlers that take the value
def show(value):
    return "cat " + value


SHOWERS = {"show": show}


@app.get("/showers")
def showers_view():
    os.system(SHOWERS[request.args["do"]](request.args["name"]))  # expect: command-injection from 468


# case: a closure shadows the outer value
@app.get("/shadow")
def shadow_view():
    name = request.args["name"]

    def inner():
        name = "fixed"
        return name

    os.system("ls " + inner())
    return {"name": name}


# case: an inner function reads the outer value
@app.get("/outer")
def outer_view():
    name = request.args["name"]

    def inner():
        return "ls " + name

    os.system(inner())  # expect: command-injection from 487


# case: a global shadowed by a parameter
CURRENT = "fixed"


def run_current(CURRENT):
    return "ls " + CURRENT


@app.get("/param")
def param_view():
    os.system(run_current("other"))
    os.system(run_current(request.args["name"]))  # expect: command-injection from 506


# case: replaced in every branch
@app.get("/branches")
def branches_view():
    name = request.args["name"]
    if name == "x":
        folder = "x"
    elif name.startswith("y"):
        folder = "y"
    else:
        folder = "z"
    os.system("ls " + folder)


# case: replaced in all but one branch
@app.get("/branchesopen")
def branches_open_view():
    name = request.args["name"]
    if name == "x":
        folder = "x"
    elif name.startswith("y"):
        folder = name
    else:
        folder = "z"
    os.system("ls " + folder)  # expect: command-injection from 525


# case: an early return of the dangerous case
@app.get("/early")
def early_view():
    name = request.args.get("name")
    if not name or set(name) - set("abcdef"):
        return "bad", 400
    os.system("ls " + name)


# case: a character class by hand
@app.get("/byhand")
def by_hand_view():
    name = request.args.get("name", "")
    for character in name:
        if not (character.isalnum() or character in "-_"):
            abort(400)
    os.system("ls " + name)


# case: a file below a folder by safe_join
@app.get("/safe/<path:name>")
def safe_view(name):
    target = safe_join("/srv/files", name)
    if target is None:
        abort(404)
    return open(target).read()


# case: a file by its base name
@app.get("/base")
def base_view():
    return open(os.path.join("/srv/files", os.path.basename(request.args["name"]))).read()


# case: a check of two dots in a path that is joined
@app.get("/dots")
def dots_view():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        abort(400)
    return open(os.path.join("/srv/files", name)).read()


# case: an address whose host is in a list
@app.get("/fetch")
def fetch_view():
    url = request.args["url"]
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in ("a.example.org", "b.example.org"):
        abort(400)
    return requests.get(url, timeout=3).text


# case: an address that only has the right scheme
@app.get("/fetchopen")
def fetch_open_view():
    url = request.args["url"]
    if urlsplit(url).scheme != "https":
        abort(400)
    return requests.get(url, timeout=3).json()  # expect: ssrf from 591


# case: a path of an address that is quoted
@app.get("/fetchquoted")
def fetch_quoted_view():
    return requests.get("https://a.example.org/" + quote(request.args["path"], safe=""), timeout=3).json()


# case: a private address is refused
@app.get("/fetchip")
def fetch_ip_view():
    url = f"http://{ipaddress.ip_address(request.args['ip'])}/status"
    return requests.get(url, timeout=3).json()  # expect: ssrf from 606


# case: a context variable of a checked value
TENANT = ContextVar("tenant", default="public")


@app.get("/contextvar")
def contextvar_view():
    tenant = request.headers.get("X-Tenant", "")
    if tenant not in ALLOWED:
        abort(400)
    TENANT.set(tenant)
    os.system("ls " + TENANT.get())


# case: type by isinstance
@app.post("/isinstance")
def isinstance_view():
    value = request.get_json()["value"]
    if not isinstance(value, int):
        abort(400)
    os.system(f"ls {value}")


# case: isinstance of a text
@app.post("/isinstancetext")
def isinstance_text_view():
    value = request.get_json()["value"]
    if not isinstance(value, str):
        abort(400)
    os.system(f"ls {value}")  # expect: command-injection from 635


# case: an index into a list
NAMES = ["a", "b", "c"]


@app.get("/index")
def index_view():
    try:
        name = NAMES[int(request.args["index"])]
    except (ValueError, IndexError):
        abort(404)
    os.system("ls " + name)


# case: next of matching known names
@app.get("/nextmatch")
def next_match_view():
    asked = request.args["name"]
    name = next((known for known in NAMES if known == asked), None)
    if name is None:
        abort(404)
    os.system("ls " + name)


# case: next of given names that match
@app.get("/nextgiven")
def next_given_view():
    name = next((one for one in request.args.getlist("name") if len(one) > 1), "x")
    os.system("ls " + name)  # expect: command-injection from 667


# case: truth of the value only
@app.get("/truth")
def truth_view():
    verbose = "-v" if request.args.get("verbose") else ""
    os.system(f"ls {verbose}")


# case: compared with a constant
@app.get("/compared")
def compared_view():
    verbose = request.args.get("verbose") == "1"
    os.system(f"ls --verbose={verbose}")


# case: bool of the value
@app.get("/bool")
def bool_view():
    os.system(f"ls --verbose={bool(request.args.get('verbose'))}")


# case: a length in a command
@app.get("/length")
def length_view():
    os.system(f"head -c {len(request.args['text'])} all")


# case: shlex split and checked program
@app.get("/program")
def program_view():
    words = shlex.split(request.args["line"])
    if not words or words[0] not in ALLOWED:
        abort(400)
    subprocess.run([words[0], "--version"])
