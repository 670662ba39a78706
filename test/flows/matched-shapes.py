import os
from flask import request


class Say:
    def __init__(self, text, to):
        self.text = text
        self.to = to


class Ping:
    pass


# case: a mapping that matches for certain is the last
def mapping():
    match {"type": "say", "text": request.args["w"], "to": "ls"}:
        case {"type": "ping"}:
            os.system(request.args["w"])
        case {"type": "say", "to": word}:
            os.system(word)
        case {"text": word}:
            os.system(word)


# case: the value of a mapping's key is bound
def value_of_mapping():
    match {"type": "say", "text": request.args["w"]}:
        case {"type": "say", "text": word}:
            os.system(word)  # expect: command-injection from 28


# case: a mapping may be without a key
def mapping_without_key(other):
    message = {"text": request.args["w"]}
    if other:
        message["to"] = "ls"
    match message:
        case {"to": word}:
            os.system(word)
        case {"text": word}:
            os.system(word)  # expect: command-injection from 35


# case: an object is of another class
def other_class():
    match Ping():
        case Say():
            os.system(request.args["w"])
        case Ping():
            os.system("ls")
        case _:
            os.system(request.args["w"])


# case: an object is of the class
def same_class():
    match Say(request.args["w"], "ls"):
        case Ping():
            os.system("ls")
        case Say(to=first, text=second):
            os.system(first)
            os.system(second)  # expect: command-injection from 58


# case: one of several shapes
def several_shapes():
    match ("set", request.args["w"]):
        case ("get", word) | ("set", word):
            os.system(word)  # expect: command-injection from 68


# case: none of several shapes
def no_shape():
    match ("del", request.args["w"]):
        case ("get", word) | ("set", word):
            os.system(word)
        case _:
            os.system("ls")


# case: a number is of its type
def number():
    match len(request.args["w"]):
        case int() as count:
            os.system("head -n " + str(count))
        case _:
            os.system(request.args["w"])


# case: a text is no number
def no_number():
    match request.args["w"]:
        case int():
            os.system("ls")
        case str() as word:
            os.system(word)  # expect: command-injection from 93


# case: a constant is of another type
def other_type():
    match "ls":
        case int() | list():
            os.system(request.args["w"])
        case str():
            os.system("ls")
        case _:
            os.system(request.args["w"])
