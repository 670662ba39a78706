"""Functions that a function makes share variables with each other, and with no others."""

import os

from flask import request


# case: two lists of two closures
def keeper():
    kept = []

    def keep(value):
        kept.append(value)
        return kept

    return keep


def two_keepers():
    one = keeper()
    two = keeper()
    one(request.args["a"])
    os.system("ls " + two("fixed")[0])


# case: a list of one closure
def one_keeper():
    one = keeper()
    one(request.args["a"])
    os.system("ls " + one("fixed")[0])  # expect: command-injection from 29


# case: pairs of functions, each with a variable of its own
def box():
    held = ""

    def put(value):
        nonlocal held
        held = value

    def read():
        return held

    return put, read


def two_boxes():
    put, _ = box()
    _, read = box()
    put(request.args["a"])
    os.system("ls " + read())


# case: a pair of functions with one variable
def one_box():
    put, read = box()
    put(request.args["a"])
    os.system("ls " + read())  # expect: command-injection from 57


# case: functions in a dict, with a dict of their own
def shelf():
    kept = {"name": ""}

    def put(value):
        kept["name"] = value

    return {"put": put, "read": lambda: kept["name"]}


def two_shelves():
    one = shelf()
    two = shelf()
    one["put"](request.args["a"])
    os.system("ls " + two["read"]())


# case: functions in one dict
def one_shelf():
    one = shelf()
    one["put"](request.args["a"])
    os.system("ls " + one["read"]())  # expect: command-injection from 81
