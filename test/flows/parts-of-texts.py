import os
from flask import request


# case: a part of the constant beginning of a text
def part_of_beginning():
    text = "head:" + request.args["v"] + ":tail"
    os.system(text[:4])
    os.system(text[1:4])


# case: what is behind the constant beginning of a text
def behind_beginning():
    text = "head:" + request.args["v"] + ":tail"
    os.system(text[5:])  # expect: command-injection from 14
    os.system(text[:6])  # expect: command-injection from 14


# case: what stands before the first separator
def before_separator():
    text = "ls=" + request.args["v"]
    os.system(text.partition("=")[0])
    os.system(text.split("=")[0])
    os.system(text.split("=", 1)[0])


# case: what stands behind the first separator
def behind_separator():
    text = "ls=" + request.args["v"]
    os.system(text.partition("=")[2])  # expect: command-injection from 29
    os.system(text.split("=")[1])  # expect: command-injection from 29
    os.system(text.split("=", 1)[1])  # expect: command-injection from 29


# case: another separator
def another_separator():
    text = "ls=" + request.args["v"]
    os.system(text.partition(":")[0])  # expect: command-injection from 37
    os.system(text.split("&")[0])  # expect: command-injection from 37


# case: the parts of a text are unpacked
def unpacked_parts():
    key, _, value = ("ls=" + request.args["v"]).partition("=")
    os.system(key)
    os.system(value)  # expect: command-injection from 44


# case: a separator that comes several times
def several_separators():
    text = "a/b/" + request.args["v"]
    os.system(text.split("/", 1)[1])  # expect: command-injection from 51
    os.system(text.split("/")[1])
    os.system(text.split("/")[-1])  # expect: command-injection from 51


# case: a part of the constant beginning, up to its end
def up_to_end_of_beginning():
    text = f"ls {request.args['v']}"
    os.system(text[:3] + "-l")


# case: two letters of the constant beginning
def letters_of_beginning():
    text = "ls -l " + request.args["v"]
    os.system(text[0:2])
