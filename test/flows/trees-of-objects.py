import os
from flask import request


class Node:
    def __init__(self, text, children=()):
        self.text = text
        self.children = list(children)

    def flat(self):
        found = [self.text]
        for child in self.children:
            found += child.flat()
        return found

    def depth(self):
        return 1 + max((child.depth() for child in self.children), default=0)

    def deepest(self):
        for child in self.children:
            return child.deepest()
        return self.text

    def show(self, level=0):
        lines = ["-" * level + self.text]
        for child in self.children:
            lines.extend(child.show(level + 1))
        return lines


    def joined(self):
        whole = self.text
        for child in self.children:
            whole += child.joined()
        return whole


class Link:
    def __init__(self, text, rest=None):
        self.text = text
        self.rest = rest

    def last(self):
        if self.rest is None:
            return self.text
        return self.rest.last()


# case: texts that are collected from a tree
def collected():
    os.system("ls " + " ".join(Node("a", [Node("b"), Node(request.args["q"])]).flat()))  # expect: command-injection from 51


# case: how deep a tree is
def counted():
    os.system("ls " + str(Node("a", [Node("b"), Node(request.args["q"])]).depth()))


# case: the last of a chain of objects
def last():
    os.system("ls " + Link("x", Link("y", Link(request.args["q"]))).last())  # expect: command-injection from 61


# case: the text of another object of the tree
def other():
    os.system("ls " + Node(request.args["q"], [Node("b"), Node("c")]).deepest())


# case: objects inside objects inside objects
def deepest():
    os.system("ls " + Node("a", [Node("b", [Node(request.args["q"])])]).deepest())  # expect: command-injection from 71


# case: a tree that counts how deep it is
def shown():
    os.system("ls " + " ".join(Node("a", [Node("b"), Node(request.args["q"])]).show()))  # expect: command-injection from 76


# case: objects that are made of each row
def rows():
    rows = request.get_json()
    os.system("ls " + " ".join(Node("a", [Node(row) for row in rows]).show()))  # expect: command-injection from 81


# case: an object that holds itself
def ring():
    first = Link("x")
    first.rest = first
    os.system("ls " + first.last())


# case: the same with what was sent
def ring_text():
    first = Link(request.args["q"])
    first.rest = first
    os.system("ls " + first.last())  # expect: command-injection from 94


# case: one text of many
def joined():
    rows = request.get_json()
    os.system("ls " + Node("a", [Node(row) for row in rows]).joined())  # expect: command-injection from 101


class Sorted:
    def __init__(self, key, text):
        self.key, self.text, self.left, self.right = key, text, None, None

    def find(self, key):
        if key == self.key:
            return self.text
        child = self.left if key < self.key else self.right
        return child.find(key) if child else None


# case: a method that goes down a tree with a number that stays as it is
def found_by_number():
    tree = Sorted(5, "five")
    tree.left = Sorted(3, request.args["v"])
    os.system(tree.find(3))  # expect: command-injection from 119


# case: the root of a tree that is found by its number
def root_by_number():
    tree = Sorted(3, "three")
    tree.left = Sorted(2, request.args["v"])
    os.system(tree.find(3))
