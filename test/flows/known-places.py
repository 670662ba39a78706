import bisect
import contextlib
import io
import itertools
import operator
import os
import re
import shlex
import string
import typing
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
    os.system("".join(kept.values()))  # expect: command-injection from 27


# case: it is not known which elements a comprehension keeps
def with_unknown(least):
    kept = [word for word in ["ls", request.args["w"]] if len(word) > least]
    os.system(kept[0])  # expect: command-injection from 34


# case: pairs of a comprehension keep their places
def pairs_in_places():
    words = [word for word, _ in [("ls", 1), (request.args["w"], 2)]]
    os.system(words[1])  # expect: command-injection from 40


# case: pairs of a comprehension keep their places, and what is none of it
def pairs_in_places_harmless():
    words = [word for word, _ in [("ls", 1), (request.args["w"], 2)]]
    os.system(words[0])


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
    os.system(second)  # expect: command-injection from 64


# case: a loop that is counted yields in order, and what is none of it
def yielded_in_order_harmless():
    first, second = each(["ls", request.args["w"]])
    os.system(first)


# case: a loop that may end yields any of its elements
def yielded_until():
    os.system(list(first_of([request.args["w"], "ls"]))[0])  # expect: command-injection from 76


# case: what is mapped keeps its place
def mapped():
    words = list(map(str.strip, ["ls", request.args["w"]]))
    os.system(words[1])  # expect: command-injection from 81


# case: what is mapped keeps its place, and what is none of it
def mapped_harmless():
    words = list(map(str.strip, ["ls", request.args["w"]]))
    os.system(words[0])


# case: what a function makes of each row keeps its place
def mapped_rows():
    words = list(itertools.starmap(lambda a, b: a + b, [("l", "s"), ("x", request.args["w"])]))
    os.system(words[1])  # expect: command-injection from 93


# case: what a function makes of each row keeps its place, and what is none of it
def mapped_rows_harmless():
    words = list(itertools.starmap(lambda a, b: a + b, [("l", "s"), ("x", request.args["w"])]))
    os.system(words[0])


# case: copies of an iterator go on each by itself
def copies_of_iterator():
    one, other = itertools.tee(["ls", request.args["w"]])
    next(one)
    os.system(next(one))  # expect: command-injection from 105


# case: copies of an iterator go on each by itself, and what is none of it
def copies_of_iterator_harmless():
    one, other = itertools.tee(["ls", request.args["w"]])
    next(one)
    os.system(next(other))


# case: what elements are grouped by
def grouped_by():
    rows = [("ls", "1"), ("cat", request.args["w"])]
    for name, group in itertools.groupby(rows, key=lambda row: row[0]):
        os.system(next(group)[1])  # expect: command-injection from 119


# case: what elements are grouped by, and what is none of it
def grouped_by_harmless():
    rows = [("ls", "1"), ("cat", request.args["w"])]
    for name, group in itertools.groupby(rows, key=lambda row: row[0]):
        os.system(name)


# case: elements are grouped by themselves
def grouped_by_itself():
    for word, _ in itertools.groupby(request.args.getlist("w")):
        os.system(word)  # expect: command-injection from 133


# case: a slice that has a name
def named_slice():
    words = ["ls", "-l", request.args["w"]]
    os.system("".join(words[slice(3)]))  # expect: command-injection from 139


# case: a slice that has a name, and what is none of it
def named_slice_harmless():
    words = ["ls", "-l", request.args["w"]]
    os.system("".join(words[FIRST]))


# case: the end of a list is deleted
def deleted_end():
    words = [request.args["w"], "-l"]
    del words[1:]
    os.system(words[-1])  # expect: command-injection from 151


# case: the only element from outside is deleted with a slice
def deleted_slice():
    words = ["ls", request.args["w"]]
    del words[1:]
    os.system(words[-1])


# case: the constant lines before others
def lines():
    text = "ls\n" + request.args["w"]
    os.system(text.splitlines()[1])  # expect: command-injection from 165


# case: the constant lines before others, and what is none of it
def lines_harmless():
    text = "ls\n" + request.args["w"]
    os.system(text.splitlines()[0])


# case: a format of the library's own class
def formatter():
    os.system(string.Formatter().format("{a} {b}", a="ls", b=request.args["w"]))  # expect: command-injection from 177


# case: a format of the library's own class, and what is none of it
def formatter_harmless():
    os.system(string.Formatter().format("{a} {a}", a="ls", b=request.args["w"]))


# case: a word is put in its place of a sorted list
def sorted_in():
    words = ["m"]
    bisect.insort(words, request.args["w"])
    os.system(words[0])  # expect: command-injection from 188


# case: the place of a word in a sorted list
def place_in_sorted():
    os.system(["ls", "cat"][bisect.bisect(["m"], request.args["w"])])


# case: what was quoted for a shell is not any more once it is divided
def divided_command():
    words = shlex.split("ls " + shlex.quote(request.args["w"]))
    os.system(words[1])  # expect: command-injection from 199


# case: what was quoted for a shell is not any more once it is divided, and what is none of it
def divided_command_harmless():
    words = shlex.split("ls " + shlex.quote(request.args["w"]))
    os.system(words[0])


# case: what was written for an address is read again
def query_read_again():
    given = parse_qs(urlencode({"next": request.args["w"]}))
    return redirect(given["next"][0])  # expect: open-redirect from 211


# case: what is printed goes where the output goes
def printed():
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        print("ls", request.args["w"])
    os.system(output.getvalue())  # expect: command-injection from 219


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
    os.system(words[0])  # expect: command-injection from 236


# case: the name of the group that took part
def name_of_group():
    found = re.match("(?P<ls>.*)", request.args["w"])
    os.system(found.group("ls"))  # expect: command-injection from 242


# case: the name of the group that took part, and what is none of it
def name_of_group_harmless():
    found = re.match("(?P<ls>.*)", request.args["w"])
    os.system(str(found.lastgroup))


# case: sums of what goes before
def sums():
    words = list(itertools.accumulate(["ls", request.args["w"], "x"]))
    os.system(words[1])  # expect: command-injection from 254


# case: sums of what goes before, and what is none of it
def sums_harmless():
    words = list(itertools.accumulate(["ls", request.args["w"], "x"]))
    os.system(words[0])


# case: a constant again and again
def repeated_constant():
    word = request.args["w"]
    os.system(next(itertools.repeat(word)))  # expect: command-injection from 266


# case: a constant again and again, and what is none of it
def repeated_constant_harmless():
    word = request.args["w"]
    os.system(next(itertools.repeat("ls")))


# case: rows of several lengths
def filled_up():
    rows = list(itertools.zip_longest(["ls"], ["ls", request.args["w"]], fillvalue="ls"))
    os.system(rows[1][1])  # expect: command-injection from 278


# case: rows of several lengths, and what is none of it
def filled_up_harmless():
    rows = list(itertools.zip_longest(["ls"], ["ls", request.args["w"]], fillvalue="ls"))
    os.system(rows[0][1] + rows[1][0])


# case: a filter that is known of each
def filtered():
    rows = [("ls", True), (request.args["w"], False)]
    for word, _ in filter(lambda row: row[1], rows):
        os.system(word)
    for word, _ in filter(lambda row: not row[1], rows):
        os.system(word)  # expect: command-injection from 290


# case: functions in the place of operators
def functions_of_operators():
    words = ["ls", request.args["w"]]
    os.system(operator.add(operator.getitem(words, 1), " -l"))  # expect: command-injection from 299


# case: functions in the place of operators, and what is none of it
def functions_of_operators_harmless():
    words = ["ls", request.args["w"]]
    os.system(operator.add(operator.getitem(words, 0), " -l"))


# case: a value that is lent
def lent_value():
    with contextlib.nullcontext(["ls", request.args["w"]]) as words:
        os.system(words[1])  # expect: command-injection from 311


# case: a value that is lent, and what is none of it
def lent_value_harmless():
    with contextlib.nullcontext(["ls", request.args["w"]]) as words:
        os.system(words[0])


# case: a cast changes nothing
def cast():
    words = typing.cast(list, ["ls", request.args["w"]])
    os.system(words[1])  # expect: command-injection from 323


# case: a cast changes nothing, and what is none of it
def cast_harmless():
    words = typing.cast(list, ["ls", request.args["w"]])
    os.system(words[0])


# case: a method of a pattern that is handed over
def handed_over_pattern():
    for found in map(PAIR.match, ["a=" + request.args["w"]]):
        os.system(found.group(2))  # expect: command-injection from 335


# case: a method of a pattern that is handed over, and what is none of it
def handed_over_pattern_harmless():
    for found in map(PAIR.match, ["a=" + request.args["w"]]):
        os.system(found.group(1))
