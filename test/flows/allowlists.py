import ipaddress
import os
import re
import string
import uuid
from enum import Enum
from pathlib import Path
from urllib.parse import urlparse, urlsplit

import requests
from flask import Flask, abort, redirect, request
from pydantic import BaseModel, Field

app = Flask(__name__)
NAMES = frozenset({"x", "y"})
TABLE = {"x": "first", "y": "second"}
PREFIXES = ("x", "y")
BASE = Path("/srv/files")
HOSTS = {"api.example.org", "www.example.org"}
SAFE = re.compile(r"[a-z]+")
LETTERS = set(string.ascii_letters)


class Kind(Enum):
    X = "x"
    Y = "y"


class Options:
    NAMES = ["x", "y"]


# case: a frozen set
def frozen():
    a = request.args["a"]
    if a in NAMES:
        os.system("ls " + a)


# case: a frozen set, the other branch
def frozen_other():
    a = request.args["a"]
    if a in NAMES:
        return
    os.system("ls " + a)  # expect: command-injection from 42


# case: a set in place
def set_in_place():
    a = request.args["a"]
    if a not in {"x", "y"}:
        abort(400)
    os.system("ls " + a)


# case: a list of a class
def list_of_class():
    a = request.args["a"]
    if a in Options.NAMES:
        os.system("ls " + a)


# case: the keys of a table
def keys_of_table():
    a = request.args["a"]
    if a in TABLE.keys():
        os.system("ls " + a)


# case: the values of a table
def values_of_table():
    a = request.args["a"]
    if a in TABLE.values():
        os.system("ls " + a)


# case: a lookup that raises
def lookup_raises():
    a = request.args["a"]
    os.system("ls " + TABLE[a])


# case: a lookup that raises, the raw value used after it
def lookup_proves():
    a = request.args["a"]
    try:
        TABLE[a]
    except KeyError:
        abort(404)
    os.system("ls " + a)


# case: a lookup with none for what is missing
def lookup_none():
    found = TABLE.get(request.args["a"])
    if found is None:
        abort(404)
    os.system("ls " + found)


# case: the members of an enumeration
def enum_members():
    a = request.args["a"]
    if a in Kind.__members__:
        os.system("ls " + a)


# case: the values of an enumeration
def enum_values():
    a = request.args["a"]
    if a in [kind.value for kind in Kind]:
        os.system("ls " + a)


# case: an enumeration that raises
def enum_raises():
    try:
        kind = Kind(request.args["a"])
    except ValueError:
        abort(400)
    os.system("ls " + kind.value)


# case: any equality with one of a list
def any_equal():
    a = request.args["a"]
    if any(a == name for name in NAMES):
        os.system("ls " + a)


# case: any of a list is in it
def any_contained():
    a = request.args["a"]
    if any(name in a for name in NAMES):
        os.system("ls " + a)  # expect: command-injection from 133


# case: the one of a list that equals it
def next_equal():
    a = request.args["a"]
    found = next((name for name in NAMES if name == a), None)
    os.system("ls " + str(found))


# case: replaced unless it is allowed
def replaced_unless():
    a = request.args["a"]
    if a not in NAMES:
        a = "x"
    os.system("ls " + a)


# case: replaced if it is allowed
def replaced_if():
    a = request.args["a"]
    if a in NAMES:
        a = "x"
    os.system("ls " + a)  # expect: command-injection from 155


# case: allowed in a conditional expression
def allowed_or_constant():
    a = request.args["a"]
    b = a if a in NAMES else "x"
    os.system("ls " + b)


# case: allowed in a conditional expression, the wrong way round
def allowed_or_raw():
    a = request.args["a"]
    b = "x" if a in NAMES else a
    os.system("ls " + b)  # expect: command-injection from 170


# case: equality with either constant
def either():
    a = request.args["a"]
    if a == "x" or a == "y":
        os.system("ls " + a)


# case: inequality with each constant
def neither():
    a = request.args["a"]
    if a != "x" and a != "y":
        abort(400)
    os.system("ls " + a)


# case: inequality with one of them is always true
def neither_or():
    a = request.args["a"]
    if a != "x" or a != "y":
        os.system("ls " + a)  # expect: command-injection from 192


# case: an element of a list is checked in its loop
def each_checked():
    for a in request.args.getlist("a"):
        if a not in NAMES:
            continue
        os.system("ls " + a)


# case: an element of a list is checked and nothing follows
def each_noted():
    for a in request.args.getlist("a"):
        if a not in NAMES:
            print("unknown")
        os.system("ls " + a)  # expect: command-injection from 207


# case: only allowed elements are kept
def kept():
    names = [a for a in request.args.getlist("a") if a in NAMES]
    os.system("ls " + " ".join(names))


# case: only forbidden elements are kept
def kept_others():
    names = [a for a in request.args.getlist("a") if a not in NAMES]
    os.system("ls " + " ".join(names))  # expect: command-injection from 221


# case: all elements are allowed
def all_allowed():
    names = request.args.getlist("a")
    if all(a in NAMES for a in names):
        os.system("ls " + " ".join(names))


# case: some element is allowed
def some_allowed():
    names = request.args.getlist("a")
    if any(a in NAMES for a in names):
        os.system("ls " + " ".join(names))  # expect: command-injection from 234


# case: a subset of an allowlist
def subset():
    names = set(request.args.getlist("a"))
    if names <= NAMES:
        os.system("ls " + " ".join(names))


# case: a subset of an allowlist by name
def subset_by_name():
    names = set(request.args.getlist("a"))
    if not names.issubset(NAMES):
        abort(400)
    os.system("ls " + " ".join(names))


# case: a superset proves nothing
def superset():
    names = set(request.args.getlist("a"))
    if names.issuperset(NAMES):
        os.system("ls " + " ".join(names))  # expect: command-injection from 256


# case: the characters are letters
def characters():
    a = request.args["a"]
    if set(a) <= LETTERS:
        os.system("ls " + a)


# case: an allowlist that is chosen by the request
def chosen_list():
    allowed = ("x", "y") if request.args.get("short") else ("x", "y", "z")
    a = request.args["a"]
    if a in allowed:
        os.system("ls " + a)


# case: an allowlist in a text proves nothing
def in_text():
    a = request.args["a"]
    if a in "abcdefgh":
        os.system("ls " + a)


# case: a constant is looked for in the value
def constant_in_value():
    a = request.args["a"]
    if "x" in a:
        os.system("ls " + a)  # expect: command-injection from 285


# case: the beginning is one of a few
def beginning():
    a = request.args["a"]
    if a.startswith(PREFIXES):
        os.system("ls " + a)  # expect: command-injection from 292


# case: the end is one of a few
def ending():
    a = request.args["a"]
    if a.endswith((".txt", ".csv")):
        os.system("ls " + a)  # expect: command-injection from 299


# case: isidentifier
def identifier():
    a = request.args["a"]
    if a.isidentifier():
        os.system("ls " + a)


# case: isascii says little
def is_ascii():
    a = request.args["a"]
    if a.isascii():
        os.system("ls " + a)  # expect: command-injection from 313


# case: isprintable says little
def is_printable():
    a = request.args["a"]
    if a.isprintable():
        os.system("ls " + a)  # expect: command-injection from 320


# case: isdecimal and a length
def decimal_and_length():
    a = request.args["a"]
    if a.isdecimal() and len(a) < 9:
        os.system("ls " + a)


# case: isdecimal or a length
def decimal_or_length():
    a = request.args["a"]
    if a.isdecimal() or len(a) < 9:
        os.system("ls " + a)  # expect: command-injection from 334


# case: not isalnum aborts
def not_alphanumeric():
    a = request.args["a"]
    if not a.isalnum():
        abort(400)
    os.system("ls " + a)


# case: isalnum aborts
def alphanumeric_aborts():
    a = request.args["a"]
    if a.isalnum():
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 349


# case: isalnum after characters were taken out
def alphanumeric_without():
    a = request.args["a"]
    if a.replace("-", "").isalnum():
        os.system("ls " + a)


# case: a compiled pattern for the whole text
def whole_compiled():
    a = request.args["a"]
    if SAFE.fullmatch(a) is None:
        abort(400)
    os.system("ls " + a)


# case: a compiled pattern for the beginning
def begin_compiled():
    a = request.args["a"]
    if SAFE.match(a) is None:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 372


# case: a pattern with a space and a semicolon
def pattern_open():
    a = request.args["a"]
    if re.fullmatch(r"[a-z ;]+", a):
        os.system("ls " + a)  # expect: command-injection from 380


# case: a pattern with a negated class
def pattern_negated():
    a = request.args["a"]
    if re.fullmatch(r"[^;]+", a):
        os.system("ls " + a)  # expect: command-injection from 387


# case: a pattern of alternatives
def pattern_alternatives():
    a = request.args["a"]
    if re.fullmatch(r"(?:red|green|blue)", a):
        os.system("ls " + a)


# case: a pattern in several lines
def pattern_verbose():
    a = request.args["a"]
    if re.fullmatch(r"[a-z]{1,8}\.[a-z]{3}", a):
        os.system("ls " + a)


# case: the match is kept and its text used
def match_text():
    found = re.fullmatch(r"[a-z]+", request.args["a"])
    if found:
        os.system("ls " + found.group(0))


# case: the match is kept and the raw value used
def match_raw():
    a = request.args["a"]
    found = re.fullmatch(r"[a-z]+", a)
    if not found:
        return
    os.system("ls " + a)


# case: a pattern that is looked for is a denylist
def pattern_denylist():
    a = request.args["a"]
    if re.search(r"[;&|]", a):
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 424


# case: several characters are looked for
def denylist():
    a = request.args["a"]
    if ";" in a or "|" in a:
        abort(400)
    os.system("ls " + a)  # expect: command-injection from 432


# case: a conversion in a condition
def converted_in_condition():
    a = request.args["a"]
    if int(a) > 0:
        os.system("ls " + a)


# case: a conversion to a UUID raises
def uuid_raises():
    a = request.args["a"]
    try:
        uuid.UUID(a)
    except ValueError:
        abort(400)
    os.system("ls " + a)


# case: the UUID itself
def uuid_text():
    os.system("ls " + str(uuid.UUID(request.args["a"])))


# case: an address that raises
def address_raises():
    a = request.args["a"]
    try:
        ipaddress.ip_address(a)
    except ValueError:
        abort(400)
    os.system("ping " + a)


# case: a helper with an allowlist that returns the value
def pick(value):
    if value in NAMES:
        return value
    return "x"


def picked():
    os.system("ls " + pick(request.args["a"]))


# case: a helper with a denylist that returns the value
def pick_badly(value):
    if ";" in value:
        return "x"
    return value


def picked_badly():
    os.system("ls " + pick_badly(request.args["a"]))  # expect: command-injection from 489


# case: a helper that asserts by raising
def require(value):
    if value not in NAMES:
        raise ValueError(value)
    return True


def required():
    a = request.args["a"]
    require(a)
    os.system("ls " + a)


# case: a helper that raises for what is allowed
def refuse(value):
    if value in NAMES:
        raise ValueError(value)


def refused():
    a = request.args["a"]
    refuse(a)
    os.system("ls " + a)  # expect: command-injection from 512


# case: a lambda as a check
is_known = lambda value: value in NAMES


def lambda_check():
    a = request.args["a"]
    if is_known(a):
        os.system("ls " + a)


# case: a method as a check
class Checker:
    def __init__(self, names):
        self.names = names

    def knows(self, value):
        return value in self.names

    def likes(self, value):
        return len(value) > 3


checker = Checker({"x", "y"})


def method_check():
    a = request.args["a"]
    if checker.knows(a):
        os.system("ls " + a)


# case: a method that checks something else
def method_check_other():
    a = request.args["a"]
    if checker.likes(a):
        os.system("ls " + a)  # expect: command-injection from 550


# case: a decorator that checks nothing of it
def logged(function):
    def wrapper(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)

    return wrapper


@logged
def run(value):
    os.system("ls " + value)  # expect: command-injection from 570


def decorated():
    run(request.args["a"])


# case: an item is checked in place
def item_checked():
    data = request.get_json()
    if data["a"] not in NAMES:
        abort(400)
    os.system("ls " + data["a"])


# case: another item is used
def item_other():
    data = request.get_json()
    if data["a"] not in NAMES:
        abort(400)
    os.system("ls " + data["b"])  # expect: command-injection from 583


# case: an attribute is checked in place
class Form:
    def __init__(self, name):
        self.name = name


def attribute_checked():
    form = Form(request.args["a"])
    if form.name in NAMES:
        os.system("ls " + form.name)


# case: an attribute is set after the check
def attribute_changed():
    form = Form("x")
    if form.name in NAMES:
        form.name = request.args["a"]
        os.system("ls " + form.name)  # expect: command-injection from 605


# case: checked, then joined with another value
def joined_unchecked():
    a = request.args["a"]
    if a in NAMES:
        os.system("ls " + a + request.args["b"])  # expect: command-injection from 613


# case: checked in the loop's condition
def while_checked():
    a = request.args["a"]
    while a not in NAMES:
        a = request.args["b"]
    os.system("ls " + a)


# case: the check comes too late
def too_late():
    a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 626
    if a not in NAMES:
        abort(400)


# case: a check in one branch only
def one_branch():
    a = request.args["a"]
    if request.method == "POST":
        if a not in NAMES:
            abort(400)
    os.system("ls " + a)  # expect: command-injection from 634


# case: a check in both branches
def both_branches():
    a = request.args["a"]
    if request.method == "POST":
        if a not in NAMES:
            abort(400)
    elif a not in TABLE:
        abort(404)
    os.system("ls " + a)


# case: a copy is checked
def copy_checked():
    a = request.args["a"]
    b = a
    if b in NAMES:
        os.system("ls " + b)


# case: not of not in
def not_not_in():
    a = request.args["a"]
    if not (a not in NAMES):
        os.system("ls " + a)


# case: a flag kept from several checks
def flag():
    a = request.args["a"]
    allowed = a in NAMES and len(a) == 1
    if not allowed:
        abort(400)
    os.system("ls " + a)


# case: a flag that is set in a branch
def flag_in_branch():
    a = request.args["a"]
    allowed = False
    if a in NAMES:
        allowed = True
    if allowed:
        os.system("ls " + a)


# case: a path that is inside its base
def inside():
    path = (BASE / request.args["a"]).resolve()
    if not path.is_relative_to(BASE):
        abort(404)
    return path.read_text()


# case: a path that is inside its base, not resolved
def inside_unresolved():
    path = BASE / request.args["a"]
    if not path.is_relative_to(BASE):
        abort(404)
    return path.read_text()  # expect: path-traversal from 696


# case: the beginning of a real path with its separator
def real_beginning():
    path = os.path.realpath(os.path.join("/srv", request.args["a"]))
    if not path.startswith("/srv" + os.sep):
        abort(404)
    return open(path).read()


# case: the beginning of a path that is not real
def unreal_beginning():
    path = os.path.join("/srv", request.args["a"])
    if not path.startswith("/srv/"):
        abort(404)
    return open(path).read()  # expect: path-traversal from 712


# case: the common path
def common():
    path = os.path.abspath(os.path.join("/srv", request.args["a"]))
    if os.path.commonpath(["/srv", path]) != "/srv":
        abort(404)
    return open(path).read()


# case: the common path of something else
def common_other():
    path = os.path.abspath(os.path.join("/srv", request.args["a"]))
    if os.path.commonpath(["/srv", "/srv/x"]) != "/srv":
        abort(404)
    return open(path).read()  # expect: path-traversal from 728


# case: the suffix of a path
def suffix():
    path = BASE / request.args["a"]
    if path.suffix != ".txt":
        abort(404)
    return path.read_text()  # expect: path-traversal from 736


# case: the files of a folder as an allowlist
def listed():
    a = request.args["a"]
    if a not in os.listdir(BASE):
        abort(404)
    return (BASE / a).read_text()


# case: a host of a set
def host_of_set():
    url = request.args["url"]
    if urlsplit(url).netloc not in HOSTS:
        abort(400)
    return requests.get(url).text


# case: a host that ends like a fixed one
def host_ends():
    url = request.args["url"]
    if not urlparse(url).hostname.endswith(".example.org"):
        abort(400)
    return requests.get(url).text


# case: a host that ends without a dot
def host_ends_open():
    url = request.args["url"]
    if not urlparse(url).hostname.endswith("example.org"):
        abort(400)
    return requests.get(url).text  # expect: ssrf from 768


# case: the host of another address is checked
def host_of_other():
    url = request.args["url"]
    if urlparse(request.url).hostname not in HOSTS:
        abort(400)
    return requests.get(url).text  # expect: ssrf from 776


# case: the parts of an address are kept first
def host_of_parts():
    url = request.args["url"]
    parts = urlparse(url)
    if parts.scheme != "https" or parts.hostname not in HOSTS:
        abort(400)
    return requests.get(url).text


# case: a redirect to what begins with a slash
@app.route("/slash")
def slash():
    target = request.args["next"]
    if not target.startswith("/"):
        abort(400)
    return redirect(target)  # expect: open-redirect from 794


# case: a redirect to what begins with a fixed address
@app.route("/fixed-address")
def fixed_address():
    target = request.args["next"]
    if not target.startswith("https://www.example.org/"):
        abort(400)
    return redirect(target)


# case: a model whose field has a pattern
class Order(BaseModel):
    name: str = Field(pattern=r"^[a-z]+$")
    note: str = Field(max_length=20)


def modelled():
    order = Order(**request.get_json())
    os.system("ls " + order.name)


# case: a model whose field has only a length
def modelled_length():
    order = Order(**request.get_json())
    os.system("ls " + order.note)  # expect: command-injection from 822


# case: a pattern with a negated class of letters
def pattern_negated_letters():
    a = request.args["a"]
    if re.fullmatch(r"[^a-z]+", a):
        os.system("ls " + a)  # expect: command-injection from 828


# case: a look-up in the request that is checked, and looked up again
def looked_up_again():
    if request.args.get("unit") in ("web", "worker"):
        os.system("systemctl restart " + request.args.get("unit"))


# case: a look-up that is checked with a default, and read by its key
def looked_up_by_key():
    if request.form.get("pid", "").isdigit():
        os.system("kill " + request.form["pid"])


# case: another look-up than the one that is checked
def looked_up_elsewhere():
    if request.form.get("pid", "").isdigit():
        os.system("kill " + request.form.get("name"))  # expect: command-injection from 848


# case: an address without a host and a scheme
def neither_host_nor_scheme():
    target = request.args["target"]
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return redirect("/")
    return redirect(target)


# case: an address without a scheme may still have a host
def no_scheme():
    target = request.args["target"]
    parts = urlsplit(target)
    if parts.scheme:
        return redirect("/")
    return redirect(target)  # expect: open-redirect from 862


# case: an address that begins with one slash and not with two
def one_slash():
    target = request.args["target"]
    if not target.startswith("/") or target.startswith("//"):
        return redirect("/")
    return redirect(target)


# case: an address that begins with one slash, and none of several other ways
def one_slash_of_several():
    target = request.args["target"]
    if target.startswith("/") and not target.startswith(("//", "/\\")):
        return redirect(target)
    return redirect("/")


# case: an address that does not begin with two slashes may begin with a scheme
def not_two_slashes():
    target = request.args["target"]
    if target.startswith("//"):
        return redirect("/")
    return redirect(target)  # expect: open-redirect from 887


# case: a default whose condition asks for the name itself
def default_asks_for_itself():
    a = request.args.get("a")
    if (a or not request.is_json) and a not in NAMES:
        a = "x"
    if a:
        os.system("ls " + a)


# case: a default whose condition asks for the name itself, and lets others pass
def default_lets_pass():
    a = request.args.get("a")
    if (a or not request.is_json) and not a.startswith("x"):
        a = "x"
    if a:
        os.system("ls " + a)  # expect: command-injection from 904
