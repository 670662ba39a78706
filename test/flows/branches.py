import os

from flask import abort, request

DEBUG = False
LIMIT = 40


# case: one branch taints, the join keeps it
def joined():
    if request.method == "POST":
        a = request.form["a"]
    else:
        a = "fixed"
    os.system("ls " + a)  # expect: command-injection from 12


# case: both branches assign constants
def joined_constants():
    a = request.args["a"]
    if a:
        a = "x"
    else:
        a = "y"
    os.system("ls " + a)


# case: only one branch cleans
def cleaned_in_one():
    a = request.args["a"]
    if len(a) > 3:
        a = "long"
    os.system("ls " + a)  # expect: command-injection from 30


# case: a branch that cannot run
def dead_constant():
    a = request.args["a"]
    b = "fixed"
    if False:
        b = a
    os.system("ls " + b)


# case: a branch behind a constant of the module
def dead_module_constant():
    b = "fixed"
    if DEBUG:
        b = request.args["a"]
    os.system("ls " + b)


# case: arithmetic decides, and the harmless branch runs
def arithmetic_false():
    a = request.args["a"]
    number = 86
    if 7 * 42 - number > 200:
        b = "fixed"
    else:
        b = a
    os.system("ls " + b)


# case: arithmetic decides, and the tainted branch runs
def arithmetic_true():
    a = request.args["a"]
    number = 106
    if 7 * 42 - number > 200:
        b = "fixed"
    else:
        b = a
    os.system("ls " + b)  # expect: command-injection from 66


# case: a conditional expression with a constant condition drops the value
def conditional_dead():
    a = request.args["a"]
    b = "fixed" if 7 * 6 > LIMIT else a
    os.system("ls " + b)


# case: a conditional expression with a constant condition keeps the value
def conditional_alive():
    a = request.args["a"]
    b = a if 7 * 6 > LIMIT else "fixed"
    os.system("ls " + b)  # expect: command-injection from 84


# case: a conditional expression that depends on the request
def conditional_open():
    a = request.args.get("a")
    b = a if a else "fixed"
    os.system("ls " + b)  # expect: command-injection from 91


# case: or gives the value or a default
def or_default():
    a = request.args.get("a") or "fixed"
    os.system("ls " + a)  # expect: command-injection from 98


# case: and gives the last operand
def and_last():
    a = request.args.get("a") and "fixed"
    os.system("ls " + str(a))


# case: match on a constant picks the harmless case
def match_constant():
    a = request.args["a"]
    letter = "ABC"[1]
    match letter:
        case "A":
            b = a
        case "B":
            b = "fixed"
        case _:
            b = a
    os.system("ls " + b)


# case: match on a constant picks the tainted case
def match_constant_tainted():
    a = request.args["a"]
    letter = "ABC"[0]
    match letter:
        case "A":
            b = a
        case "B":
            b = "fixed"
        case _:
            b = "other"
    os.system("ls " + b)  # expect: command-injection from 124


# case: match on the request with literal cases only
def match_literals():
    match request.args["a"]:
        case "one":
            b = "1"
        case "two":
            b = "2"
        case _:
            b = "0"
    os.system("ls " + b)


# case: match captures the subject
def match_capture():
    match request.args["a"]:
        case "one":
            b = "1"
        case other:
            b = other
    os.system("ls " + b)  # expect: command-injection from 150


# case: the subject of a literal case is that literal
def match_narrows():
    a = request.args["a"]
    match a:
        case "start" | "stop":
            os.system("service " + a)
        case _:
            pass


# case: code after return does not run
def after_return():
    a = request.args["a"]
    return a.upper()
    os.system("ls " + a)


# case: abort ends the function
def after_abort():
    a = request.args["a"]
    abort(400)
    os.system("ls " + a)


# case: an early return leaves the other way open
def early_return():
    a = request.args["a"]
    if not a:
        return "empty"
    os.system("ls " + a)  # expect: command-injection from 184
    return "done"


# case: try assigns, except replaces
def try_except():
    try:
        a = request.args["a"]
    except KeyError:
        a = "fixed"
    os.system("ls " + a)  # expect: command-injection from 194


# case: finally replaces the value always
def finally_replaces():
    a = "x"
    try:
        a = request.args["a"]
    finally:
        a = "fixed"
    os.system("ls " + a)


# case: the else of a try runs with the value
def try_else():
    try:
        a = request.args["a"]
    except KeyError:
        return
    else:
        os.system("ls " + a)  # expect: command-injection from 213


# case: the handler sees what was assigned before the exception
def handler_sees():
    a = "fixed"
    try:
        a = request.args["a"]
        risky()
        a = "clean"
    except ValueError:
        os.system("ls " + a)  # expect: command-injection from 224


def risky():
    raise ValueError


# case: a with statement runs its body
def with_body():
    with open("x") as handle:
        a = request.args["a"]
        handle.read()
    os.system("ls " + a)  # expect: command-injection from 238


# case: a while loop whose condition is false
def while_false():
    b = "fixed"
    while False:
        b = request.args["a"]
    os.system("ls " + b)


# case: comparison of text constants decides
def text_constants():
    a = request.args["a"]
    mode = "safe"
    if mode == "safe":
        a = "fixed"
    os.system("ls " + a)


# case: elif chain, every branch harmless
def elif_harmless():
    a = request.args["a"]
    if a == "x":
        b = "1"
    elif a == "y":
        b = "2"
    else:
        b = "3"
    os.system("ls " + b)


# case: elif chain, the last branch passes it on
def elif_tainted():
    a = request.args["a"]
    if a == "x":
        b = "1"
    elif a == "y":
        b = "2"
    else:
        b = a
    os.system("ls " + b)  # expect: command-injection from 274


# case: not of a constant
def not_constant():
    a = request.args["a"]
    flag = True
    if not flag:
        os.system("ls " + a)


# case: a container is filled in the second branch
def filled_in_second():
    data = {"a": "fixed"}
    if request.method == "POST":
        data["b"] = "other"
    else:
        data["a"] = request.args["a"]
    os.system("ls " + data["a"])  # expect: command-injection from 298


# case: a container is filled in both branches, with constants
def filled_with_constants():
    data = {"a": request.args["a"]}
    if request.method == "POST":
        data["a"] = "x"
    else:
        data["a"] = "y"
    os.system("ls " + data["a"])


# case: what a condition proved ends with its branch
def tested_twice():
    if request.method == "POST":
        print("posted")
    if request.method == "GET":
        os.system("ls " + request.args["a"])  # expect: command-injection from 317


# case: what a condition proved holds inside its branch
def tested_inside():
    if request.method == "POST":
        if request.method == "GET":
            os.system("ls " + request.args["a"])
