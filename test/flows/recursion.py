import subprocess

from flask import request


# case: recursion that grows a text
def grow(x):
    if len(x) < 20:
        return grow(x + "!")
    return x


def a():
    db.execute(grow(request.args.get("a", "x")))  # expect: sql-injection from 14
    conn.execute(request.args.get("b", "x"))  # expect: sql-injection from 15


# case: recursion that ends in a constant
def done(x):
    if len(x) < 20:
        return done(x + "!")
    return "Done"


def b():
    conn.execute(done(request.args.get("d", "x")))


# case: the allowlist is the superset
NAMES = {"a", "b"}


def c():
    names = request.args.getlist("a")
    if not NAMES.issuperset(names):
        return "no"
    subprocess.run("ls " + " ".join(names), shell=True)
