import asyncio
import base64
import binascii
import codecs
import collections
import configparser
import contextvars
import copy
import csv
import functools
import heapq
import html
import io
import itertools
import json
import os
import pickle
import queue
import shelve
import struct
import threading
import urllib.parse
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

from flask import request


# case: chained iterables
def chained():
    for a in itertools.chain(["fixed"], [request.args["a"]]):
        os.system("ls " + a)  # expect: command-injection from 32


# case: chained constants
def chained_constant():
    raw = request.args["a"]
    for a in itertools.chain(["fixed"], ["other"]):
        os.system("ls " + a)
    return raw


# case: chained from an iterable
def chained_from():
    for a in itertools.chain.from_iterable([["fixed"], [request.args["a"]]]):
        os.system("ls " + a)  # expect: command-injection from 46


# case: the first of an iterable
def islice():
    for a in itertools.islice(request.args.getlist("a"), 3):
        os.system("ls " + a)  # expect: command-injection from 52


# case: pairs of two iterables, harmless
def product():
    for x, y in itertools.product(["fixed"], request.args.getlist("a")):
        os.system("ls " + x)


# case: pairs of two iterables
def product_flow():
    for x, y in itertools.product(["fixed"], request.args.getlist("a")):
        os.system("ls " + y)  # expect: command-injection from 64


# case: zip to the longest, harmless
def zip_longest():
    for x, y in itertools.zip_longest(["fixed"], request.args.getlist("a")):
        os.system("ls " + x)


# case: zip to the longest
def zip_longest_flow():
    for x, y in itertools.zip_longest(["fixed"], request.args.getlist("a")):
        os.system("ls " + y)  # expect: command-injection from 76


# case: groups of an iterable
def grouped():
    for key, values in itertools.groupby(request.args.getlist("a")):
        os.system("ls " + key)  # expect: command-injection from 82


# case: repeated values
def repeated():
    for a in itertools.repeat(request.args["a"], 3):
        os.system("ls " + a)  # expect: command-injection from 88


# case: accumulated values
def accumulated():
    for a in itertools.accumulate(["x", request.args["a"]]):
        os.system("ls " + a)  # expect: command-injection from 94


# case: starmap
def starmapped():
    for a in itertools.starmap(lambda x, y: x + y, [("x", request.args["a"])]):
        os.system("ls " + a)  # expect: command-injection from 100


# case: starmap to the other part
def starmapped_other():
    for a in itertools.starmap(lambda x, y: x, [("x", request.args["a"])]):
        os.system("ls " + a)


# case: zip of a spread list
def transposed():
    rows = [("x", request.args["a"]), ("y", "z")]
    first, second = zip(*rows)
    os.system("ls " + second[0])  # expect: command-injection from 112


# case: sorted by a key, constants
def sorted_constant():
    a = request.args["a"]
    os.system("ls " + sorted(["y", "x"], key=lambda value: (value, a))[0])


# case: reversed
def reversed_list():
    os.system("ls " + list(reversed(["fixed", request.args["a"]]))[0])  # expect: command-injection from 125


# case: reversed, the other
def reversed_list_other():
    os.system("ls " + list(reversed(["fixed", request.args["a"]]))[1])


# case: filter without a function
def filtered():
    os.system("ls " + list(filter(None, request.args.getlist("a")))[0])  # expect: command-injection from 135


# case: a counter of words
def counter():
    for word, times in Counter(request.args["a"].split()).most_common(3):
        os.system("ls " + word)  # expect: command-injection from 140


# case: the numbers of a counter
def counter_numbers():
    counts = Counter(request.args["a"].split())
    os.system("ls " + str(counts["x"]))


# case: the first mapping of a chain
def chain_map():
    merged = ChainMap({"a": request.args["a"]}, {"a": "fixed", "b": "other"})
    os.system("ls " + merged["a"])  # expect: command-injection from 152


# case: another key of a chain of mappings
def chain_map_other():
    merged = ChainMap({"a": request.args["a"]}, {"a": "fixed", "b": "other"})
    os.system("ls " + merged["b"])


# case: the first mapping of a chain hides the second
def chain_map_hidden():
    merged = ChainMap({"a": "fixed"}, {"a": request.args["a"]})
    os.system("ls " + merged["a"])


# case: an ordered dict by key, harmless
def ordered():
    data = OrderedDict()
    data["a"] = request.args["a"]
    data["b"] = "fixed"
    data.move_to_end("a")
    os.system("ls " + data["b"])


# case: an ordered dict by key
def ordered_flow():
    data = OrderedDict()
    data["a"] = request.args["a"]
    data["b"] = "fixed"
    data.move_to_end("a")
    os.system("ls " + data["a"])  # expect: command-injection from 180


# case: a dict of lists, harmless
def dict_of_lists():
    data = defaultdict(list)
    data["a"].append(request.args["a"])
    data["b"].append("fixed")
    os.system("ls " + data["b"][0])


# case: a dict of lists
def dict_of_lists_flow():
    data = defaultdict(list)
    data["a"].append(request.args["a"])
    data["b"].append("fixed")
    os.system("ls " + data["a"][0])  # expect: command-injection from 197


# case: a deque from the left
def deque_left():
    items = deque()
    items.append("fixed")
    items.appendleft(request.args["a"])
    os.system("ls " + items.popleft())  # expect: command-injection from 206


# case: a deque from the right
def deque_right():
    items = deque()
    items.append("fixed")
    items.appendleft(request.args["a"])
    os.system("ls " + items.pop())


# case: a deque that is turned
def deque_rotated():
    items = deque(["fixed", request.args["a"]])
    items.rotate(1)
    os.system("ls " + items[0])  # expect: command-injection from 220


# case: a named tuple by place, harmless
Pair = namedtuple("Pair", ["left", "right"])


def named_tuple_place():
    pair = Pair("fixed", request.args["a"])
    os.system("ls " + pair[0])


# case: a named tuple by place
def named_tuple_place_flow():
    pair = Pair("fixed", request.args["a"])
    os.system("ls " + pair[1])  # expect: command-injection from 236


# case: a named tuple is unpacked, harmless
def named_tuple_unpacked():
    left, right = Pair("fixed", request.args["a"])
    os.system("ls " + left)


# case: a named tuple is unpacked
def named_tuple_unpacked_flow():
    left, right = Pair("fixed", request.args["a"])
    os.system("ls " + right)  # expect: command-injection from 248


# case: a named tuple with a replaced field
def named_tuple_replaced():
    pair = Pair("fixed", request.args["a"])._replace(right="other")
    os.system("ls " + pair.right)


# case: a heap
def heap():
    items = ["fixed"]
    heapq.heappush(items, request.args["a"])
    os.system("ls " + heapq.heappop(items))  # expect: command-injection from 261


# case: a queue, first in and first out
def fifo():
    items = queue.Queue()
    items.put(request.args["a"])
    items.put("fixed")
    os.system("ls " + items.get())  # expect: command-injection from 268


# case: a queue, the second
def fifo_second():
    items = queue.Queue()
    items.put("fixed")
    items.put(request.args["a"])
    os.system("ls " + items.get())


# case: a queue that gives the last first
def lifo():
    items = queue.LifoQueue()
    items.put("fixed")
    items.put(request.args["a"])
    os.system("ls " + items.get())  # expect: command-injection from 285


# case: a queue with priorities
def priority():
    items = queue.PriorityQueue()
    items.put((1, request.args["a"]))
    os.system("ls " + items.get()[1])  # expect: command-injection from 292


# case: a fallback of a configuration
def config_fallback():
    config = configparser.ConfigParser()
    config.add_section("s")
    config.set("s", "b", "fixed")
    os.system("ls " + config.get("s", "a", fallback=request.args["a"]))  # expect: command-injection from 301


# case: a configuration read from a mapping
def config_mapping():
    config = configparser.ConfigParser()
    config.read_dict({"s": {"a": request.args["a"]}})
    os.system("ls " + config["s"]["a"])  # expect: command-injection from 307


# case: a configuration read from text
def config_text():
    config = configparser.ConfigParser()
    config.read_string(request.args["a"])
    os.system("ls " + config["s"]["a"])  # expect: command-injection from 314


# case: a buffer that was emptied
def buffer_emptied():
    buffer = io.StringIO()
    buffer.write(request.args["a"])
    buffer = io.StringIO()
    buffer.write("fixed")
    os.system("ls " + buffer.getvalue())


# case: a buffer of bytes
def buffer_bytes():
    buffer = io.BytesIO()
    buffer.write(request.args["a"].encode())
    os.system("ls " + buffer.getvalue().decode())  # expect: command-injection from 330


# case: a printed line in a buffer
def printed():
    buffer = io.StringIO()
    print(request.args["a"], file=buffer)
    os.system("ls " + buffer.getvalue())  # expect: command-injection from 337


# case: a shelf by key
def shelf():
    with shelve.open("cache") as data:
        data["a"] = request.args["a"]
        data["b"] = "fixed"
        os.system("ls " + data["a"])  # expect: command-injection from 344


# case: a shelf by another key
def shelf_other():
    with shelve.open("cache") as data:
        data["a"] = request.args["a"]
        data["b"] = "fixed"
        os.system("ls " + data["b"])


# case: a deep copy, harmless
def deep_copied():
    data = copy.deepcopy({"a": {"b": request.args["a"]}, "c": "fixed"})
    os.system("ls " + data["c"])


# case: a deep copy
def deep_copied_flow():
    data = copy.deepcopy({"a": {"b": request.args["a"]}, "c": "fixed"})
    os.system("ls " + data["a"]["b"])  # expect: command-injection from 365


# case: a deep copy does not see later changes
def deep_copied_later():
    data = {"a": {"b": "fixed"}}
    other = copy.deepcopy(data)
    data["a"]["b"] = request.args["a"]
    os.system("ls " + other["a"]["b"])


# case: JSON there and back, by key
def json_round():
    data = json.loads(json.dumps({"a": request.args["a"]}))
    os.system("ls " + data["a"])  # expect: command-injection from 379


# case: base64 in its other alphabets
def base_encoded():
    os.system("ls " + base64.urlsafe_b64decode(request.args["a"]).decode())  # expect: command-injection from 385


# case: base64 of the value is letters and digits
def base_only_encoded():
    os.system("ls " + base64.b16encode(request.args["a"].encode()).decode())


# case: hex of bytes
def hexlified():
    os.system("ls " + binascii.hexlify(request.args["a"].encode()).decode())


# case: the codecs module
def codec():
    os.system("ls " + codecs.decode(request.args["a"], "rot13"))  # expect: command-injection from 400


# case: an address is quoted for an address, not for a shell
def url_quoted():
    os.system("ls " + urllib.parse.unquote(urllib.parse.quote(request.args["a"])))  # expect: command-injection from 405


# case: a query string
def url_encoded():
    os.system("curl 'http://example.org/?" + urllib.parse.unquote(request.query_string.decode()) + "'")  # expect: command-injection from 410


# case: the port of an address is a number
def url_port():
    os.system("ls " + str(urllib.parse.urlsplit(request.args["a"]).port))


# case: the path of an address
def url_path():
    os.system("ls " + urllib.parse.urlsplit(request.args["a"]).path)  # expect: command-injection from 420


# case: entities turned back
def unescaped():
    os.system("ls " + html.unescape(request.args["a"]))  # expect: command-injection from 425


# case: pickled and back
def pickled():
    data = pickle.loads(pickle.dumps({"a": request.args["a"]}))
    os.system("ls " + data["a"])  # expect: command-injection from 430


# case: packed bytes
def packed():
    data = struct.pack("10s", request.args["a"].encode())
    os.system("ls " + struct.unpack("10s", data)[0].decode())  # expect: command-injection from 436


# case: numbers of packed bytes
def packed_numbers():
    size = struct.calcsize("10s")
    a = request.args["a"]
    os.system("ls " + str(size))
    return a


# case: rows of a table
def rows():
    for row in csv.reader(io.StringIO(request.args["a"])):
        os.system("ls " + row[0])  # expect: command-injection from 450


# case: rows of a table by name
def rows_by_name():
    for row in csv.DictReader(request.args["a"].splitlines()):
        os.system("ls " + row["a"])  # expect: command-injection from 456


# case: a context variable
current = contextvars.ContextVar("current", default="fixed")


def context_variable():
    current.set(request.args["a"])
    os.system("ls " + current.get())  # expect: command-injection from 465


# case: another context variable
other = contextvars.ContextVar("other", default="fixed")


def context_variable_other():
    current.set(request.args["a"])
    os.system("ls " + other.get())


# case: a thread runs its target
def work(value, other):
    os.system("ls " + value)  # expect: command-injection from 484


def threaded():
    a = request.args["a"]
    threading.Thread(target=work, args=(a, "fixed")).start()


# case: a thread runs its target with keywords
def work_keyword(value, other):
    os.system("ls " + value)  # expect: command-injection from 494


def threaded_keyword():
    a = request.args["a"]
    threading.Thread(target=work_keyword, kwargs={"value": a, "other": "fixed"}).start()


# case: a thread runs its target, the other argument
def work_other(value, other):
    os.system("ls " + other)


def threaded_other():
    threading.Thread(target=work_other, args=(request.args["a"], "fixed")).start()


# case: the result of a pool
def same(value):
    return value


def constant(value):
    return "fixed"


def pooled():
    with ThreadPoolExecutor() as pool:
        os.system("ls " + pool.submit(same, request.args["a"]).result())  # expect: command-injection from 518


# case: the constant result of a pool
def pooled_constant():
    with ThreadPoolExecutor() as pool:
        os.system("ls " + pool.submit(constant, request.args["a"]).result())


# case: a pool maps
def pool_mapped():
    with ThreadPoolExecutor() as pool:
        for a in pool.map(same, request.args.getlist("a")):
            os.system("ls " + a)  # expect: command-injection from 530


# case: a pool maps to constants
def pool_mapped_constant():
    with ThreadPoolExecutor() as pool:
        for a in pool.map(constant, request.args.getlist("a")):
            os.system("ls " + a)


# case: reduce with a function of the project
def joined(left, right):
    return left + right


def reduced():
    os.system(functools.reduce(joined, ["ls ", request.args["a"]]))  # expect: command-injection from 547


# case: partial with a keyword
def show(value, kind):
    return value if kind == "raw" else "fixed"


def partial_keyword():
    run = functools.partial(show, kind="raw")
    os.system("ls " + run(request.args["a"]))  # expect: command-injection from 557


# case: partial with another keyword
def partial_keyword_other():
    run = functools.partial(show, kind="safe")
    os.system("ls " + run(request.args["a"]))


# case: a function chosen by its type
@functools.singledispatch
def rendered(value):
    return value


def single_dispatch():
    os.system("ls " + rendered(request.args["a"]))  # expect: command-injection from 573


# case: an iterator that is read one by one
def read_iterator():
    items = iter(["fixed", request.args["a"]])
    next(items)
    os.system("ls " + next(items))  # expect: command-injection from 578


# case: next with a default
def next_default():
    os.system("ls " + next(iter([]), request.args["a"]))  # expect: command-injection from 585


# case: enumerate from a number
def enumerated():
    for number, a in enumerate(["x", "y"], start=int(request.args["a"])):
        os.system("ls " + a + str(number))


# case: the largest of constants
def largest():
    a = request.args["a"]
    os.system("ls " + max("x", "y", key=lambda value: value == a))


# case: divmod of numbers
def divided():
    whole, rest = divmod(int(request.args["a"]), 7)
    os.system("ls " + str(whole) + str(rest))


# case: rounded
def rounded():
    os.system("ls " + str(round(float(request.args["a"]), 2)))


# case: a dict built from two lists
def zipped():
    data = dict(zip(["a", "b"], [request.args["a"], "fixed"]))
    os.system("ls " + data["a"])  # expect: command-injection from 613


# case: keys of the request in a dict
def keyed():
    data = {}
    data[request.args["a"]] = "fixed"
    for key in data:
        os.system("ls " + key)  # expect: command-injection from 620


# case: keys of the request in a dict, by items
def keyed_items():
    data = {request.args["a"]: "fixed"}
    for key, value in data.items():
        os.system("ls " + key)  # expect: command-injection from 627


# case: the values under keys of the request
def keyed_values():
    data = {request.args["a"]: "fixed"}
    for value in data.values():
        os.system("ls " + value)


# case: fromkeys with constants
def from_keys():
    data = dict.fromkeys(["a", "b"], "fixed")
    data["a"] = request.args["a"]
    os.system("ls " + data["b"])


# case: an update with pairs
def updated_pairs():
    data = {"a": "fixed"}
    data.update([("b", request.args["a"])])
    os.system("ls " + data["b"])  # expect: command-injection from 649


# case: union in place, harmless
def united():
    data = {"a": "fixed"}
    data |= {"b": request.args["a"]}
    os.system("ls " + data["a"])


# case: union in place
def united_flow():
    data = {"a": "fixed"}
    data |= {"b": request.args["a"]}
    os.system("ls " + data["b"])  # expect: command-injection from 663


# case: a slice is assigned
def slice_assigned():
    items = ["x", "y", "z"]
    items[1:] = [request.args["a"]]
    os.system("ls " + items[1])  # expect: command-injection from 670


# case: a slice is deleted
def slice_deleted():
    items = [request.args["a"], "fixed"]
    del items[0]
    os.system("ls " + items[0])


# case: a list times a number
def list_repeated():
    items = [request.args["a"]] * 3
    os.system("ls " + items[2])  # expect: command-injection from 683


# case: a set difference
def set_difference():
    extra = set(request.args.getlist("a")) - {"x"}
    for a in extra:
        os.system("ls " + a)  # expect: command-injection from 689


# case: the intersection with constants
def set_intersection():
    for a in {"x", "y"} & set(request.args.getlist("a")):
        os.system("ls " + a)


# case: a set of constants is filled
def set_update():
    items = {"x"}
    items.update(request.args.getlist("a"))
    for a in items:
        os.system("ls " + a)  # expect: command-injection from 703


# case: unpacking into a list in the middle, harmless
def star_middle():
    first, *middle, last = ["x", request.args["a"], "z"]
    os.system("ls " + first + last)


# case: unpacking into a list in the middle
def star_middle_flow():
    first, *middle, last = ["x", request.args["a"], "z"]
    os.system("ls " + middle[0])  # expect: command-injection from 716


# case: pairs are unpacked in a loop, harmless
def pairs_unpacked():
    for name, value in [("fixed", request.args["a"]), ("other", "z")]:
        os.system("ls " + name)


# case: pairs are unpacked in a loop
def pairs_unpacked_flow():
    for name, value in [("fixed", request.args["a"]), ("other", "z")]:
        os.system("ls " + value)  # expect: command-injection from 728


# case: a dict of functions
def dict_of_functions():
    table = {"same": same, "constant": constant}
    os.system("ls " + table["constant"](request.args["a"]))


# case: a path of a list of dicts
def nested_data():
    data = {"users": [{"name": request.args["a"], "role": "fixed"}]}
    os.system("ls " + data["users"][0]["name"])  # expect: command-injection from 740


# case: another path of a list of dicts
def nested_data_other():
    data = {"users": [{"name": request.args["a"], "role": "fixed"}]}
    os.system("ls " + data["users"][0]["role"])


# case: bytes as numbers
def byte_numbers():
    os.system("ls " + str(request.args["a"].encode()[0]))  # wrong: command-injection from 752


# case: a mapping proxied by a class of collections
class Loose(collections.UserDict):
    pass


def user_dict():
    data = Loose()
    data["a"] = request.args["a"]
    os.system("ls " + data["a"])  # expect: command-injection from 762


# case: asyncio.run
async def fetched(value):
    return value


def ran():
    os.system("ls " + asyncio.run(fetched(request.args["a"])))  # expect: command-injection from 772
