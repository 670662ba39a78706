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


class Node:
    def __init__(self, word, behind=None):
        self.word, self.behind = word, behind


class Chain:
    def __init__(self):
        self.head = None

    def push(self, word):
        self.head = Node(word, self.head)

    def pop(self):
        node = self.head
        self.head = node.behind
        return node.word


class Subject:
    def __init__(self):
        self.observers = []
        self.word = ""

    def attach(self, observer):
        self.observers.append(observer)

    def tell(self, word):
        self.word = word
        for observer in self.observers:
            observer.update(self)


class Observer:
    seen = "ls"

    def update(self, subject):
        self.seen = subject.word


class Parameters:
    def __init__(self, given):
        self.given = given

    def get(self, name, default=None):
        return self.given.get(name, default)


def last_of(word):
    chain = Chain()
    chain.push(word)
    chain.push("ls")
    chain.pop()
    return chain.pop()


def first_of(word):
    chain = Chain()
    chain.push(word)
    chain.push("ls")
    return chain.pop()


def told(word):
    subject, observer = Subject(), Observer()
    subject.attach(observer)
    subject.tell(word)
    return observer.seen


def told_others(word):
    subject, observer, other = Subject(), Observer(), Observer()
    subject.attach(observer)
    subject.tell(word)
    return other.seen


# case: what lies behind another node of a chain
def behind():
    os.system(last_of(request.args["name"]))  # expect: command-injection from 153


# case: what lies in front of it
def in_front():
    os.system(first_of(request.args["name"]))


# case: one object tells another that was attached to it
def attached():
    os.system(told(request.args["name"]))  # expect: command-injection from 163


# case: an object that was not attached
def not_attached():
    os.system(told_others(request.args["name"]))


# case: a method that is called like that of the container it asks
def method_of_same_name():
    os.system(Parameters({"name": request.args["name"], "kind": "ls"}).get("name"))  # expect: command-injection from 173


# case: a method that is called like that of the container it asks, for another key
def method_of_same_name_harmless():
    os.system(Parameters({"name": request.args["name"], "kind": "ls"}).get("kind"))
