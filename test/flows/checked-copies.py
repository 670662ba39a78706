import os
from flask import request

ALLOWED = ("name", "age")


# case: what is proved of a text holds for the copy that was made before
def copy_is_used():
    text = request.args["t"]
    column = text
    if text not in ALLOWED:
        column = "name"
    os.system("sort " + column)


# case: what is proved of a copy holds for the text
def copy_is_checked():
    text = request.args["t"]
    word = text
    if not word.isalnum():
        return
    os.system("sort " + text)


# case: what is proved of a text does not hold for another one
def other_is_used():
    text = request.args["t"]
    column = request.args["c"]
    if text not in ALLOWED:
        column = "name"
    os.system("sort " + column)  # expect: command-injection from 28


# case: a copy that was bound again is none
def bound_again():
    text = request.args["t"]
    word = text
    text = request.args["u"]
    if not word.isalnum():
        return
    os.system("sort " + text)  # expect: command-injection from 38


# case: what is proved of the copy of a part does not hold for the whole
def part_is_checked():
    text = request.args["t"]
    word = text[1:]
    if not word.isalnum():
        return
    os.system("sort " + text)  # expect: command-injection from 46
