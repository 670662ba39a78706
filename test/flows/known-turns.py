import itertools
import os
import re
import types
from flask import request


# case: a loop that counts to a break
def counted_to_break():
    count = 0
    while count < 3:
        count += 1
        if count == 2:
            command = "ls"
            break
    else:
        command = request.args["c"]
    os.system(command)


# case: a loop that counts to its end
def counted_to_end():
    count = 0
    while count < 3:
        count += 1
        if count == 5:
            command = "ls"
            break
    else:
        command = request.args["c"]
    os.system(command)  # expect: command-injection from 30


# case: a loop that takes what is known out of a list
def emptied():
    words = [request.args["w"], "ls"]
    last = ""
    while words:
        last = words.pop(0)
    os.system(last)


# case: a loop that takes a list from its other end
def emptied_from_end():
    words = [request.args["w"], "ls"]
    last = ""
    while words:
        last = words.pop()
    os.system(last)  # expect: command-injection from 45


# case: a loop that goes on for an unknown number of turns after known ones
def known_then_unknown():
    count, text = 0, "ls"
    while count < 2 or text != request.args["t"]:
        count += 1
        if count > 2:
            text = request.args["t"]
    os.system(text)  # expect: command-injection from 58


# case: a loop with a flag
def flagged():
    is_done = False
    text = request.args["t"]
    while not is_done:
        text = "ls"
        is_done = True
    os.system(text)


# case: any and all of what is known
def any_of_known():
    os.system("ls" if any([False, True]) else request.args["c"])
    os.system(request.args["c"] if all([False, True]) else "ls")


# case: any and all of what is not known
def any_of_unknown():
    os.system("ls" if any([False, request.args.get("x")]) else request.args["c"])  # expect: command-injection from 80
    os.system(request.args["c"] if all([True, request.args.get("x")]) else "ls")  # expect: command-injection from 81


class Everything:
    def __contains__(self, name):
        return True


class Catalogue:
    def __init__(self):
        self.known = {"a", "b"}

    def __contains__(self, name):
        return name in self.known


# case: an object that has everything in it
def in_everything():
    name = request.args["n"]
    if name in Everything():
        os.system("ls " + name)  # expect: command-injection from 99


# case: an object that asks its own list
def in_catalogue():
    name = request.args["n"]
    if name in Catalogue():
        os.system("ls " + name)


class Word:
    text = "ls"


# case: an attribute that is deleted
def deleted_attribute():
    word = Word()
    word.text = request.args["w"]
    del word.text
    os.system(word.text)


# case: another attribute that is deleted
def other_attribute():
    word = Word()
    word.text = request.args["w"]
    word.other = "x"
    del word.other
    os.system(word.text)  # expect: command-injection from 126


# case: an iterator that is read twice in each turn
def read_in_pairs():
    words = iter(["ls", request.args["w"], "b"])
    pairs = list(zip(words, words))
    os.system(pairs[0][1])  # expect: command-injection from 134


# case: two iterators
def two_iterators():
    pairs = list(zip(iter(["ls", "a"]), iter([request.args["w"], "b"])))
    os.system(pairs[0][0])


# case: neighbours in a list
def neighbours():
    pairs = [second for first, second in itertools.pairwise(["ls", request.args["w"]])]
    os.system(pairs[0])  # expect: command-injection from 147


# case: the first of each pair of neighbours
def first_neighbours():
    pairs = [first for first, second in itertools.pairwise(["ls", request.args["w"]])]
    os.system(pairs[0])


# case: what a function puts in the place of what was found
def put_in_place():
    value = request.args["v"]
    os.system(re.sub("x", lambda match: value, "ls x"))  # expect: command-injection from 159


# case: a number in the place of what was found
def number_in_place():
    value = request.args["v"]
    os.system(re.sub("x", lambda match: str(len(value)), "ls x"))


def speak(self, text):
    return text


def hush(self, text):
    return "ls"


# case: a function that becomes a method
def became_method():
    os.system(types.MethodType(speak, Word())(request.args["t"]))  # expect: command-injection from 179


# case: a function that becomes a method and ignores what it is given
def became_silent_method():
    os.system(types.MethodType(hush, Word())(request.args["t"]))


# case: every second element
def every_second():
    words = ["ls", request.args["w"], "-l", request.args["x"]]
    os.system(" ".join(words[::2]))


# case: every second element from the second one
def every_other():
    words = ["ls", request.args["w"], "-l", request.args["x"]]
    os.system(" ".join(words[1::2]))  # expect: command-injection from 195
    os.system(" ".join(words[::-2]))  # expect: command-injection from 195


# case: parts of a constant
def parts_of_constant():
    name = "prod-eu-1"
    os.system("ls" if name.split("-")[0] == "prod" else request.args["c"])
    os.system("ls" if name.rsplit("-", 1)[1] == "1" else request.args["c"])
    os.system("ls" if name.partition("-")[2] == "eu-1" else request.args["c"])
    os.system("ls" if name.rpartition("-")[0] == "prod-eu" else request.args["c"])


# case: other parts of a constant
def other_parts_of_constant():
    name = "prod-eu-1"
    os.system("ls" if name.split("-", 1)[1] == "eu" else request.args["c"])  # expect: command-injection from 212
    os.system("ls" if name.rpartition("-")[2] == "2" else request.args["c"])  # expect: command-injection from 213


class Kept(dict):
    def __missing__(self, key):
        return "?"


# case: a dict of a class of its own in a format
def formatted_own():
    os.system("{a}-{b}".format_map(Kept(a=request.args["a"])))  # expect: command-injection from 223


# case: another key of a dict of a class of its own in a format
def formatted_other_own():
    os.system("{a}-{b}".format_map(Kept(a="ls", c=request.args["c"])))


# case: a turn of a loop that counts is cut short
def cut_short():
    count, command = 0, "ls"
    while count < 3:
        count += 1
        if count == 3:
            command = request.args["c"]
            continue
    os.system(command)  # expect: command-injection from 237


# case: an earlier turn of a loop that counts is cut short
def cut_short_earlier():
    count, command = 0, "ls"
    while count < 3:
        count += 1
        command = "ls"
        if count == 2:
            command = request.args["c"]
            continue
    os.system(command)
