import os
import re
from flask import request


class Ctx:
    def __init__(self, text):
        self.text = text
        self.is_valid = text.isalnum()
        self.is_short = len(text) < 9


class Late:
    def __init__(self, text):
        self.is_valid = re.fullmatch(r"\w+", text) is not None
        self.text = text
        self.other = "-" + text


# case: methods ask what the constructor has checked
class Own:
    def __init__(self, text):
        self.text = text
        self.problem = not self.text.isalnum()

    def show(self):
        if self.problem:
            return
        os.system("ls " + self.text)

    def show_wrong(self):
        if not self.problem:
            return
        os.system("ls " + self.text)  # expect: command-injection from 110


# case: classes that check
class Either:
    def __init__(self, text, strict):
        self.text = text
        if strict:
            self.is_valid = text.isalnum()
        else:
            self.is_valid = len(text) < 40


class Named:
    def __init__(self, text):
        self.text = text

    @property
    def is_valid(self):
        return re.fullmatch(r"\w+", self.text) is not None

    @property
    def is_short(self):
        return len(self.text) < 40


# case: an attribute that a check gave its answer
def kept():
    c = Ctx(request.args["q"])
    if c.is_valid:
        os.system("ls " + c.text)


# case: the same where the check did not hold
def kept_otherwise():
    c = Ctx(request.args["q"])
    if not c.is_valid:
        os.system("ls " + c.text)  # expect: command-injection from 69


# case: a check of the length alone
def short():
    c = Ctx(request.args["q"])
    if c.is_short:
        os.system("ls " + c.text)  # expect: command-injection from 76


# case: the text is another one since
def replaced():
    c = Ctx(request.args["q"])
    c.text = request.args["r"]
    if c.is_valid:
        os.system("ls " + c.text)  # expect: command-injection from 84


# case: the check comes before the text is kept, and asks whether a pattern matches
def late():
    c = Late(request.args["q"])
    if c.is_valid:
        os.system("ls " + c.text)


# case: what was made of the text was not checked
def made_of_it():
    c = Late(request.args["q"])
    if c.is_valid:
        os.system("ls x" + c.other)  # expect: command-injection from 98


# case: an attribute that says what is wrong
def own():
    Own(request.args["q"]).show()


# case: the same where something is wrong
def own_wrong():
    Own(request.args["q"]).show_wrong()


# case: an answer that one of two checks gave
def either(strict):
    c = Either(request.args["q"], strict)
    if c.is_valid:
        os.system("ls " + c.text)  # expect: command-injection from 115


# case: a property that checks
def by_property():
    c = Named(request.args["q"])
    if c.is_valid:
        os.system("ls " + c.text)


# case: a property that asks for the length
def short_property():
    c = Named(request.args["q"])
    if c.is_short:
        os.system("ls " + c.text)  # expect: command-injection from 129


# case: a property that refuses
def refused():
    c = Named(request.args["q"])
    if not c.is_valid:
        raise ValueError
    os.system("ls " + c.text)


# case: what was checked is another object
def another():
    c = Ctx(request.args["q"])
    d = Ctx(request.args["r"])
    if d.is_valid:
        os.system("ls " + c.text)  # expect: command-injection from 144
