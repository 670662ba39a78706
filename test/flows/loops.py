import os

from flask import request


# case: for over the values of a request
def over_values():
    for a in request.args.getlist("a"):
        os.system("ls " + a)  # expect: command-injection from 8


# case: for over constants
def over_constants():
    raw = request.args["a"]
    for a in ("x", "y"):
        os.system("ls " + a)
    return raw


# case: accumulated over the turns
def accumulated():
    command = "ls"
    for a in request.args.getlist("a"):
        command += " " + a
    os.system(command)  # expect: command-injection from 23


# case: the value of an earlier turn is used in a later one
def earlier_turn():
    previous = ""
    for a in request.args.getlist("a"):
        os.system("ls " + previous)  # expect: command-injection from 31
        previous = a


# case: a loop that only counts
def counts():
    total = 0
    for a in request.args.getlist("a"):
        total += 1
    os.system("ls " + str(total))


# case: while carries the value on
def while_carries():
    a = request.args["a"]
    while a.startswith("/"):
        a = a[1:]
    os.system("ls " + a)  # expect: command-injection from 46


# case: the else of a loop
def loop_else():
    a = request.args["a"]
    for part in a.split(","):
        if part == "x":
            break
    else:
        os.system("ls " + a)  # expect: command-injection from 54


# case: break leaves with the tainted value
def break_carries():
    found = "none"
    for a in request.args.getlist("a"):
        found = a
        break
    os.system("ls " + found)  # expect: command-injection from 65


# case: continue skips what is not allowed
def continue_guards():
    for a in request.args.getlist("a"):
        if a not in ("x", "y"):
            continue
        os.system("ls " + a)


# case: enumerate keeps the index harmless, harmless
def enumerated():
    for index, a in enumerate(request.args.getlist("a")):
        os.system("ls " + str(index))


# case: enumerate keeps the index harmless
def enumerated_flow():
    for index, a in enumerate(request.args.getlist("a")):
        os.system("ls " + a)  # expect: command-injection from 87


# case: zip keeps places apart, harmless
def zipped():
    for name, a in zip(("x", "y"), request.args.getlist("a")):
        os.system("ls " + name)


# case: zip keeps places apart
def zipped_flow():
    for name, a in zip(("x", "y"), request.args.getlist("a")):
        os.system("ls " + a)  # expect: command-injection from 99


# case: the items of a form
def items():
    for key, value in request.form.items():
        os.system("ls " + value)  # expect: command-injection from 105
        os.system("ls " + key)  # expect: command-injection from 105


# case: a list comprehension passes it on
def comprehension():
    parts = [a.strip() for a in request.args.getlist("a")]
    os.system(" ".join(parts))  # expect: command-injection from 112


# case: a list comprehension of lengths
def comprehension_lengths():
    parts = [str(len(a)) for a in request.args.getlist("a")]
    os.system(" ".join(parts))


# case: a comprehension that filters by an allowlist
def comprehension_filtered():
    parts = [a for a in request.args.getlist("a") if a in ("x", "y")]
    os.system(" ".join(parts))


# case: a comprehension that filters by something else
def comprehension_other():
    parts = [a for a in request.args.getlist("a") if a]
    os.system(" ".join(parts))  # expect: command-injection from 130


# case: a dict comprehension, the value
def dict_comprehension():
    found = {key: value for key, value in request.args.items()}
    os.system(found["a"])  # expect: command-injection from 136


# case: a set comprehension
def set_comprehension():
    found = {a for a in request.args.getlist("a")}
    for a in found:
        os.system(a)  # expect: command-injection from 142


# case: a generator expression in join
def generator_expression():
    os.system(" ".join(a for a in request.args.getlist("a")))  # expect: command-injection from 149


# case: the variable of a comprehension is its own
def own_variable():
    a = "fixed"
    lengths = [len(a) for a in request.args.getlist("a")]
    os.system("ls " + a)
    return lengths


# case: nested loops
def nested():
    for group in request.get_json():
        for a in group:
            os.system("ls " + a)  # expect: command-injection from 162


# case: characters are put together again
def characters():
    clean = ""
    for character in request.args["a"]:
        clean += character
    os.system(clean)  # expect: command-injection from 170


# case: while True with break
def while_true():
    while True:
        a = request.args["a"]
        if a:
            break
    os.system("ls " + a)  # expect: command-injection from 178


# case: the tainted value is replaced in every turn
def replaced_each_turn():
    a = request.args["a"]
    for a in ("x", "y"):
        pass
    os.system("ls " + "fixed")
    return a


# case: continue carries the value on
def continue_carries():
    a = "fixed"
    for value in request.args.getlist("a"):
        if value.startswith("x"):
            a = value
            continue
        a = "other"
    os.system("ls " + a)  # expect: command-injection from 196


# case: continue carries a constant on
def continue_constant():
    a = request.args["a"]
    for value in ("x", "y"):
        if value == "x":
            a = "first"
            continue
        a = "other"
    os.system("ls " + a)


# case: the condition of a loop is an allowlist
def condition_in_loop():
    a = request.args["a"]
    while a in ("x", "y"):
        os.system("ls " + a)
        a = request.args["b"]


# case: the condition of a loop says little
def open_condition_in_loop():
    a = request.args["a"]
    while len(a) > 3:
        os.system("ls " + a)  # expect: command-injection from 225
        a = a[1:]


# case: the last of many pairs
def many_pairs():
    pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"), ("f", request.args["a"])]
    for name, value in pairs:
        os.system("ls " + value)  # expect: command-injection from 233


# case: the other place of many pairs
def many_pairs_other():
    pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"), ("f", request.args["a"])]
    for name, value in pairs:
        os.system("ls " + name)


# case: a turn that is broken out of has what an earlier turn gave
def broken_out_of():
    while True:
        if os.path.exists("/run/done"):
            break
        name = request.args["name"]
    os.system("ls " + name)  # expect: command-injection from 250


# case: the same of a loop whose end gives another value
def broken_out_or_else():
    for _ in os.listdir("/run"):
        if os.path.exists("/run/done"):
            break
        name = request.args["name"]
    else:
        name = "none"
    os.system("ls " + name)  # expect: command-injection from 259


# case: a turn that returns has stored what an earlier turn read
def returned_from():
    box = {"name": "none"}
    fill(box)
    os.system("ls " + box["name"])  # expect: command-injection from 276


def fill(box):
    while True:
        if os.path.exists("/run/done"):
            return
        box["name"] = request.args["name"]


# case: each turn hands a value on by one variable
def handed_on():
    first = second = third = ""
    for name in request.args.getlist("name"):
        os.system("ls " + third)  # expect: command-injection from 282
        third = second
        second = first
        first = name


# case: what each turn binds before it reads it is of that turn alone
def of_one_turn():
    for number in request.args.getlist("number"):
        raw = number
        number = int(raw)
        os.system("ls %d" % number)


# case: an earlier turn has stored what a later one reads
def stored_by_a_turn():
    box = {"name": "none"}
    for _ in os.listdir("/run"):
        os.system("ls " + box["name"])  # expect: command-injection from 302
        box["name"] = request.args["name"]


# case: a turn that is broken out of has nothing of what was sent
def broken_out_with_a_number():
    while True:
        if os.path.exists("/run/done"):
            break
        number = int(request.args["number"])
    os.system("ls %d" % number)


# case: an earlier turn has stored something harmless
def stored_a_number():
    box = {"number": 0}
    for _ in os.listdir("/run"):
        os.system("ls %d" % box["number"])
        box["number"] = int(request.args["number"])


# case: each turn hands a number on by one variable
def handed_on_as_a_number():
    first = second = third = 0
    for number in request.args.getlist("number"):
        os.system("ls %d" % third)
        third = second
        second = first
        first = int(number)


# case: what a turn was given is replaced before the next one reads it
def replaced_before_it_is_read():
    name = "none"
    for sent in request.args.getlist("name"):
        os.system("ls " + name)
        name = sent
        name = "none"
