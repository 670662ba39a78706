import heapq
import itertools
import json
import os
import string
import subprocess

import configparser
from flask import request


class Pages:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        for start in range(0, len(self.rows), 2):
            yield self.rows[start : start + 2]


class Pile:
    def __init__(self, *items):
        self.items = items

    def __reversed__(self):
        return iter([self.items[-1], "end"])


class Words:
    def __init__(self, *words):
        self.words = words

    def __iter__(self):
        return iter(self.words)


class Named:
    table = {}

    def __class_getitem__(cls, key):
        return cls.table[key]


class Meta(type):
    def __getitem__(cls, key):
        return cls.rows[key]


class Kept(metaclass=Meta):
    rows = {}


# case: an object that goes through its own elements is taken into a list by place
def second_page():
    pages = list(Pages(["a", "b", request.args["q"], "d"]))
    os.system(pages[1][0])  # expect: command-injection from 55


# case: first page
def first_page():
    pages = list(Pages(["a", "b", request.args["q"], "d"]))
    os.system(pages[0][0])


# case: a loop over such an object takes its elements one by one
def last_word():
    word = ""
    for word in Words("ls", request.args["q"]):
        pass
    os.system(word)  # expect: command-injection from 68


# case: last word of ours
def last_word_of_ours():
    word = ""
    for word in Words(request.args["q"], "ls"):
        pass
    os.system(word)


# case: joined words
def joined_words():
    os.system(" ".join(Words("ls", request.args["q"])))  # expect: command-injection from 83


# case: joined words of ours
def joined_words_of_ours():
    os.system(" ".join(Words("ls", "-l")))


# case: what turns itself round says what comes first
def turned_round():
    os.system(next(reversed(Pile("ls", request.args["q"]))))  # expect: command-injection from 93


# case: turned round to ours
def turned_round_to_ours():
    os.system(next(reversed(Pile(request.args["q"], "ls"))))


# case: the letters of a constant are gone through one by one
def pushed():
    stack = []
    feed = iter(["a", "b", request.args["q"]])
    for step in "pp-p":
        if step == "p":
            stack.append(next(feed))
        else:
            stack.pop()
    os.system(stack[-1])  # expect: command-injection from 104


# case: popped
def popped():
    stack = []
    feed = iter(["a", "b", request.args["q"]])
    for step in "ppp-":
        if step == "p":
            stack.append(next(feed))
        else:
            stack.pop()
    os.system(stack[-1])


# case: lines of a constant text are known one by one
def named_by_line():
    fields = {}
    for line in "kind=plain\nname=q\n".splitlines():
        key, value = line.split("=", 1)
        fields[key] = value
    os.system(request.args[fields["name"]])  # expect: command-injection from 131


# case: named by line of ours
def named_by_line_of_ours():
    fields = {"kind": request.args["q"]}
    for line in "kind=plain\nname=q\n".splitlines():
        key, value = line.split("=", 1)
        fields[key] = value
    os.system(fields["kind"])


# case: what may lie at one of two places is one of the two
def in_front_of():
    names = ["one", request.args["q"], "two"]
    os.system(names[names.index("two") - 1])  # expect: command-injection from 145


# case: two in front of
def two_in_front_of():
    names = ["one", request.args["q"], "two"]
    os.system(names[names.index("two") - 2])


# case: under one of two
def under_one_of_two(is_long):
    table = {"short": "ls", "long": "ls -l", "own": request.args["q"]}
    kind = "long" if is_long else "short"
    os.system(table[kind])
    os.system(table.get(kind, "ls"))


# case: under one of two others
def under_one_of_two_others(is_long):
    table = {"short": "ls", "long": "ls -l", "own": request.args["q"]}
    kind = "own" if is_long else "short"
    os.system(table[kind])  # expect: command-injection from 165
    os.system(table.get(kind, "ls"))  # expect: command-injection from 165


# case: a value for each step of a slice
def at_each_other_place():
    row = ["a", "b", "c", "d"]
    row[::2] = ["x", request.args["q"]]
    os.system(row[2])  # expect: command-injection from 174


# case: overwritten at each other place
def overwritten_at_each_other_place():
    row = [request.args["q"], "b", request.args["q"], "d"]
    row[::2] = ["x", "y"]
    os.system(row[2])


# case: what a heap is given in exchange
def exchanged():
    heap = [(1, "a"), (3, "b")]
    heapq.heapify(heap)
    heapq.heapreplace(heap, (2, request.args["q"]))
    os.system(heapq.heappop(heap)[1])  # expect: command-injection from 189


# case: exchanged for a larger one
def exchanged_for_a_larger_one():
    heap = [(1, "a"), (3, "b")]
    heapq.heapify(heap)
    heapq.heapreplace(heap, (7, request.args["q"]))
    os.system(heapq.heappop(heap)[1])


# case: pushed and popped
def pushed_and_popped():
    heap = [(1, "a"), (3, "b")]
    os.system(heapq.heappushpop(heap, (0, request.args["q"]))[1])  # expect: command-injection from 204


# case: pushed and another one popped
def pushed_and_another_one_popped():
    heap = [(1, "a"), (3, "b")]
    os.system(heapq.heappushpop(heap, (5, request.args["q"]))[1])


# case: tuples of elements side by side
def of_the_second_two():
    groups = list(itertools.batched(["a", "b", "c", request.args["q"]], 2))
    os.system(groups[1][1])  # expect: command-injection from 215


# case: of the first two
def of_the_first_two():
    groups = list(itertools.batched(["a", "b", "c", request.args["q"]], 2))
    os.system(groups[0][1])


# case: a class that is asked for an item
def item_of_a_class():
    Named.table["a"] = request.args["q"]
    os.system(Named["a"])  # expect: command-injection from 227


# case: another item of a class
def another_item_of_a_class():
    Named.table["b"] = "ls"
    os.system(Named["b"])


# case: item by the metaclass
def item_by_the_metaclass():
    Kept.rows["a"] = request.args["q"]
    os.system(Kept["a"])  # expect: command-injection from 239


# case: another item by the metaclass
def another_item_by_the_metaclass():
    Kept.rows["b"] = "ls"
    os.system(Kept["b"])


# case: an option that names another one
def named_option():
    options = configparser.ConfigParser()
    options["DEFAULT"] = {"base": request.args["q"]}
    options["job"] = {"run": "ls %(base)s"}
    os.system(options.get("job", "run"))  # expect: command-injection from 252


# case: named option as it stands
def named_option_as_it_stands():
    options = configparser.ConfigParser()
    options["DEFAULT"] = {"base": request.args["q"]}
    options["job"] = {"run": "ls %(base)s"}
    subprocess.run(options.get("job", "run", raw=True), shell=True)


# case: named option of ours
def named_option_of_ours():
    options = configparser.ConfigParser()
    options["DEFAULT"] = {"base": "files", "other": request.args["q"]}
    options["job"] = {"run": "ls %(base)s"}
    os.system(options.get("job", "run"))


# case: values and fields that are formatted together
def formatted_together():
    os.system(string.Formatter().vformat("{0} {name}", ("ls",), {"name": request.args["q"]}))  # expect: command-injection from 275


# case: formatted together without it
def formatted_together_without_it():
    os.system(string.Formatter().vformat("{0} {other}", ("ls",), {"name": request.args["q"], "other": "-l"}))


# case: an encoder and a decoder of their own
def decoded():
    text = json.JSONEncoder().encode({"a": request.args["q"], "b": "ls"})
    os.system(json.JSONDecoder().decode(text)["a"])  # expect: command-injection from 285


# case: decoded beside
def decoded_beside():
    text = json.JSONEncoder().encode({"a": request.args["q"], "b": "ls"})
    os.system(json.JSONDecoder().decode(text)["b"])


class Box:
    def __init__(self, text):
        self._text = text

    @property
    def text(self):
        return self._text

    @text.deleter
    def text(self):
        self._text = "ls"


# case: what a property does where it is deleted
def deleted():
    box = Box(request.args["q"])
    del box.text
    os.system(box.text)


# case: a property that is not deleted
def not_deleted():
    box = Box(request.args["q"])
    os.system(box.text)  # expect: command-injection from 317


# case: a text that is repeated no times
def no_times():
    os.system("ls" + request.args["q"] * 0)


# case: a text that is repeated
def two_times():
    os.system("ls" + request.args["q"] * 2)  # expect: command-injection from 328
