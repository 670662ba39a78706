import os
from flask import request


def cleaned(text):
    if text.isalnum():
        return text
    return None


def complaint(text):
    if not text.isalnum():
        return "bad characters"
    return None


def looked_at(text):
    if text.isalnum():
        return ""
    return "odd"


# case: a function gives back something where it has proved it
def something():
    text = request.args["t"]
    os.system("none" if cleaned(text) is None else text)


# case: a function gives back nothing where it has proved nothing
def nothing():
    text = request.args["t"]
    os.system(text if cleaned(text) is None else "none")  # expect: command-injection from 31


# case: a function complains of what it has not proved
def no_complaint():
    text = request.args["t"]
    problem = complaint(text)
    if problem is not None:
        return
    os.system(text)


# case: a function that complains is not asked
def complained():
    text = request.args["t"]
    problem = complaint(text)
    if problem is None:
        return
    os.system(text)  # expect: command-injection from 46


# case: a function that always gives back something proves nothing by that
def always_something():
    text = request.args["t"]
    if looked_at(text) is not None:
        os.system(text)  # expect: command-injection from 55


class Checks:
    def cleaned(self, text):
        if not text.isalnum():
            return None
        return text


# case: a method gives back something where it has proved it
def something_of_a_method():
    text = request.args["t"]
    if Checks().cleaned(text) is None:
        return
    os.system(text)


# case: what a function gives back is named where it is asked for
def something_on_the_way():
    text = request.args["t"]
    if (word := cleaned(text)) is not None:
        os.system(text + word)


# case: nothing is compared as if it were a value
def something_compared():
    text = request.args["t"]
    if cleaned(text) != None:  # noqa: E711
        os.system(text)
