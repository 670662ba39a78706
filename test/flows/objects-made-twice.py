import os

from flask import request


class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)
        return self

    def pop(self):
        return self.items.pop()


def new_options():
    return {"words": []}


class Shared:
    made = None

    @classmethod
    def get(cls):
        if cls.made is None:
            cls.made = cls()
        return cls.made

    def __init__(self):
        self.words = []


# case: the list of an object is not that of another of its class
def two_stacks():
    first = Stack()
    second = Stack()
    first.push("ls")
    second.push(request.args["name"])
    os.system(second.pop())  # expect: command-injection from 40


# case: the list of an object is not that of another of its class, harmless
def two_stacks_harmless():
    first = Stack()
    second = Stack()
    first.push("ls")
    second.push(request.args["name"])
    os.system(first.pop())


# case: what a function makes is another container with each call
def two_options():
    first = new_options()
    second = new_options()
    second["words"].append(request.args["name"])
    os.system(" ".join(second["words"]))  # expect: command-injection from 57


# case: what a function makes is another container with each call, harmless
def two_options_harmless():
    first = new_options()
    second = new_options()
    second["words"].append(request.args["name"])
    os.system(" ".join(first["words"]) + "ls")


# case: the one object that a class makes of itself is the same for everyone
def one_object():
    Shared.get().words.append(request.args["name"])
    os.system(" ".join(Shared.get().words))  # expect: command-injection from 71
