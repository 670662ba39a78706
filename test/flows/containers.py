import collections
import configparser
import os
import queue

from flask import request


# case: a dict by the tainted key
def dict_tainted_key():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d["a"])  # expect: command-injection from 11


# case: a dict by another key
def dict_other_key():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d["b"])


# case: a dict filled by item
def dict_filled():
    d = {}
    d["a"] = request.args["a"]
    d["b"] = "fixed"
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 24


# case: an item is replaced
def dict_replaced():
    d = {"a": request.args["a"]}
    d["a"] = "fixed"
    os.system(d["a"])


# case: get with a default
def dict_get():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.get("b", "x"))
    os.system(d.get("a"))  # expect: command-injection from 39


# case: pop
def dict_pop():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.pop("b"))
    os.system(d.pop("a"))  # expect: command-injection from 46


# case: setdefault
def dict_setdefault():
    d = {}
    d.setdefault("a", request.args["a"])
    os.system(d["a"])  # expect: command-injection from 54


# case: setdefault on a key that exists
def dict_setdefault_exists():
    d = {"a": "fixed"}
    d.setdefault("a", request.args["a"])
    os.system(d["a"])


# case: update
def dict_update():
    d = {"b": "fixed"}
    d.update({"a": request.args["a"]})
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 68


# case: update with keywords
def dict_update_keywords():
    d = {}
    d.update(a=request.args["a"], b="fixed")
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 76


# case: update replaces
def dict_update_replaces():
    d = {"a": request.args["a"]}
    d.update(a="fixed")
    os.system(d["a"])


# case: a splat in a display
def dict_splat():
    a = {"a": request.args["a"]}
    d = {**a, "b": "fixed"}
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 90


# case: union of dicts
def dict_union():
    d = {"b": "fixed"} | {"a": request.args["a"]}
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 98


# case: a key that nobody knows
def dict_unknown_key():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d[request.args["k"]])  # expect: command-injection from 105


# case: dict built by keywords
def dict_call():
    d = dict(a=request.args["a"], b="fixed")
    os.system(d["b"])
    os.system(d["a"])  # expect: command-injection from 111


# case: dict built from pairs
def dict_pairs():
    d = dict([("a", request.args["a"])])
    os.system(d["a"])  # expect: command-injection from 118


# case: fromkeys
def dict_fromkeys():
    d = dict.fromkeys(["x", "y"], request.args["a"])
    os.system(d["x"])  # expect: command-injection from 124


# case: the values
def dict_values():
    d = {"a": request.args["a"]}
    for value in d.values():
        os.system(value)  # expect: command-injection from 130


# case: the keys
def dict_keys():
    d = {"a": request.args["a"]}
    for key in d:
        os.system(key)


# case: a nested dict
def dict_nested():
    d = {"x": {"a": request.args["a"], "b": "fixed"}}
    os.system(d["x"]["b"])
    os.system(d["x"]["a"])  # expect: command-injection from 144


# case: a nested item is assigned
def dict_nested_assigned():
    d = {"x": {}}
    d["x"]["a"] = request.args["a"]
    os.system(d["x"]["a"])  # expect: command-injection from 152


# case: a deleted key
def dict_deleted():
    d = {"a": request.args["a"]}
    del d["a"]
    d["a"] = "fixed"
    os.system(d["a"])


# case: clear
def dict_clear():
    d = {"a": request.args["a"]}
    d.clear()
    d["b"] = "fixed"
    os.system(d["b"])


# case: two names of one dict
def dict_alias():
    d = {}
    e = d
    e["a"] = request.args["a"]
    os.system(d["a"])  # expect: command-injection from 176


# case: a copy does not see later changes
def dict_copy():
    d = {"a": "fixed"}
    e = d.copy()
    e["a"] = request.args["a"]
    os.system(d["a"])
    os.system(e["a"])  # expect: command-injection from 184


# case: a list by index
def list_index():
    items = ["fixed", request.args["a"]]
    os.system(items[0])
    os.system(items[1])  # expect: command-injection from 191


# case: a negative index
def list_negative():
    items = ["fixed", request.args["a"]]
    os.system(items[-2])
    os.system(items[-1])  # expect: command-injection from 198


# case: append
def list_append():
    items = []
    items.append("fixed")
    items.append(request.args["a"])
    os.system(items[0])
    os.system(items[1])  # expect: command-injection from 207


# case: pop from the front shifts the others
def list_pop_front():
    items = ["first", request.args["a"], "last"]
    items.pop(0)
    os.system(items[1])
    os.system(items[0])  # expect: command-injection from 214


# case: pop gives the last
def list_pop():
    items = ["first", request.args["a"]]
    last = items.pop()
    os.system(items[0])
    os.system(last)  # expect: command-injection from 222


# case: insert shifts the others
def list_insert():
    items = ["fixed"]
    items.insert(0, request.args["a"])
    os.system(items[1])
    os.system(items[0])  # expect: command-injection from 231


# case: extend
def list_extend():
    items = ["fixed"]
    items.extend([request.args["a"]])
    os.system(items[0])
    os.system(items[1])  # expect: command-injection from 239


# case: plus
def list_plus():
    items = ["fixed"] + [request.args["a"]]
    os.system(items[0])
    os.system(items[1])  # expect: command-injection from 246


# case: augmented plus
def list_augmented():
    items = ["fixed"]
    items += [request.args["a"]]
    os.system(items[0])
    os.system(items[1])  # expect: command-injection from 254


# case: an item is replaced
def list_replaced():
    items = [request.args["a"]]
    items[0] = "fixed"
    os.system(items[0])


# case: reverse
def list_reverse():
    items = ["fixed", request.args["a"]]
    items.reverse()
    os.system(items[1])
    os.system(items[0])  # expect: command-injection from 268


# case: a slice of a list
def list_slice():
    items = ["x", "y", request.args["a"]]
    os.system(" ".join(items[:2]))
    os.system(" ".join(items[1:]))  # expect: command-injection from 276


# case: remove of a constant
def list_remove():
    items = ["x", request.args["a"]]
    items.remove("x")
    os.system(items[0])  # expect: command-injection from 283


# case: sorted
def list_sorted():
    items = sorted([request.args["a"], "x"])
    os.system(items[0])  # expect: command-injection from 290


# case: a tuple
def tuple_index():
    pair = ("fixed", request.args["a"])
    os.system(pair[0])
    os.system(pair[1])  # expect: command-injection from 296


# case: a set
def set_any():
    found = {request.args["a"], "x"}
    for one in found:
        os.system(one)  # expect: command-injection from 303


# case: a set that was filled with constants
def set_constants():
    found = set()
    found.add("x")
    found.add("y")
    for one in found:
        os.system(one)
    return request.args["a"]


# case: unpacking a list
def list_unpacked():
    first, second = ["fixed", request.args["a"]]
    os.system(first)
    os.system(second)  # expect: command-injection from 320


# case: a deque
def deque():
    items = collections.deque()
    items.append(request.args["a"])
    items.append("fixed")
    os.system(items.popleft())  # expect: command-injection from 328
    os.system(items.popleft())


# case: a defaultdict
def defaultdict():
    found = collections.defaultdict(list)
    found["a"].append(request.args["a"])
    found["b"].append("fixed")
    os.system(found["b"][0])
    os.system(found["a"][0])  # expect: command-injection from 337


# case: an ordered dict
def ordered():
    found = collections.OrderedDict()
    found["a"] = request.args["a"]
    found["b"] = "fixed"
    os.system(found["b"])
    os.system(found["a"])  # expect: command-injection from 346


# case: a named tuple by name
def named_tuple():
    Pair = collections.namedtuple("Pair", ["a", "b"])
    pair = Pair(request.args["a"], "fixed")
    os.system(pair.b)
    os.system(pair.a)  # expect: command-injection from 355


# case: a queue
def queued():
    waiting = queue.Queue()
    waiting.put(request.args["a"])
    os.system(waiting.get())  # expect: command-injection from 363


# case: a queue of constants
def queued_constant():
    waiting = queue.Queue()
    waiting.put("fixed")
    os.system(waiting.get())
    return request.args["a"]


# case: a configuration by section and key
def configuration():
    config = configparser.ConfigParser()
    config.add_section("s")
    config.set("s", "a", request.args["a"])
    config.set("s", "b", "fixed")
    os.system(config.get("s", "b"))
    os.system(config.get("s", "a"))  # expect: command-injection from 379


# case: a configuration by item
def configuration_item():
    config = configparser.ConfigParser()
    config["s"] = {"a": request.args["a"], "b": "fixed"}
    os.system(config["s"]["b"])
    os.system(config["s"]["a"])  # expect: command-injection from 388


# case: a list in a dict
def list_in_dict():
    d = {"items": []}
    d["items"].append(request.args["a"])
    os.system(d["items"][0])  # expect: command-injection from 396


# case: a list that a function fills
def filled_by_function():
    items = []
    fill(items, request.args["a"])
    os.system(items[0])  # expect: command-injection from 403


def fill(items, value):
    items.append(value)


# case: a list that a function fills with a constant
def filled_with_constant():
    items = []
    fill(items, "fixed")
    os.system(items[0])
    return request.args["a"]


# case: the whole container goes to the sink
def whole_list():
    items = [request.args["a"]]
    os.system(str(items))  # expect: command-injection from 421


# case: an index that is computed
def computed_index():
    items = ["fixed", request.args["a"]]
    os.system(items[len("ab") - 2])
    os.system(items[3 - 2])  # expect: command-injection from 427


# case: zip to a dict
def zip_to_dict():
    d = dict(zip(["a", "b"], [request.args["a"], "fixed"]))
    os.system(d["a"])  # expect: command-injection from 434


# case: min and max
def biggest():
    os.system(max("x", request.args["a"]))  # expect: command-injection from 440


# case: next of an iterator
def next_of():
    os.system(next(iter([request.args["a"]])))  # expect: command-injection from 445


# case: the values that are left after a deletion
def left_after_deletion():
    data = {"a": request.args["a"], "b": "fixed"}
    del data["a"]
    os.system("ls " + " ".join(data.values()))


# case: the values that are left after another deletion
def left_after_other_deletion():
    data = {"a": request.args["a"], "b": "fixed"}
    del data["b"]
    os.system("ls " + " ".join(data.values()))  # expect: command-injection from 457
