import os
from flask import request


# case: a loop that ends in its first turn
def first_turn():
    chosen = "none"
    for word in ["ls", "id", request.args["w"]]:
        chosen = word
        break
    os.system(chosen)


# case: a loop that goes on to its last turn
def last_turn():
    chosen = "none"
    for word in ["ls", "id", request.args["w"]]:
        chosen = word
    os.system(chosen)  # expect: command-injection from 17


# case: what the last turn left is a constant
def last_is_constant():
    chosen = "none"
    for word in [request.args["w"], "ls"]:
        chosen = word
    os.system(chosen)


def compose(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value

    return run


# case: functions that run one after the other, of which the first tells the length
def composed():
    os.system("head -" + compose(len, str)(request.args["w"]))


# case: functions that run one after the other, and keep the text
def composed_text():
    os.system("head -" + compose(str.strip, str)(request.args["w"]))  # expect: command-injection from 46


# case: each of several values is checked in its turn
def checked_in_turn():
    host, name = request.args["h"], request.args["n"]
    for one in (host, name):
        if not one.isalnum():
            return
    os.system("ping " + host + name)


# case: of several values only those that do not begin with a dash are checked
def skipped_in_turn():
    words = [request.args["h"], request.args["n"]]
    for one in words:
        if one.startswith("-"):
            continue
        if not one.isalnum():
            return
    os.system("ping " + words[0])  # expect: command-injection from 60


# case: a loop inside a loop, in turns
def inner_turns():
    rows = [["a", request.args["x"]], ["b", "c"]]
    last = ""
    for row in rows:
        for cell in row:
            last = cell
    os.system(last)


# case: a turn that is cut short
def cut_short():
    last = ""
    for word in ["a", request.args["x"], "b"]:
        if word == "b":
            continue
        last = word
    os.system(last)  # expect: command-injection from 82


# case: a number that a loop counts in turns
def counted():
    total = 0
    for number in [1, 2, 3]:
        total += number
    command = "ls" if total == 6 else request.args["c"]
    os.system(command)


# case: a number that a loop counts to another one
def counted_other():
    total = 0
    for number in [1, 2, 4]:
        total += number
    command = "ls" if total == 6 else request.args["c"]
    os.system(command)  # expect: command-injection from 103


# case: a constant is the last of what a loop keeps in turns
def kept_last():
    kept = []
    for word in [request.args["w"], "ls"]:
        kept = [word]
    os.system(kept[0])


# case: a loop over a pair that is swapped in each turn
def swapped():
    first, second = "ls", request.args["w"]
    for _ in (1, 2):
        first, second = second, first
    os.system(first)
