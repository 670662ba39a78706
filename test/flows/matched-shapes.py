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
