import os
from flask import request


class Answer:
    def __init__(self, text):
        self.text = text

    def __bool__(self):
        return self.text == "yes"


class Row:
    def __init__(self, *cells):
        self.cells = cells

    def __len__(self):
        return len(self.cells)

    def __contains__(self, cell):
        return cell in self.cells


# case: an object is false by its own word
def false_object():
    os.system("ls" if Answer("no") else request.args["w"])  # expect: command-injection from 26


# case: an object is true by its own word
def true_object():
    os.system("ls" if Answer("yes") else request.args["w"])


# case: it is not known what an object says of itself
def unknown_object():
    if Answer(request.args["a"]):
        os.system(request.args["w"])  # expect: command-injection from 37


# case: an object without elements is false
def empty_object():
    os.system(request.args["w"] if Row() else "ls")


# case: an object has as many elements as it says
def long_object():
    if len(Row("a", "b")) > 1:
        os.system(request.args["w"])  # expect: command-injection from 48


# case: an object has fewer elements
def short_object():
    if len(Row("a")) > 1:
        os.system(request.args["w"])


# case: an object says what is in it
def in_object():
    if "a" in Row("a", "b"):
        os.system(request.args["w"])  # expect: command-injection from 60


# case: an object says what is not in it
def not_in_object():
    if "c" in Row("a", "b"):
        os.system(request.args["w"])
