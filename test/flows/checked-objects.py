import os
from flask import request


class Check:
    def __init__(self, text, other="x"):
        self.text = text
        self.other = other
        self.errors = []

    def is_plain(self):
        return self.text.isalnum()

    def is_odd(self):
        if self.text.isalnum():
            return False
        return True

    def is_valid(self):
        if not self.text.isalnum():
            self.errors.append("characters")
        return not self.errors

    def is_noted(self):
        if not self.text.isalnum():
            self.errors.append("characters")
        return True

    def is_short(self):
        if len(self.text) > 9:
            self.errors.append("length")
        return not self.errors


# case: a method says what it has proved of its object
def asked():
    check = Check(request.args["t"])
    if check.is_plain():
        os.system("ls " + check.text)


# case: a method says that it has not proved it
def asked_otherwise():
    check = Check(request.args["t"])
    if check.is_odd():
        return
    os.system("ls " + check.text)


# case: a method that nobody asks
def not_asked():
    check = Check(request.args["t"])
    check.is_plain()
    os.system("ls " + check.text)  # expect: command-injection from 52


# case: the branch on which the method has proved nothing
def refused():
    check = Check(request.args["t"])
    if not check.is_plain():
        os.system("ls " + check.text)  # expect: command-injection from 59


# case: an object collects what is wrong with it
def collected():
    check = Check(request.args["t"])
    if not check.is_valid():
        return
    os.system("ls " + check.text)


# case: an object collects what is wrong with it and does not say so
def collected_in_vain():
    check = Check(request.args["t"])
    if not check.is_noted():
        return
    os.system("ls " + check.text)  # expect: command-injection from 74


# case: an object is asked about something else
def asked_of_length():
    check = Check(request.args["t"])
    if check.is_short():
        os.system("ls " + check.text)  # expect: command-injection from 82


# case: what is proved of an attribute is not proved of another one
def other_attribute():
    check = Check("x", request.args["t"])
    if check.is_plain():
        os.system("ls " + check.other)  # expect: command-injection from 89


# case: what is proved of an object is not proved of another one
def other_object():
    check, other = Check(request.args["t"]), Check(request.args["u"])
    if check.is_plain():
        os.system("ls " + other.text)  # expect: command-injection from 96


# case: an attribute that is given something else before the answer is looked at
def given_later():
    check = Check(request.args["t"])
    is_plain = check.is_plain()
    check.text = request.args["u"]
    if is_plain:
        os.system("ls " + check.text)  # expect: command-injection from 105


# case: an answer that has a name
def named_answer():
    check = Check(request.args["t"])
    is_plain = check.is_plain()
    if not is_plain:
        return
    os.system("ls " + check.text)


# case: an object that is asked where it is made
def asked_by_its_class():
    class Command(Check):
        def run(self):
            if self.is_plain():
                os.system("ls " + self.text)

    Command(request.args["t"]).run()


# case: an object that is asked in the condition of an expression
def asked_in_expression():
    check = Check(request.args["t"])
    os.system("ls " + (check.text if check.is_plain() else "none"))


# case: an object that is asked together with something else
def asked_with_more():
    check = Check(request.args["t"])
    if check.text and check.is_valid():
        os.system("ls " + check.text)


# case: an object that is asked first, and raises
def asked_first():
    check = Check(request.args["t"])
    if check.is_odd():
        raise ValueError
    os.system("ls " + check.text)


# case: an object that was made by somebody else
def made_elsewhere():
    def make():
        return Check(request.args["t"])

    check = make()
    if check.is_plain():
        os.system("ls " + check.text)
