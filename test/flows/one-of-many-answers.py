import os

from flask import request


def problem_of(name):
    if not name:
        return False, "empty"
    if len(name) > 80:
        return False, "too long"
    if name.startswith(" "):
        return False, "begins with a space"
    if name.endswith("."):
        return False, "ends with a dot"
    if name.lower() == "con":
        return False, "a device"
    return True, ""


def never(name):
    if not name:
        return False, "empty"
    if len(name) > 80:
        return False, "too long"
    if name.startswith(" "):
        return False, "begins with a space"
    if name.endswith("."):
        return False, "ends with a dot"
    if name.lower() == "con":
        return False, "a device"
    return False, "nobody may"


# case: the last of many answers is another one
def stored():
    name = request.args["name"]
    is_good, problem = problem_of(name)
    if not is_good:
        raise ValueError(problem)
    os.system("touch " + name)  # expect: command-injection from 36


# case: all of many answers are alike
def refused():
    name = request.args["name"]
    is_good, problem = never(name)
    if not is_good:
        raise ValueError(problem)
    os.system("touch " + name)


# case: what one of many answers holds
def command_of(kind):
    if kind == "list":
        return ["ls"]
    if kind == "where":
        return ["pwd"]
    if kind == "who":
        return ["whoami"]
    if kind == "when":
        return ["date"]
    return [request.args["program"]]


def run():
    os.execvp(command_of("other")[0], ["x"])  # expect: command-injection from 62


def run_any(kind):
    os.execvp(command_of(kind)[0], ["x"])  # expect: command-injection from 62
