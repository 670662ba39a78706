import sqlite3

from flask import request

db = sqlite3.connect("app.db")
ALLOWED = "name"


# case: a value reaches the statement directly
def direct():
    db.execute("SELECT * FROM t WHERE a = '" + request.args["a"] + "'")  # expect: sql-injection from 11


# case: the same value is bound, not spliced in
def direct_bound():
    db.execute("SELECT * FROM t WHERE a = ?", (request.args["a"],))


# case: a variable carries it on
def variable():
    a = request.args["a"]
    b = a
    db.execute("SELECT * FROM t WHERE a = " + b)  # expect: sql-injection from 21


# case: the variable is assigned again before the use
def reassigned():
    a = request.args["a"]
    a = "fixed"
    db.execute("SELECT * FROM t WHERE a = " + a)


# case: the variable is assigned again after the use
def reassigned_late():
    a = request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 35
    a = "fixed"
    return a


# case: augmented assignment adds it
def augmented():
    q = "SELECT * FROM t WHERE a = "
    q += request.args["a"]
    db.execute(q)  # expect: sql-injection from 44


# case: augmented assignment adds a constant
def augmented_constant():
    a = request.args["a"]
    q = "SELECT * FROM t WHERE a = "
    q += "1"
    db.execute(q, (a,))


# case: several targets are assigned at once
def chained():
    a = b = request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + b)  # expect: sql-injection from 58
    return a


# case: a tuple is unpacked to the tainted name
def unpacked():
    a, b = request.args["a"], "fixed"
    db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 65
    return b


# case: a tuple is unpacked to the other name
def unpacked_other():
    a, b = request.args["a"], "fixed"
    db.execute("SELECT * FROM t WHERE a = " + b)
    return a


# case: two names are swapped
def swapped():
    a, b = request.args["a"], "fixed"
    a, b = b, a
    db.execute("SELECT * FROM t WHERE a = " + b)  # expect: sql-injection from 79
    db.execute("SELECT * FROM t WHERE a = " + a)


# case: a starred target takes the tainted element
def starred():
    first, *rest = "fixed", "b", request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + rest[1])  # expect: sql-injection from 87
    return first


# case: a starred target takes the others
def starred_other():
    first, *rest = "fixed", "b", request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + first)
    db.execute("SELECT * FROM t WHERE a = " + rest[0])


# case: nested targets are unpacked by place
def nested_targets():
    (a, (b, c)) = ("x", (request.args["a"], "y"))
    db.execute("SELECT * FROM t WHERE a = " + b)  # expect: sql-injection from 101
    db.execute("SELECT * FROM t WHERE a = " + a + c)


# case: a walrus binds it
def walrus():
    if (a := request.args.get("a")):
        db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 108


# case: a walrus binds a constant
def walrus_constant():
    raw = request.args.get("a")
    if (a := "fixed"):
        db.execute("SELECT * FROM t WHERE a = " + a, (raw,))


# case: an annotated assignment binds it
def annotated():
    a: str = request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 121


# case: a deleted name is bound to something else
def deleted():
    a = request.args["a"]
    del a
    a = "fixed"
    db.execute("SELECT * FROM t WHERE a = " + a)


shared = "fixed"


# case: a global is written and read in one function
def global_written():
    global shared
    shared = request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + shared)  # expect: sql-injection from 139


# case: a local of the same name as a global
def global_shadowed():
    shared = "local"
    db.execute("SELECT * FROM t WHERE a = " + shared)


# case: nonlocal writes the outer variable
def nonlocal_written():
    a = "fixed"

    def change():
        nonlocal a
        a = request.args["a"]

    change()
    db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 155


# case: an inner function that binds its own name leaves the outer variable alone
def not_nonlocal():
    a = "fixed"

    def change():
        a = request.args["a"]
        return a

    change()
    db.execute("SELECT * FROM t WHERE a = " + a)


# case: a constant of the module is spliced in
def module_constant():
    db.execute("SELECT " + ALLOWED + " FROM t WHERE a = ?", (request.args["a"],))


# case: the same text to two sinks
def two_sinks():
    a = request.args["a"]
    db.execute("SELECT * FROM t WHERE a = " + a)  # expect: sql-injection from 180
    a = int(a)
    db.execute("SELECT * FROM t WHERE a = %d" % a)
