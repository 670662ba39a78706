import operator
import os
import re
import shlex
from string import Template

from flask import request


# case: a format with a nested width
def nested_width():
    a = request.args["a"]
    width = 10
    os.system(f"ls {a:>{width}}")  # expect: command-injection from 12


# case: a format that names itself
def self_documenting():
    a = request.args["a"]
    os.system(f"ls {a=}")  # expect: command-injection from 19


# case: the width is chosen by the request
def chosen_width():
    a = int(request.args["a"])
    name = "x"
    os.system(f"ls {name:>{a}}")


# case: nested f-strings
def nested_f_string():
    a = request.args["a"]
    os.system(f"ls {f'{a}!'}")  # expect: command-injection from 32


# case: a conditional inside an f-string
def conditional_inside():
    a = request.args["a"]
    os.system(f"ls {'x' if a else 'y'}")


# case: doubled braces
def doubled_braces():
    a = request.args["a"]
    os.system("ls {{a}}".format(a=a))


# case: a mapping spread over format
def format_spread():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls {a}".format(**data))  # expect: command-injection from 50


# case: a mapping spread over format, another name
def format_spread_other():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls {b}".format(**data))


# case: a list spread over format
def format_spread_list():
    parts = ["fixed", request.args["a"]]
    os.system("ls {1}".format(*parts))  # expect: command-injection from 62


# case: a list spread over format, another place
def format_spread_list_other():
    parts = ["fixed", request.args["a"]]
    os.system("ls {0}".format(*parts))


# case: an item inside a format
def format_item():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls {0[a]}".format(data))  # expect: command-injection from 74


# case: another item inside a format
def format_item_other():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls {0[b]}".format(data))


# case: an attribute inside a format
class User:
    def __init__(self, name):
        self.name = name
        self.role = "fixed"


def format_attribute():
    os.system("ls {u.name}".format(u=User(request.args["a"])))  # expect: command-injection from 92


# case: another attribute inside a format
def format_attribute_other():
    os.system("ls {u.role}".format(u=User(request.args["a"])))


# case: a mapping kept in a variable for percent
def percent_variable():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls %(a)s" % data)  # expect: command-injection from 102


# case: a mapping kept in a variable for percent, another key
def percent_variable_other():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls %(b)s" % data)


# case: percent with a star
def percent_star():
    os.system("ls %*s" % (10, request.args["a"]))  # expect: command-injection from 114


# case: percent of a doubled sign
def percent_doubled():
    os.system("ls %s%%" % request.args["a"])  # expect: command-injection from 119


# case: percent with repr
def percent_repr():
    os.system("ls %r" % request.args["a"])  # expect: command-injection from 124


# case: a template filled from a mapping
def template_mapping():
    data = {"a": request.args["a"]}
    os.system(Template("ls $a").safe_substitute(data))  # expect: command-injection from 129


# case: a template with a constant
def template_constant():
    raw = request.args["a"]
    os.system(Template("ls $a").substitute(a="fixed"))
    return raw


# case: join of a generator
def join_generator():
    os.system("ls " + " ".join(part for part in request.args.getlist("a")))  # expect: command-injection from 142


# case: join of a generator of constants
def join_generator_constant():
    os.system("ls " + " ".join("x" for part in request.args.getlist("a")))


# case: join of quoted parts
def join_quoted():
    os.system("ls " + " ".join(shlex.quote(part) for part in request.args.getlist("a")))


# case: join of mapped parts
def join_mapped():
    os.system("ls " + " ".join(map(shlex.quote, request.args.getlist("a"))))


# case: shlex.join quotes every part
def join_shlex():
    os.system(shlex.join(["ls", request.args["a"]]))


# case: join of the keys of a mapping
def join_keys():
    data = {"x": request.args["a"], "y": "fixed"}
    os.system("ls " + " ".join(data))


# case: join of the values of a mapping
def join_values():
    data = {"x": request.args["a"], "y": "fixed"}
    os.system("ls " + " ".join(data.values()))  # expect: command-injection from 173


# case: join by the class
def join_by_class():
    os.system(str.join(" ", ["ls", request.args["a"]]))  # expect: command-injection from 179


# case: a method by the class
def method_by_class():
    os.system("ls " + str.upper(request.args["a"]))  # expect: command-injection from 184


# case: a slice with a step
def stepped():
    os.system("ls " + request.args["a"][::-1])  # expect: command-injection from 189


# case: one character of a constant
def character():
    a = request.args["a"]
    os.system("ls " + "abc"[1])
    return a


# case: a slice of a list of texts
def sliced_list():
    parts = ["x", "y", request.args["a"]]
    os.system("ls " + " ".join(parts[:2]))


# case: the rest of a list of texts
def sliced_list_rest():
    parts = ["x", "y", request.args["a"]]
    os.system("ls " + " ".join(parts[1:]))  # expect: command-injection from 207


# case: rpartition
def right_partitioned():
    os.system("ls " + request.args["a"].rpartition("/")[2])  # expect: command-injection from 213


# case: the separator of a partition
def separator():
    _, middle, _ = "a=b".partition("=")
    a = request.args["a"]
    os.system("ls " + middle)
    return a


# case: splitlines
def lines():
    for line in request.args["a"].splitlines():
        os.system("ls " + line)  # expect: command-injection from 226


# case: centred
def centred():
    os.system("ls " + request.args["a"].center(20, "-"))  # expect: command-injection from 232


# case: the count of a text
def count():
    os.system("ls " + str(request.args["a"].count("x")))


# case: the place of a text
def place():
    os.system("ls " + str(request.args["a"].find("x")))


# case: re.sub replaces parts
def substituted():
    os.system("ls " + re.sub(r"\s+", " ", request.args["a"]))  # expect: command-injection from 247


# case: re.sub puts it in
def substituted_in():
    os.system(re.sub("NAME", request.args["a"], "ls NAME"))  # expect: command-injection from 252


# case: a group of a match
def group():
    found = re.match(r"name=(.*)", request.args["a"])
    os.system("ls " + found.group(1))  # expect: command-injection from 257


# case: an item of a match
def group_item():
    found = re.search(r"name=(.*)", request.args["a"])
    os.system("ls " + found[1])  # expect: command-injection from 263


# case: the places of a match are numbers
def group_place():
    found = re.search(r"name=(.*)", request.args["a"])
    os.system("ls " + str(found.start()))


# case: all that a pattern finds
def found_all():
    for part in re.findall(r"\S+", request.args["a"]):
        os.system("ls " + part)  # expect: command-injection from 275


# case: re.split
def split_by_pattern():
    os.system("ls " + re.split(r"[,;]", request.args["a"])[0])  # expect: command-injection from 281


# case: the pattern of a constant match
def constant_match():
    a = request.args["a"]
    found = re.match(r"(\w+)", "fixed text")
    os.system("ls " + found.group(1))
    return a


# case: plus by the operator module
def operator_add():
    os.system(operator.add("ls ", request.args["a"]))  # expect: command-injection from 294


# case: an item by the operator module
def operator_item():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls " + operator.itemgetter("a")(data))  # expect: command-injection from 299


# case: another item by the operator module
def operator_item_other():
    data = {"a": request.args["a"], "b": "fixed"}
    os.system("ls " + operator.itemgetter("b")(data))


# case: an attribute by the operator module
def operator_attribute():
    os.system("ls " + operator.attrgetter("name")(User(request.args["a"])))  # expect: command-injection from 311


# case: another attribute by the operator module
def operator_attribute_other():
    os.system("ls " + operator.attrgetter("role")(User(request.args["a"])))


# case: a method by the operator module
def operator_method():
    os.system("ls " + operator.methodcaller("strip")(request.args["a"]))  # expect: command-injection from 321


# case: a hash is a number
def hashed():
    os.system("ls " + str(hash(request.args["a"])))


# case: the name of a type
def type_name():
    os.system("ls " + type(request.args["a"]).__name__)


# case: a truth value
def truth():
    os.system("ls " + str(bool(request.args["a"])))


# case: any and all are truth values
def any_all():
    values = request.args.getlist("a")
    os.system("ls " + str(any(values)) + str(all(values)))


# case: bytes are formatted
def bytes_format():
    os.system(b"ls %b" % request.args["a"].encode())  # expect: command-injection from 347


# case: bytes of constants
def bytes_constant():
    a = request.args["a"]
    os.system(b"ls " + b"fixed")
    return a


# case: a raw string
def raw_string():
    os.system(r"ls \d" + request.args["a"])  # expect: command-injection from 359


# case: what is replaced by a constant everywhere
def translated():
    table = {"a": "fixed"}
    os.system("ls " + table.get(request.args["a"], "none"))


# case: chr of a number of the request
def character_of():
    os.system("ls " + chr(int(request.args["a"]) % 26 + 97))


# case: a text that is compared lives on
def compared():
    a = request.args["a"]
    if a == a.lower():
        os.system("ls " + a)  # expect: command-injection from 375


# case: not and double not
def negated():
    os.system("ls " + str(not request.args["a"]))


# case: the sum of lists of texts
def summed():
    os.system(" ".join(sum([["ls"], [request.args["a"]]], [])))  # expect: command-injection from 387


# case: a text that is multiplied by the request's number
def multiplied():
    os.system("ls " + "x" * int(request.args["a"]))  # expect: input-range-unchecked from 392


# case: the last of several values by or
def or_chain():
    a = None or "" or request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 397


# case: the first constant of or
def or_chain_constant():
    a = "fixed" or request.args["a"]
    os.system("ls " + a)


# case: and of constants gives the last
def and_chain():
    a = "x" and "y" and request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 409


# case: and stops at what is empty
def and_chain_empty():
    a = "" and request.args["a"]
    os.system("ls " + a)
