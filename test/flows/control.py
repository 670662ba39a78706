import contextlib
import os

from flask import abort, request

MODE = "safe"
LEVEL = 3


# case: the else of for runs with what the loop left
def for_else():
    a = "fixed"
    for value in request.args.getlist("a"):
        a = value
    else:
        os.system("ls " + a)  # expect: command-injection from 13


# case: the else of for after a constant loop
def for_else_constant():
    raw = request.args["a"]
    for a in ("x", "y"):
        pass
    else:
        os.system("ls " + a)
    return raw


# case: break before the assignment
def break_before():
    a = "fixed"
    for value in request.args.getlist("a"):
        break
        a = value
    os.system("ls " + a)


# case: continue before the assignment
def continue_before():
    a = "fixed"
    for value in request.args.getlist("a"):
        continue
        a = value
    os.system("ls " + a)


# case: break in one branch carries the value
def break_carries():
    a = "fixed"
    while True:
        if request.method == "POST":
            a = request.form["a"]
            break
        a = "other"
        if request.method == "GET":
            break
    os.system("ls " + a)  # expect: command-injection from 52


# case: every way out of the loop has a constant
def break_constants():
    a = request.args["a"]
    while True:
        if request.method == "POST":
            a = "posted"
            break
        a = "other"
        if request.method == "GET":
            break
    os.system("ls " + a)


# case: the loop runs at least once and replaces it
def loop_replaces():
    a = request.args["a"]
    for a in ("x", "y"):
        pass
    os.system("ls " + a)


# case: the loop may not run, so that the value stays
def loop_may_not_run():
    a = request.args["a"]
    for name in os.listdir("/srv"):
        a = "fixed"
    os.system("ls " + a)  # expect: command-injection from 83


# case: a loop over nothing
def loop_over_nothing():
    a = "fixed"
    for _ in []:
        a = request.args["a"]
    os.system("ls " + a)


# case: values move one place a round
def shifted():
    a = b = c = d = "fixed"
    for _ in range(10):
        d = c
        c = b
        b = a
        a = request.args["a"]
    os.system("ls " + d)  # expect: command-injection from 104


# case: values move one place a round, from constants
def shifted_constant():
    a = request.args["a"]
    b = c = d = "fixed"
    for _ in range(10):
        d = c
        c = b
        b = "other"
    os.system("ls " + d)
    return a


# case: a counter decides nothing about the value
def counted():
    a = "fixed"
    n = 0
    while n < 3:
        n += 1
        if n == 2:
            a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 127


# case: while with an else
def while_else():
    a = request.args["a"]
    n = 0
    while n < 3:
        n += 1
    else:
        a = "fixed"
    os.system("ls " + a)


# case: a handler that returns
def handler_returns():
    a = request.args["a"]
    try:
        a = str(int(a))
    except ValueError:
        return
    os.system("ls " + a)


# case: a handler that goes on with the raw value
def handler_goes_on():
    a = request.args["a"]
    try:
        b = str(int(a))
    except ValueError:
        b = a
    os.system("ls " + b)  # expect: command-injection from 154


# case: a handler that takes a constant
def handler_constant():
    a = request.args["a"]
    try:
        a = str(int(a))
    except ValueError:
        a = "0"
    os.system("ls " + a)


# case: the handler of another try
def nested_try():
    a = "fixed"
    try:
        try:
            a = request.args["a"]
        finally:
            a = a + "!"
    except KeyError:
        a = "none"
    os.system("ls " + a)  # expect: command-injection from 177


# case: finally that cleans whatever happened
def finally_cleans():
    a = "fixed"
    try:
        a = request.args["a"]
        int(a)
    except ValueError:
        a = request.args["b"]
    finally:
        a = "fixed"
    os.system("ls " + a)


# case: finally runs before the function ends
def finally_sink():
    a = "fixed"
    try:
        a = request.args["a"]
        return a
    finally:
        os.system("ls " + a)  # expect: command-injection from 202


# case: finally returns something else
def finally_return():
    try:
        return request.args["a"]
    finally:
        return "fixed"


def use_finally_return():
    os.system("ls " + finally_return())


# case: return in try, finally changes the variable too late
def finally_too_late():
    a = request.args["a"]
    try:
        return a
    finally:
        a = "fixed"


def use_finally_too_late():
    os.system("ls " + finally_too_late())  # expect: command-injection from 222


# case: the else of try is left out when the body raises
def try_else_constant():
    a = request.args["a"]
    try:
        raise ValueError
    except ValueError:
        a = "fixed"
    else:
        os.system("ls " + a)
    os.system("ls " + a)


# case: the text of an exception comes back
def exception_text():
    try:
        raise ValueError(request.args["a"])
    except ValueError as error:
        os.system("ls " + str(error))  # expect: command-injection from 248


# case: the text of an exception is constant
def exception_constant():
    a = request.args["a"]
    try:
        raise ValueError("fixed")
    except ValueError as error:
        os.system("ls " + str(error))
    return a


# case: suppress ends the block early
def suppressed():
    a = request.args["a"]
    with contextlib.suppress(ValueError):
        int("x")
        a = "fixed"
    os.system("ls " + a)  # expect: command-injection from 265


# case: raise ends the way
def raised():
    a = request.args["a"]
    if not a.isdigit():
        raise ValueError
    os.system("ls " + a)


# case: raise in the other branch
def raised_other():
    a = request.args["a"]
    if a.isdigit():
        raise ValueError
    os.system("ls " + a)  # expect: command-injection from 282


# case: a nested function returns, the outer goes on
def inner_returns():
    a = request.args["a"]

    def inner():
        return "fixed"

    inner()
    os.system("ls " + a)  # expect: command-injection from 290


# case: a constant compared by order
def ordered():
    a = "fixed"
    if LEVEL > 5:
        a = request.args["a"]
    os.system("ls " + a)


# case: a constant compared by order, the other way
def ordered_other():
    a = "fixed"
    if LEVEL < 5:
        a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 311


# case: and of constants
def and_constants():
    a = "fixed"
    if MODE == "safe" and LEVEL == 4:
        a = request.args["a"]
    os.system("ls " + a)


# case: or of constants
def or_constants():
    a = "fixed"
    if MODE == "unsafe" or LEVEL == 3:
        a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 327


# case: or of constants, none holds
def or_constants_none():
    a = "fixed"
    if MODE == "unsafe" or LEVEL == 4:
        a = request.args["a"]
    os.system("ls " + a)


# case: membership of a constant in a constant list
def constant_membership():
    a = "fixed"
    if MODE in ("unsafe", "test"):
        a = request.args["a"]
    os.system("ls " + a)


# case: membership of a constant that is in the list
def constant_membership_holds():
    a = "fixed"
    if MODE in ("safe", "test"):
        a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 351


# case: the length of a constant list decides
def length_decides():
    a = "fixed"
    if len([1, 2, 3]) > 3:
        a = request.args["a"]
    os.system("ls " + a)


# case: a constant of a dict decides
def dict_decides():
    flags = {"raw": False, "log": True}
    a = "fixed"
    if flags["raw"]:
        a = request.args["a"]
    os.system("ls " + a)


# case: another constant of a dict decides
def dict_decides_other():
    flags = {"raw": False, "log": True}
    a = "fixed"
    if flags["log"]:
        a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 377


# case: a number is counted up and compared
def computed_condition():
    n = 7
    n = n * 2 + 1
    a = request.args["a"]
    if n % 5 == 0:
        a = "fixed"
    os.system("ls " + a)


# case: a text is put together and compared
def built_condition():
    name = "sa" + "fe".strip()
    a = request.args["a"]
    if name == MODE:
        a = "fixed"
    os.system("ls " + a)


# case: None decides
def none_decides():
    hook = None
    a = "fixed"
    if hook is not None:
        a = request.args["a"]
    os.system("ls " + a)


# case: a variable that may be one of two constants decides nothing
def either_constant():
    mode = "a" if request.method == "GET" else "b"
    a = "fixed"
    if mode == "b":
        a = request.args["a"]
    os.system("ls " + a)  # expect: command-injection from 414


# case: a variable that may be one of two constants is neither of others
def neither_constant():
    mode = "a" if request.method == "GET" else "b"
    a = "fixed"
    if mode == "c":
        a = request.args["a"]
    os.system("ls " + a)


# case: nested conditional expressions
def nested_conditional():
    a = request.args["a"]
    b = "x" if LEVEL > 5 else ("y" if LEVEL > 4 else a)
    os.system("ls " + b)  # expect: command-injection from 429


# case: nested conditional expressions that end in a constant
def nested_conditional_constant():
    a = request.args["a"]
    b = a if LEVEL > 5 else ("y" if LEVEL > 2 else a)
    os.system("ls " + b)


# case: what a loop with a constant condition leaves
def while_false():
    a = "fixed"
    while LEVEL > 5:
        a = request.args["a"]
    os.system("ls " + a)


# case: match on a sequence by place
def match_sequence():
    pair = ("fixed", request.args["a"])
    match pair:
        case (first, second):
            os.system("ls " + second)  # expect: command-injection from 451


# case: match on a sequence, the other place
def match_sequence_other():
    pair = ("fixed", request.args["a"])
    match pair:
        case (first, second):
            os.system("ls " + first)


# case: match on a mapping by key
def match_mapping():
    data = {"a": request.args["a"], "b": "fixed"}
    match data:
        case {"a": value}:
            os.system("ls " + value)  # expect: command-injection from 467


# case: match on a mapping by another key
def match_mapping_other():
    data = {"a": request.args["a"], "b": "fixed"}
    match data:
        case {"b": value}:
            os.system("ls " + value)


# case: match captures with as
def match_as():
    match request.args["a"]:
        case str() as value:
            os.system("ls " + value)  # expect: command-injection from 483


# case: match with a guard that is an allowlist
def match_guard():
    match request.args["a"]:
        case value if value in ("x", "y"):
            os.system("ls " + value)


# case: match with a guard that says little
def match_guard_open():
    match request.args["a"]:
        case value if value:
            os.system("ls " + value)  # expect: command-injection from 497


# case: match on alternatives
def match_alternatives():
    a = request.args["a"]
    match a:
        case "x" | "y":
            os.system("ls " + a)


# case: match with a wildcard keeps the subject
def match_wildcard():
    a = request.args["a"]
    match a:
        case "x":
            pass
        case _:
            os.system("ls " + a)  # expect: command-injection from 512


# case: match on a number that is known
def match_number():
    a = request.args["a"]
    match LEVEL:
        case 1 | 2:
            pass
        case 3:
            a = "fixed"
    os.system("ls " + a)


# case: match takes the rest of a sequence
def match_rest():
    values = ["fixed", "other", request.args["a"]]
    match values:
        case [first, *rest]:
            os.system("ls " + rest[1])  # expect: command-injection from 533


# case: match takes the rest of a sequence, the first
def match_rest_first():
    values = ["fixed", "other", request.args["a"]]
    match values:
        case [first, *rest]:
            os.system("ls " + first + rest[0])


# case: match on a class with attributes
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def match_class():
    match Point(request.args["a"], "fixed"):
        case Point(x=value):
            os.system("ls " + value)  # expect: command-injection from 555


# case: match on a class, the other attribute
def match_class_other():
    match Point(request.args["a"], "fixed"):
        case Point(y=value):
            os.system("ls " + value)


# case: abort in a branch of a helper
def ensure(flag):
    if not flag:
        abort(400)


def ensured():
    a = request.args["a"]
    ensure(a.isdigit())
    os.system("ls " + a)


# case: a chain of comparisons on a constant
def chained_constant():
    a = "fixed"
    if 5 < LEVEL < 9:
        a = request.args["a"]
    os.system("ls " + a)


# case: not of a known flag
def not_flag():
    enabled = True
    a = "fixed"
    if not enabled:
        a = request.args["a"]
    os.system("ls " + a)
