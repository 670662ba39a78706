import os
from flask import request

ALLOWED = {"name": "text", "age": "number"}
STATE = {"name": "x"}


def forget(name):
    STATE.pop(name, None)


def loaded(given):
    return {key: value for key, value in given.items() if key in ALLOWED}


# case: a key that a dict certainly has
def certain():
    given = {"name": "x", "nick": request.args["q"]}
    os.system("ls " + ("x" if "name" in given else given["nick"]))


# case: a key that it certainly has not
def missing():
    given = {"name": "x", "nick": request.args["q"]}
    os.system("ls " + ("x" if "age" in given else given["nick"]))  # expect: command-injection from 24


# case: those of the keys that it has
def chosen():
    given = {"nick": request.args["q"], "name": "x"}
    os.system("ls " + ",".join(f"{key}={given[key]}" for key in ALLOWED if key in given))


# case: one of them is what was sent
def chosen_sent():
    given = {"nick": "x", "name": request.args["q"]}
    os.system("ls " + ",".join(f"{key}={given[key]}" for key in ALLOWED if key in given))  # expect: command-injection from 36


# case: a key that is there on one way only
def one_way(strict):
    given = {"nick": request.args["q"]}
    if strict:
        given["name"] = "x"
    os.system("ls " + ("x" if "name" in given else given["nick"]))  # expect: command-injection from 42


# case: any key may have been taken out
def taken_out(which):
    given = {"name": "x", "nick": request.args["q"]}
    given.pop(which)
    os.system("ls " + ("x" if "name" in given else request.args["q"]))  # expect: command-injection from 52


# case: any key may have been deleted
def deleted(which):
    given = {"name": "x"}
    del given[which]
    os.system("ls " + ("x" if "name" in given else request.args["q"]))  # expect: command-injection from 59


# case: another function takes keys out of what everyone shares
def shared():
    os.system("ls " + ("x" if "name" in STATE else request.args["q"]))  # expect: command-injection from 64


# case: the keys that a comprehension may have left out
def left_out(wanted):
    given = {key: value for key, value in {"name": "x"}.items() if key == wanted}
    os.system("ls " + ("x" if "name" in given else request.args["q"]))  # expect: command-injection from 70


# case: an entry of what a comprehension may have left out
def entry():
    os.system("ls " + loaded({"name": "x", "age": request.args["q"]})["name"])


# case: the other entry of it
def other_entry():
    os.system("ls " + loaded({"name": "x", "age": request.args["q"]})["age"])  # expect: command-injection from 80


# case: a loop over keys takes them in their order
def in_order():
    given = {"nick": request.args["q"], "name": "x"}
    last = ""
    for key in given:
        last = given[key]
    os.system("ls " + last)


# case: the one that comes last is what was sent
def last_sent():
    given = {"name": "x", "nick": request.args["q"]}
    last = ""
    for key in given:
        last = given[key]
    os.system("ls " + last)  # expect: command-injection from 94
