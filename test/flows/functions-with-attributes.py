import os
from flask import request


def kept():
    return kept.word


class Ear:
    def __eq__(self, other):
        return other == "ls"


class Tag:
    def __init__(self, word):
        self.word = word

    def __format__(self, wanted):
        return self.word if wanted == "raw" else "ls"

    def __eq__(self, other):
        return self.word.lower() == other.word.lower()


# case: what is stored on a function
def stored_on_function():
    kept.word = request.args["w"]
    os.system(kept())  # expect: command-injection from 27


# case: what is stored on a function last
def stored_last():
    kept.word = request.args["w"]
    kept.word = "ls"
    os.system(kept())


# case: an object says how it reads in a format
def in_format():
    os.system(f"{Tag(request.args['w']):raw}")  # expect: command-injection from 40


# case: an object says how it reads in another format
def in_other_format():
    os.system(f"{Tag(request.args['w'])}")


# case: objects that are equal by their own word
def equal_objects():
    if Tag("A") == Tag("a"):
        os.system(request.args["w"])  # expect: command-injection from 51


# case: objects that are not equal by their own word
def unequal_objects():
    if Tag("A") == Tag("b"):
        os.system(request.args["w"])


# case: objects of which it is not known whether they are equal
def unknown_objects():
    if Tag("A") != Tag(request.args["t"]):
        os.system(request.args["w"])  # expect: command-injection from 63
