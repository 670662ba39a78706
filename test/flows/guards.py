import os
import re
import uuid

from flask import abort, request

ALLOWED = ("start", "stop")
COMMANDS = {"start": "systemctl start app", "stop": "systemctl stop app"}


# case: membership in a tuple of constants
def member():
    a = request.args["a"]
    if a in ("start", "stop"):
        os.system("service app " + a)


# case: the branch where membership does not hold
def member_else():
    a = request.args["a"]
    if a in ("start", "stop"):
        pass
    else:
        os.system("service app " + a)  # expect: command-injection from 20


# case: not in, and an early return
def not_member_returns():
    a = request.args["a"]
    if a not in ALLOWED:
        return "no"
    os.system("service app " + a)
    return "yes"


# case: not in, and nothing happens
def not_member_ignored():
    a = request.args["a"]
    if a not in ALLOWED:
        print("odd")
    os.system("service app " + a)  # expect: command-injection from 38


# case: not in, and abort
def not_member_aborts():
    a = request.args["a"]
    if a not in ALLOWED:
        abort(400)
    os.system("service app " + a)


# case: not in, and raise
def not_member_raises():
    a = request.args["a"]
    if a not in {"start", "stop"}:
        raise ValueError(a)
    os.system("service app " + a)


# case: a denylist proves nothing
def denylist():
    a = request.args["a"]
    if ";" in a or "&" in a:
        return
    os.system("service app " + a)  # expect: command-injection from 62


# case: another value is checked
def other_checked():
    a = request.args["a"]
    b = request.args["b"]
    if b in ALLOWED:
        os.system("service app " + a)  # expect: command-injection from 70


# case: the value changes after the check
def changed_after():
    a = request.args["a"]
    if a in ALLOWED:
        a = request.args["b"]
        os.system("service app " + a)  # expect: command-injection from 80


# case: the keys of a dict as an allowlist
def dict_keys():
    a = request.args["a"]
    if a in COMMANDS:
        os.system("service app " + a)


# case: looked up in a dict of constants
def looked_up():
    os.system(COMMANDS[request.args["a"]])


# case: looked up with a constant default
def looked_up_default():
    os.system(COMMANDS.get(request.args["a"], "true"))


# case: looked up with itself as the default
def looked_up_itself():
    a = request.args["a"]
    os.system(COMMANDS.get(a, a))  # expect: command-injection from 103


# case: equality with a constant
def equal():
    a = request.args["a"]
    if a == "start":
        os.system("service app " + a)


# case: inequality with a constant
def unequal():
    a = request.args["a"]
    if a != "start":
        os.system("service app " + a)  # expect: command-injection from 116


# case: inequality returns early
def unequal_returns():
    a = request.args["a"]
    if a != "start":
        return
    os.system("service app " + a)


# case: isdigit
def digits():
    a = request.args["a"]
    if a.isdigit():
        os.system("kill " + a)


# case: not isdigit returns
def digits_returns():
    a = request.args["a"]
    if not a.isdigit():
        return
    os.system("kill " + a)


# case: isdigit with the branches the wrong way round
def digits_wrong():
    a = request.args["a"]
    if a.isdigit():
        return
    os.system("kill " + a)  # expect: command-injection from 146


# case: isalnum
def alphanumeric():
    a = request.args["a"]
    if not a.isalnum():
        abort(400)
    os.system("kill " + a)


# case: fullmatch of a harmless pattern
def fullmatch():
    a = request.args["a"]
    if re.fullmatch(r"[a-z0-9_]+", a):
        os.system("id " + a)


# case: fullmatch of a pattern that admits anything
def fullmatch_wide():
    a = request.args["a"]
    if re.fullmatch(r".+", a):
        os.system("id " + a)  # expect: command-injection from 169


# case: match without an end
def match_open():
    a = request.args["a"]
    if re.match(r"[a-z]+", a):
        os.system("id " + a)  # expect: command-injection from 176


# case: match with both ends
def match_closed():
    a = request.args["a"]
    if not re.match(r"^[a-z]+$", a):
        return
    os.system("id " + a)


# case: search without ends
def search_open():
    a = request.args["a"]
    if re.search(r"[a-z]+", a):
        os.system("id " + a)  # expect: command-injection from 191


NAME = re.compile(r"[A-Za-z]\w{0,20}")


# case: a compiled pattern
def compiled():
    a = request.args["a"]
    if NAME.fullmatch(a) is None:
        abort(400)
    os.system("id " + a)


# case: a compiled pattern, searched
def compiled_search():
    a = request.args["a"]
    if NAME.search(a) is None:
        abort(400)
    os.system("id " + a)  # expect: command-injection from 209


# case: isinstance of a number
def is_number():
    a = request.get_json()["a"]
    if isinstance(a, int):
        os.system("kill " + str(a))


# case: isinstance of text
def is_text():
    a = request.get_json()["a"]
    if isinstance(a, str):
        os.system("kill " + a)  # expect: command-injection from 224


# case: conversion to a number that raises
def converts():
    a = int(request.args["a"])
    os.system("kill " + str(a))


# case: conversion to a UUID
def converts_uuid():
    a = uuid.UUID(request.args["a"])
    os.system("rm " + str(a))


# case: a conversion whose result is not used
def converts_unused():
    a = request.args["a"]
    try:
        int(a)
    except ValueError:
        return
    os.system("kill " + a)


# case: a conversion that may fail silently
def converts_swallowed():
    a = request.args["a"]
    try:
        int(a)
    except ValueError:
        pass
    os.system("kill " + a)  # expect: command-injection from 253


def is_allowed(value):
    return value in ALLOWED


def is_long(value):
    return len(value) > 3


def require_allowed(value):
    if value not in ALLOWED:
        raise ValueError(value)


def only_logs(value):
    if value not in ALLOWED:
        print("odd value")


# case: a helper that answers
def helper():
    a = request.args["a"]
    if is_allowed(a):
        os.system("service app " + a)


# case: a helper that answers something else
def helper_other():
    a = request.args["a"]
    if is_long(a):
        os.system("service app " + a)  # expect: command-injection from 288


# case: the negated helper
def helper_negated():
    a = request.args["a"]
    if not is_allowed(a):
        abort(400)
    os.system("service app " + a)


# case: the helper the wrong way round
def helper_wrong():
    a = request.args["a"]
    if is_allowed(a):
        abort(400)
    os.system("service app " + a)  # expect: command-injection from 303


# case: a helper that raises
def helper_raises():
    a = request.args["a"]
    require_allowed(a)
    os.system("service app " + a)


# case: a helper that only writes a line
def helper_logs():
    a = request.args["a"]
    only_logs(a)
    os.system("service app " + a)  # expect: command-injection from 318


# case: two conditions with and
def both():
    a = request.args["a"]
    if a and a in ALLOWED:
        os.system("service app " + a)


# case: two conditions with or, one of them open
def either_open():
    a = request.args["a"]
    if a in ALLOWED or len(a) < 5:
        os.system("service app " + a)  # expect: command-injection from 332


# case: two allowlists with or
def either_closed():
    a = request.args["a"]
    if a == "start" or a == "stop":
        os.system("service app " + a)


# case: or of negations returns
def or_returns():
    a = request.args["a"]
    if not a or a not in ALLOWED:
        return
    os.system("service app " + a)


# case: and of negations returns
def and_returns():
    a = request.args["a"]
    if not a and a not in ALLOWED:
        return
    os.system("service app " + a)  # expect: command-injection from 354


# case: assert is not a check
def asserted():
    a = request.args["a"]
    assert a in ALLOWED
    os.system("service app " + a)  # expect: command-injection from 362


# case: a condition kept in a variable
def kept():
    a = request.args["a"]
    allowed = a in ALLOWED
    if not allowed:
        return
    os.system("service app " + a)


# case: the check of a conditional expression
def conditional():
    a = request.args["a"]
    os.system("service app " + (a if a in ALLOWED else "status"))


# case: an item of a container is checked
def item_checked():
    data = request.get_json()
    if data["a"] in ALLOWED:
        os.system("service app " + data["a"])


# case: another item of the container is checked
def other_item_checked():
    data = request.get_json()
    if data["b"] in ALLOWED:
        os.system("service app " + data["a"])  # expect: command-injection from 391


# case: lower before the comparison
def lowered():
    a = request.args["a"]
    if a.lower() not in ("x", "y"):
        return
    os.system("service app " + a)


# case: a list that the request fills is no allowlist
def own_list():
    a = request.args["a"]
    if a in request.args.getlist("allowed"):
        os.system("service app " + a)  # expect: command-injection from 406


# case: every element is checked
def all_checked():
    parts = request.args.getlist("a")
    if not all(part.isalnum() for part in parts):
        abort(400)
    os.system("ls " + " ".join(parts))


# case: only some element is checked
def any_checked():
    parts = request.args.getlist("a")
    if not any(part.isalnum() for part in parts):
        abort(400)
    os.system("ls " + " ".join(parts))  # expect: command-injection from 421


# case: a name without a separator stays in its folder
def no_separator():
    a = request.args["a"]
    if "/" in a or "\\" in a:
        abort(400)
    return open("/srv/files/" + a)


# case: the separator by its name, checked by a helper that raises
def no_separator_helper():
    a = request.args["a"]
    refuse_folders(a)
    return open(os.path.join("/srv/files", a))


def refuse_folders(name):
    if os.sep in name:
        raise ValueError(name)


# case: a path without two dots may still be absolute
def no_dots():
    a = request.args["a"]
    if ".." in a:
        abort(400)
    return open(os.path.join("/srv/files", a))  # expect: path-traversal from 449


# case: the branch where the separator is there
def separator_there():
    a = request.args["a"]
    if "/" in a:
        return open("/srv/files/" + a)  # expect: path-traversal from 457
    return None


# case: a name without a separator is no number and no word
def no_separator_command():
    a = request.args["a"]
    if "/" in a:
        return
    os.system("service app " + a)  # expect: command-injection from 465


# case: what was proved of an item ends with its container
def item_of_new_container():
    data = request.get_json()
    if data["a"] in ("x", "y"):
        data = request.get_json(force=True)
        os.system("ls " + data["a"])  # expect: command-injection from 475


# case: an unknown object that is asked tells nothing
def unknown_object_asked(tool):
    os.system("ls " + str(tool.is_known(request.args["a"])))


# case: an unknown object that is told may pass it on
def unknown_object_told(tool):
    os.system("ls " + str(tool.expand(request.args["a"])))  # expect: command-injection from 486
