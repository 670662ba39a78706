import os
from flask import request

LETTERS = "abcdefghijklmnopqrstuvwxyz"


# case: a loop that ends early gives the text another value, else each character was proved
def broken_out():
    text = request.args["t"]
    for character in text:
        if character not in LETTERS:
            text = "none"
            break
    os.system("ls " + text)


# case: a loop that ends early leaves the text as it was
def broken_out_unchanged():
    text = request.args["t"]
    for character in text:
        if character not in LETTERS:
            break
    os.system("ls " + text)  # expect: command-injection from 19


# case: what stands behind a loop that was not broken out of
def not_broken_out():
    text = request.args["t"]
    for character in text:
        if not character.isalnum():
            break
    else:
        os.system("ls " + text)


# case: another value of the loop's variable leaves the sequence as it was
def variable_is_replaced():
    parts = [request.args["a"], "b"]
    for part in parts:
        if not part.isalnum():
            part = "x"
    os.system("ls " + ",".join(parts))  # expect: command-injection from 38


# case: the loop's variable itself is another one
def replaced_is_used():
    for part in [request.args["a"], "b"]:
        if not part.isalnum():
            part = "x"
        os.system("ls " + part)


# case: the same over what is not known by place
def variable_of_many_is_replaced():
    parts = request.args.getlist("p")
    for part in parts:
        if not part.isalnum():
            part = "x"
    os.system("ls " + ",".join(parts))  # expect: command-injection from 55


# case: who refuses one of many has proved it of each
def many_are_refused():
    parts = request.args.getlist("p")
    for part in parts:
        if not part.isalnum():
            return
    os.system("ls " + ",".join(parts))
