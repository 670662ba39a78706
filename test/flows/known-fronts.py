import argparse
import collections
import os
from flask import request


# case: what is put in front of what was divided
def put_in_front():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    os.system(parts[0])


# case: what stands behind it
def behind():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    os.system(parts[1])  # expect: command-injection from 16


# case: a slice of nothing but the front
def sliced():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    os.system("-".join(parts[:1]))


# case: a slice of more than the front
def sliced_behind():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    os.system("-".join(parts[:2]))  # expect: command-injection from 30


# case: what is taken from the front again
def taken():
    words = collections.deque(request.args.getlist("w"))
    words.appendleft("ls")
    os.system(words.popleft())


# case: what comes up then
def taken_twice():
    words = collections.deque(request.args.getlist("w"))
    words.appendleft("ls")
    words.popleft()
    os.system(words.popleft())  # expect: command-injection from 44


# case: options that the program writes itself
def own_words():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="x")
    os.system("ls " + parser.parse_args(["--name=" + request.args["n"]]).name)  # expect: env-to-shell from 54


# case: an item under a name that is not known may be the one that was replaced
def replaced_again():
    given = request.args.copy()
    given["q"] = "x"
    for name in request.form:
        given[name] = request.form[name]
    os.system(given["q"])  # expect: command-injection from 59


# case: what is put behind the front
def put_behind_front():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    parts.insert(1, "-l")
    os.system(" ".join(parts[:2]))


# case: what is taken out of the front
def taken_out():
    parts = request.args["t"].split(",")
    parts.insert(0, "ls")
    os.system(parts.pop(0))
