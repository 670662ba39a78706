import os
from flask import request


class Settings(dict):
    def __getattr__(self, name):
        return self[name]


# case: an item that is read as an attribute
def sent():
    settings = Settings(a="x")
    settings["b"] = request.args["b"]
    os.system(settings.b)  # expect: command-injection from 13


# case: another item
def written():
    settings = Settings(a="x")
    settings["b"] = request.args["b"]
    os.system(settings.a)


# case: a method of the container is no item
def method():
    settings = Settings(a="x")
    settings["b"] = request.args["b"]
    os.system(settings.get("a"))


# case: what a method of the container gives
def method_sent():
    settings = Settings(a="x")
    settings["b"] = request.args["b"]
    os.system(settings.get("b"))  # expect: command-injection from 34


# case: the container is copied
def copied():
    settings = Settings(a="x", b=request.args["b"]).copy()
    os.system(settings["a"])


# case: the container is emptied
def emptied():
    settings = Settings(b=request.args["b"])
    settings.clear()
    settings["b"] = "x"
    os.system(settings.b)


# case: the item is given something else
def replaced():
    settings = Settings(b=request.args["b"])
    settings["b"] = "x"
    os.system(settings.b)
