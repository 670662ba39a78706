import os
import string
import textwrap

from flask import request


# case: concatenation
def concatenated():
    os.system("ls " + request.args["a"])  # expect: command-injection from 10


# case: an f-string
def f_string():
    os.system(f"ls {request.args['a']}")  # expect: command-injection from 15


# case: an f-string without the value
def f_string_without():
    a = request.args["a"]
    b = "x"
    os.system(f"ls {b} # {len(a)}")


# case: an f-string with a conversion
def f_string_repr():
    os.system(f"ls {request.args['a']!r}")  # expect: command-injection from 27


# case: an f-string with a number format
def f_string_number():
    a = request.get_json()["a"]
    os.system(f"kill {a:d}")


# case: percent
def percent():
    os.system("ls %s" % request.args["a"])  # expect: command-injection from 38


# case: percent with a tuple
def percent_tuple():
    os.system("ls %s %s" % ("x", request.args["a"]))  # expect: command-injection from 43


# case: percent with a number
def percent_number():
    os.system("kill %d" % request.get_json()["a"])


# case: percent with a mapping
def percent_mapping():
    os.system("ls %(a)s" % {"a": request.args["a"], "b": "x"})  # expect: command-injection from 53


# case: percent with another key of the mapping
def percent_other_key():
    os.system("ls %(b)s" % {"a": request.args["a"], "b": "x"})


# case: format
def format_method():
    os.system("ls {}".format(request.args["a"]))  # expect: command-injection from 63


# case: format by position, harmless
def format_position():
    a = request.args["a"]
    os.system("ls {1}".format(a, "x"))


# case: format by position
def format_position_flow():
    a = request.args["a"]
    os.system("ls {0}".format(a, "x"))  # expect: command-injection from 74


# case: format by name, harmless
def format_name():
    a = request.args["a"]
    os.system("ls {b}".format(a=a, b="x"))


# case: format by name
def format_name_flow():
    a = request.args["a"]
    os.system("ls {a}".format(a=a, b="x"))  # expect: command-injection from 86


# case: format_map
def format_map():
    os.system("ls {a}".format_map({"a": request.args["a"]}))  # expect: command-injection from 92


# case: the template itself is tainted
def format_receiver():
    os.system(request.args["a"].format("x"))  # expect: command-injection from 97


# case: join of a list
def joined():
    os.system(" ".join(["ls", request.args["a"]]))  # expect: command-injection from 102


# case: join of constants
def joined_constants():
    a = request.args["a"]
    os.system(" ".join(["ls", "-l"]))
    return a


# case: the separator is tainted
def join_separator():
    os.system(request.args["a"].join(["ls", "-l"]))  # expect: command-injection from 114


# case: replace
def replaced():
    os.system("ls " + request.args["a"].replace(";", ""))  # expect: command-injection from 119


# case: strip and lower
def stripped():
    os.system("ls " + request.args["a"].strip().lower())  # expect: command-injection from 124


# case: split, any part
def split_part():
    os.system("ls " + request.args["a"].split(",")[0])  # expect: command-injection from 129


# case: partition
def partitioned():
    head, _, tail = request.args["a"].partition("=")
    os.system("ls " + tail)  # expect: command-injection from 134
    return head


# case: split of a constant
def split_constant():
    a = request.args["a"]
    os.system("ls " + "x,y".split(",")[1])
    return a


# case: a slice
def sliced():
    os.system("ls " + request.args["a"][1:-1])  # expect: command-injection from 148


# case: a slice of a constant
def sliced_constant():
    a = request.args["a"]
    os.system("ls " + "abcdef"[1:3])
    return a


# case: the length
def length():
    os.system("ls " + str(len(request.args["a"])))


# case: a comparison
def comparison():
    os.system("ls " + str(request.args["a"] == "x"))


# case: encode and decode
def encoded():
    os.system(b"ls ".decode() + request.args["a"].encode().decode())  # expect: command-injection from 170


# case: str of the value
def str_of():
    os.system("ls " + str(request.args["a"]))  # expect: command-injection from 175


# case: repetition
def repeated():
    os.system("ls " + request.args["a"] * 2)  # expect: command-injection from 180


# case: removeprefix
def prefix_removed():
    os.system("ls " + request.args["a"].removeprefix("x"))  # expect: command-injection from 185


# case: a template of the standard library
def template():
    os.system(string.Template("ls $a").substitute(a=request.args["a"]))  # expect: command-injection from 190


# case: textwrap
def wrapped():
    os.system(textwrap.dedent(request.args["a"]))  # expect: command-injection from 195


# case: several lines of text in parentheses
def adjacent():
    os.system(  # expect: command-injection from 202
        "ls "
        f"{request.args['a']} "
        "-l"
    )


# case: a constant that is translated
def translated_constant():
    a = request.args["a"]
    b = "xyz".upper().replace("X", "A")
    if b == "AYZ":
        a = "fixed"
    os.system("ls " + a)


# case: translate
def translated():
    os.system("ls " + request.args["a"].translate(str.maketrans("a", "b")))  # expect: command-injection from 218


# case: zfill of a number
def zero_filled():
    os.system("ls " + str(int(request.args["a"])).zfill(4))


# case: startswith gives a truth value
def starts():
    os.system("ls " + str(request.args["a"].startswith("x")))


# case: hex of a number
def hexadecimal():
    os.system("ls " + hex(int(request.args["a"])))
