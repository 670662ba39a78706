import bisect
import contextlib
import io
import itertools
import os
import re
import shlex
import string
from urllib.parse import parse_qs, urlencode
from flask import redirect, request

PAIR = re.compile(r"(\w)=(.*)")
FIRST = slice(0, 2)


# case: a comprehension leaves a key out
def without_key():
    sent = {"page": "1", "word": request.args["w"]}
    kept = {name: value for name, value in sent.items() if name != "word"}
    os.system("".join(kept.values()))


# case: a comprehension keeps a key
def with_key():
    sent = {"page": "1", "word": request.args["w"]}
    kept = {name: value for name, value in sent.items() if name != "page"}
    os.system("".join(kept.values()))  # expect: command-injection from 25


# case: it is not known which elements a comprehension keeps
def with_unknown(least):
    kept = [word for word in ["ls", request.args["w"]] if len(word) > least]
    os.system(kept[0])  # expect: command-injection from 32


# case: pairs of a comprehension keep their places
def pairs_in_places():
    words = [word for word, _ in [("ls", 1), (request.args["w"], 2)]]
    os.system(words[0])
    os.system(words[1])  # expect: command-injection from 38


def each(words):
    for word in words:
        yield word.strip()


def first_of(words):
    for word in words:
        if word == "stop":
            break
        yield word


# case: a loop that is counted yields in order
def yielded_in_order():
    first, second = each(["ls", request.args["w"]])
    os.system(first)
    os.system(second)  # expect: command-injection from 57


# case: a loop that may end yields any of its elements
def yielded_until():
    os.system(list(first_of([request.args["w"], "ls"]))[0])  # expect: command-injection from 64


# case: what is mapped keeps its place
def mapped():
    words = list(map(str.strip, ["ls", request.args["w"]]))
    os.system(words[0])
    os.system(words[1])  # expect: command-injection from 69


# case: what a function makes of each row keeps its place
def mapped_rows():
    words = list(itertools.starmap(lambda a, b: a + b, [("l", "s"), ("x", request.args["w"])]))
    os.system(words[0])
    os.system(words[1])  # expect: command-injection from 76


# case: copies of an iterator go on each by itself
def copies_of_iterator():
    one, other = itertools.tee(["ls", request.args["w"]])
    next(one)
    os.system(next(other))
    os.system(next(one))  # expect: command-injection from 83


# case: what elements are grouped by
def grouped_by():
    rows = [("ls", "1"), ("cat", request.args["w"])]
    for name, group in itertools.groupby(rows, key=lambda row: row[0]):
        os.system(name)
        os.system(next(group)[1])  # expect: command-injection from 91


# case: elements are grouped by themselves
def grouped_by_itself():
    for word, _ in itertools.groupby(request.args.getlist("w")):
        os.system(word)  # expect: command-injection from 99


# case: a slice that has a name
def named_slice():
    words = ["ls", "-l", request.args["w"]]
    os.system("".join(words[FIRST]))
    os.system("".join(words[slice(3)]))  # expect: command-injection from 105


# case: the end of a list is deleted
def deleted_end():
    words = [request.args["w"], "-l"]
    del words[1:]
    os.system(words[-1])  # expect: command-injection from 112


# case: the only element from outside is deleted with a slice
def deleted_slice():
    words = ["ls", request.args["w"]]
    del words[1:]
    os.system(words[-1])


# case: the constant lines before others
def lines():
    text = "ls\n" + request.args["w"]
    os.system(text.splitlines()[0])
    os.system(text.splitlines()[1])  # expect: command-injection from 126


# case: a format of the library's own class
def formatter():
    os.system(string.Formatter().format("{a} {a}", a="ls", b=request.args["w"]))
    os.system(string.Formatter().format("{a} {b}", a="ls", b=request.args["w"]))  # expect: command-injection from 134


# case: a word is put in its place of a sorted list
def sorted_in():
    words = ["m"]
    bisect.insort(words, request.args["w"])
    os.system(words[0])  # expect: command-injection from 140


# case: the place of a word in a sorted list
def place_in_sorted():
    os.system(["ls", "cat"][bisect.bisect(["m"], request.args["w"])])


# case: what was quoted for a shell is not any more once it is divided
def divided_command():
    words = shlex.split("ls " + shlex.quote(request.args["w"]))
    os.system(words[0])
    os.system(words[1])  # expect: command-injection from 151


# case: what was written for an address is read again
def query_read_again():
    given = parse_qs(urlencode({"next": request.args["w"]}))
    return redirect(given["next"][0])  # expect: open-redirect from 158


# case: what is printed goes where the output goes
def printed():
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        print("ls", request.args["w"])
    os.system(output.getvalue())  # expect: command-injection from 166


# case: what is printed afterwards goes elsewhere
def printed_afterwards():
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        print("ls")
    print(request.args["w"])
    os.system(output.getvalue())


# case: what is called at the end of a block
def called_at_end():
    words = []
    with contextlib.ExitStack() as stack:
        stack.callback(words.append, request.args["w"])
    os.system(words[0])  # expect: command-injection from 183


# case: the name of the group that took part
def name_of_group():
    found = re.match("(?P<ls>.*)", request.args["w"])
    os.system(str(found.lastgroup))
    os.system(found.group("ls"))  # expect: command-injection from 189
