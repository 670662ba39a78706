import os
from flask import request


def is_plain(text):
    return text.isalnum()


def is_short(text):
    return len(text) < 99


CHECKS = [is_plain, is_short]
OTHERS = [is_short, lambda text: text != "root"]
METHODS = (str.isalnum, len)


# case: each check of a list holds
def each_holds():
    text = request.args["t"]
    if all(check(text) for check in CHECKS):
        os.system("ls " + text)


# case: each check of a list that proves nothing holds
def each_of_others_holds():
    text = request.args["t"]
    if all(check(text) for check in OTHERS):
        os.system("ls " + text)  # expect: command-injection from 27


# case: one check of a list holds
def any_holds():
    text = request.args["t"]
    if any(check(text) for check in CHECKS):
        os.system("ls " + text)  # expect: command-injection from 34


# case: none of the checks of a list fails
def none_fails():
    text = request.args["t"]
    if any(not check(text) for check in CHECKS):
        return
    os.system("ls " + text)


# case: each method of a list holds
def each_method_holds():
    text = request.args["t"]
    if not all(method(text) for method in METHODS):
        return
    os.system("ls " + text)


# case: a loop goes through the checks
def in_turn():
    text = request.args["t"]
    for check in CHECKS:
        if not check(text):
            return
    os.system("ls " + text)


# case: a loop goes through checks that prove nothing
def others_in_turn():
    text = request.args["t"]
    for check in OTHERS:
        if not check(text):
            return
    os.system("ls " + text)  # expect: command-injection from 66


# case: a loop goes through the checks, and nothing follows from them
def in_turn_in_vain():
    text = request.args["t"]
    failed = 0
    for check in CHECKS:
        if not check(text):
            failed += 1
    print(failed)
    os.system("ls " + text)  # expect: command-injection from 75
