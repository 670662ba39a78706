import bisect
import collections
import difflib
import heapq
import itertools
import operator
import os
import queue
import re

from flask import request


# case: lists in a list, one after the other
def chained():
    words = list(itertools.chain.from_iterable([["ls"], ["-l", request.args["name"]]]))
    os.system(words[2])  # expect: command-injection from 16


# case: lists in a list, one after the other, harmless
def chained_harmless():
    words = list(itertools.chain.from_iterable([["ls"], ["-l", request.args["name"]]]))
    os.system(words[1])


# case: elements by what is asked of them
def by_test():
    name = request.args["name"]
    os.system(list(itertools.dropwhile(lambda word: word == "a", ["a", "a", name]))[0])  # expect: command-injection from 28
    os.system("".join(itertools.compress(["ls", name], [0, 1])))  # expect: command-injection from 28


# case: elements by what is asked of them, harmless
def by_test_harmless():
    name = request.args["name"]
    os.system(list(itertools.takewhile(lambda row: row[1], [("ls", True), (name, False)]))[0][0])
    os.system("".join(row[0] for row in itertools.filterfalse(lambda row: row[1], [("ls", False), (name, True)])))
    os.system("".join(itertools.compress(["ls", name], [1, 0])))


# case: what is left over did not pass the test
def left_over():
    name = request.args["name"]
    os.system("".join(itertools.filterfalse(lambda word: word == "ls", ["ls", name])))  # expect: command-injection from 43


# case: what is left over did not pass the test, harmless
def left_over_harmless():
    name = request.args["name"]
    os.system("".join(itertools.filterfalse(lambda word: word != "ls", ["ls", name])))


# case: groups of elements in the order in which they are made
def groups():
    words = ["ls", "-l", request.args["name"]]
    os.system(" ".join(list(itertools.combinations(words, 2))[1]))  # expect: command-injection from 55
    os.system(" ".join(list(itertools.permutations(words, 2))[4]))  # expect: command-injection from 55


# case: groups of elements in the order in which they are made, harmless
def groups_harmless():
    words = ["ls", "-l", request.args["name"]]
    os.system(" ".join(list(itertools.combinations(words, 2))[0]))


# case: the smallest comes first, where each says what it is ordered by
def in_order():
    name = request.args["name"]
    waiting = queue.PriorityQueue()
    waiting.put((2, name))
    waiting.put((1, "ls"))
    waiting.get()
    os.system(waiting.get()[1])  # expect: command-injection from 68
    heap = []
    heapq.heappush(heap, (2, "ls"))
    heapq.heappush(heap, (1, name))
    os.system(heapq.heappop(heap)[1])  # expect: command-injection from 68
    os.system(heapq.nsmallest(1, [(1, name), (2, "ls")])[0][1])  # expect: command-injection from 68


# case: what comes later is not what comes first
def in_order_harmless():
    name = request.args["name"]
    waiting = queue.PriorityQueue()
    waiting.put((2, name))
    waiting.put((1, "ls"))
    os.system(waiting.get()[1])
    heap = []
    heapq.heappush(heap, (2, "ls"))
    heapq.heappush(heap, (1, name))
    heapq.heappop(heap)
    os.system(heapq.heappop(heap)[1])
    os.system(heapq.nlargest(1, [(1, name), (2, "ls")])[0][1])


# case: sorted by the first part, by a key, and the other way round
def sorted_rows():
    rows = [(3, "ls"), (1, request.args["name"]), (2, "id")]
    os.system(sorted(rows)[0][1])  # expect: command-injection from 98
    os.system(sorted(rows, reverse=True)[2][1])  # expect: command-injection from 98
    rows.sort(key=operator.itemgetter(0))
    os.system(rows[0][1])  # expect: command-injection from 98


# case: sorted by the first part, by a key, and the other way round, harmless
def sorted_rows_harmless():
    rows = [(3, "ls"), (1, request.args["name"]), (2, "id")]
    os.system(sorted(rows)[1][1])
    os.system(sorted(rows, key=lambda row: -row[0])[0][1])
    rows.sort(key=operator.itemgetter(0))
    os.system(rows[2][1])


# case: two that are equal in what they are ordered by
def equal_rows():
    rows = [(1, "ls"), (1, request.args["name"])]
    os.system(sorted(rows)[0][1])  # expect: command-injection from 116


# case: a list that is kept in order
def kept_in_order():
    names = ["b", "d"]
    bisect.insort(names, "c")
    bisect.insort(names, request.args["name"])
    os.system(names[1])  # expect: command-injection from 124


# case: a list that is kept in order, harmless
def kept_in_order_harmless():
    names = ["b", "d"]
    bisect.insort(names, "c")
    os.system(names[1])
    bisect.insort(names, request.args["name"])


# case: one of a list, chosen by what was sent
def close_match():
    name = request.args["name"]
    os.system(difflib.get_close_matches("list", [name, "show"])[0])  # expect: command-injection from 138


# case: one of a list, chosen by what was sent, harmless
def close_match_harmless():
    name = request.args["name"]
    os.system(difflib.get_close_matches(name, ["list", "show"])[0])


# case: put in front, one by one
def in_front():
    words = collections.deque(["z"])
    words.extendleft(["ls", request.args["name"]])
    os.system(words[0])  # expect: command-injection from 151


# case: put in front, one by one, harmless
def in_front_harmless():
    words = collections.deque(["z"])
    words.extendleft(["ls", request.args["name"]])
    os.system(words[1])


# case: stored and compared by functions
def by_functions():
    options = {"name": "ls"}
    operator.setitem(options, "name", request.args["name"])
    os.system(options["name"])  # expect: command-injection from 165
    os.system(request.args["name"] if operator.gt(2, 1) else "ls")  # expect: command-injection from 167


# case: stored and compared by functions, harmless
def by_functions_harmless():
    options = {"name": "ls"}
    operator.setitem(options, "name", request.args["name"])
    os.system(request.args["name"] if operator.lt(2, 1) else "ls")


# case: numbers that go down, and none
def counted_down():
    word = "ls"
    for _ in range(3, 3):
        word = request.args["name"]
    for _ in range(3, 1, -1):
        word = request.args["name"]
    os.system(word)  # expect: command-injection from 183


# case: numbers that go down, and none, harmless
def counted_down_harmless():
    word = "ls"
    for _ in range(3, 3):
        word = request.args["name"]
    os.system(word)
    for _ in range(3, 1, -1):
        word = request.args["name"]


# case: how often a word was there
def how_often():
    counts = collections.Counter([request.args["name"], "a"])
    os.system("echo " + counts.most_common(1)[0][0])  # expect: command-injection from 199


# case: how often a word was there, harmless
def how_often_harmless():
    counts = collections.Counter([request.args["name"], "a"])
    os.system("echo " + str(counts.most_common(1)[0][1]))


def pieces(text):
    for place in range(0, len(text), 2):
        yield text[place : place + 2]


# case: the first that is found, or what is given instead
def first_or_default():
    name = next((value for key, value in request.headers.items() if key == "X-Name"), "")
    os.system("".join(pieces(name)))  # expect: command-injection from 216


# case: how long the first one is that is found
def first_or_default_harmless():
    name = next((value for key, value in request.headers.items() if key == "X-Name"), "")
    os.system("echo " + str(len(name)))


# case: the value behind each key that a pattern finds
def found_by_turns():
    for found in re.finditer(r"(\w+)=([^&]*)", request.args["query"]):
        os.system(found.group(2))  # expect: command-injection from 228


# case: each key that a pattern finds
def found_by_turns_harmless():
    for found in re.finditer(r"(\w+)=([^&]*)", request.args["query"]):
        os.system("echo " + found.group(1))
