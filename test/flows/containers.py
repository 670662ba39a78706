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


# case: a dict filled by item, harmless
def dict_filled():
    d = {}
    d["a"] = request.args["a"]
    d["b"] = "fixed"
    os.system(d["b"])


# case: a dict filled by item
def dict_filled_flow():
    d = {}
    d["a"] = request.args["a"]
    d["b"] = "fixed"
    os.system(d["a"])  # expect: command-injection from 32


# case: an item is replaced
def dict_replaced():
    d = {"a": request.args["a"]}
    d["a"] = "fixed"
    os.system(d["a"])


# case: get with a default, harmless
def dict_get():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.get("b", "x"))


# case: get with a default
def dict_get_flow():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.get("a"))  # expect: command-injection from 52


# case: pop, harmless
def dict_pop():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.pop("b"))


# case: pop
def dict_pop_flow():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d.pop("a"))  # expect: command-injection from 64


# case: setdefault
def dict_setdefault():
    d = {}
    d.setdefault("a", request.args["a"])
    os.system(d["a"])  # expect: command-injection from 71


# case: setdefault on a key that exists
def dict_setdefault_exists():
    d = {"a": "fixed"}
    d.setdefault("a", request.args["a"])
    os.system(d["a"])


# case: update, harmless
def dict_update():
    d = {"b": "fixed"}
    d.update({"a": request.args["a"]})
    os.system(d["b"])


# case: update
def dict_update_flow():
    d = {"b": "fixed"}
    d.update({"a": request.args["a"]})
    os.system(d["a"])  # expect: command-injection from 92


# case: update with keywords, harmless
def dict_update_keywords():
    d = {}
    d.update(a=request.args["a"], b="fixed")
    os.system(d["b"])


# case: update with keywords
def dict_update_keywords_flow():
    d = {}
    d.update(a=request.args["a"], b="fixed")
    os.system(d["a"])  # expect: command-injection from 106


# case: update replaces
def dict_update_replaces():
    d = {"a": request.args["a"]}
    d.update(a="fixed")
    os.system(d["a"])


# case: a splat in a display, harmless
def dict_splat():
    a = {"a": request.args["a"]}
    d = {**a, "b": "fixed"}
    os.system(d["b"])


# case: a splat in a display
def dict_splat_flow():
    a = {"a": request.args["a"]}
    d = {**a, "b": "fixed"}
    os.system(d["a"])  # expect: command-injection from 126


# case: union of dicts, harmless
def dict_union():
    d = {"b": "fixed"} | {"a": request.args["a"]}
    os.system(d["b"])


# case: union of dicts
def dict_union_flow():
    d = {"b": "fixed"} | {"a": request.args["a"]}
    os.system(d["a"])  # expect: command-injection from 139


# case: a key that nobody knows
def dict_unknown_key():
    d = {"a": request.args["a"], "b": "fixed"}
    os.system(d[request.args["k"]])  # expect: command-injection from 145


# case: dict built by keywords, harmless
def dict_call():
    d = dict(a=request.args["a"], b="fixed")
    os.system(d["b"])


# case: dict built by keywords
def dict_call_flow():
    d = dict(a=request.args["a"], b="fixed")
    os.system(d["a"])  # expect: command-injection from 157


# case: dict built from pairs
def dict_pairs():
    d = dict([("a", request.args["a"])])
    os.system(d["a"])  # expect: command-injection from 163


# case: fromkeys
def dict_fromkeys():
    d = dict.fromkeys(["x", "y"], request.args["a"])
    os.system(d["x"])  # expect: command-injection from 169


# case: the values
def dict_values():
    d = {"a": request.args["a"]}
    for value in d.values():
        os.system(value)  # expect: command-injection from 175


# case: the keys
def dict_keys():
    d = {"a": request.args["a"]}
    for key in d:
        os.system(key)


# case: a nested dict, harmless
def dict_nested():
    d = {"x": {"a": request.args["a"], "b": "fixed"}}
    os.system(d["x"]["b"])


# case: a nested dict
def dict_nested_flow():
    d = {"x": {"a": request.args["a"], "b": "fixed"}}
    os.system(d["x"]["a"])  # expect: command-injection from 195


# case: a nested item is assigned
def dict_nested_assigned():
    d = {"x": {}}
    d["x"]["a"] = request.args["a"]
    os.system(d["x"]["a"])  # expect: command-injection from 202


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
    os.system(d["a"])  # expect: command-injection from 226


# case: a copy does not see later changes, harmless
def dict_copy():
    d = {"a": "fixed"}
    e = d.copy()
    e["a"] = request.args["a"]
    os.system(d["a"])


# case: a copy does not see later changes
def dict_copy_flow():
    d = {"a": "fixed"}
    e = d.copy()
    e["a"] = request.args["a"]
    os.system(e["a"])  # expect: command-injection from 242


# case: a list by index, harmless
def list_index():
    items = ["fixed", request.args["a"]]
    os.system(items[0])


# case: a list by index
def list_index_flow():
    items = ["fixed", request.args["a"]]
    os.system(items[1])  # expect: command-injection from 254


# case: a negative index, harmless
def list_negative():
    items = ["fixed", request.args["a"]]
    os.system(items[-2])


# case: a negative index
def list_negative_flow():
    items = ["fixed", request.args["a"]]
    os.system(items[-1])  # expect: command-injection from 266


# case: append, harmless
def list_append():
    items = []
    items.append("fixed")
    items.append(request.args["a"])
    os.system(items[0])


# case: append
def list_append_flow():
    items = []
    items.append("fixed")
    items.append(request.args["a"])
    os.system(items[1])  # expect: command-injection from 282


# case: pop from the front shifts the others, harmless
def list_pop_front():
    items = ["first", request.args["a"], "last"]
    items.pop(0)
    os.system(items[1])


# case: pop from the front shifts the others
def list_pop_front_flow():
    items = ["first", request.args["a"], "last"]
    items.pop(0)
    os.system(items[0])  # expect: command-injection from 295


# case: pop gives the last, harmless
def list_pop():
    items = ["first", request.args["a"]]
    last = items.pop()
    os.system(items[0])


# case: pop gives the last
def list_pop_flow():
    items = ["first", request.args["a"]]
    last = items.pop()
    os.system(last)  # expect: command-injection from 309


# case: insert shifts the others, harmless
def list_insert():
    items = ["fixed"]
    items.insert(0, request.args["a"])
    os.system(items[1])


# case: insert shifts the others
def list_insert_flow():
    items = ["fixed"]
    items.insert(0, request.args["a"])
    os.system(items[0])  # expect: command-injection from 324


# case: extend, harmless
def list_extend():
    items = ["fixed"]
    items.extend([request.args["a"]])
    os.system(items[0])


# case: extend
def list_extend_flow():
    items = ["fixed"]
    items.extend([request.args["a"]])
    os.system(items[1])  # expect: command-injection from 338


# case: plus, harmless
def list_plus():
    items = ["fixed"] + [request.args["a"]]
    os.system(items[0])


# case: plus
def list_plus_flow():
    items = ["fixed"] + [request.args["a"]]
    os.system(items[1])  # expect: command-injection from 350


# case: augmented plus, harmless
def list_augmented():
    items = ["fixed"]
    items += [request.args["a"]]
    os.system(items[0])


# case: augmented plus
def list_augmented_flow():
    items = ["fixed"]
    items += [request.args["a"]]
    os.system(items[1])  # expect: command-injection from 364


# case: an item is replaced
def list_replaced():
    items = [request.args["a"]]
    items[0] = "fixed"
    os.system(items[0])


# case: reverse, harmless
def list_reverse():
    items = ["fixed", request.args["a"]]
    items.reverse()
    os.system(items[1])


# case: reverse
def list_reverse_flow():
    items = ["fixed", request.args["a"]]
    items.reverse()
    os.system(items[0])  # expect: command-injection from 384


# case: a slice of a list, harmless
def list_slice():
    items = ["x", "y", request.args["a"]]
    os.system(" ".join(items[:2]))


# case: a slice of a list
def list_slice_flow():
    items = ["x", "y", request.args["a"]]
    os.system(" ".join(items[1:]))  # expect: command-injection from 397


# case: remove of a constant
def list_remove():
    items = ["x", request.args["a"]]
    items.remove("x")
    os.system(items[0])  # expect: command-injection from 403


# case: sorted
def list_sorted():
    items = sorted([request.args["a"], "x"])
    os.system(items[0])  # expect: command-injection from 410


# case: a tuple, harmless
def tuple_index():
    pair = ("fixed", request.args["a"])
    os.system(pair[0])


# case: a tuple
def tuple_index_flow():
    pair = ("fixed", request.args["a"])
    os.system(pair[1])  # expect: command-injection from 422


# case: a set
def set_any():
    found = {request.args["a"], "x"}
    for one in found:
        os.system(one)  # expect: command-injection from 428


# case: a set that was filled with constants
def set_constants():
    found = set()
    found.add("x")
    found.add("y")
    for one in found:
        os.system(one)
    return request.args["a"]


# case: unpacking a list, harmless
def list_unpacked():
    first, second = ["fixed", request.args["a"]]
    os.system(first)


# case: unpacking a list
def list_unpacked_flow():
    first, second = ["fixed", request.args["a"]]
    os.system(second)  # expect: command-injection from 451


# case: a deque
def deque():
    items = collections.deque()
    items.append(request.args["a"])
    items.append("fixed")
    os.system(items.popleft())  # expect: command-injection from 458
    os.system(items.popleft())


# case: a defaultdict, harmless
def defaultdict():
    found = collections.defaultdict(list)
    found["a"].append(request.args["a"])
    found["b"].append("fixed")
    os.system(found["b"][0])


# case: a defaultdict
def defaultdict_flow():
    found = collections.defaultdict(list)
    found["a"].append(request.args["a"])
    found["b"].append("fixed")
    os.system(found["a"][0])  # expect: command-injection from 475


# case: an ordered dict, harmless
def ordered():
    found = collections.OrderedDict()
    found["a"] = request.args["a"]
    found["b"] = "fixed"
    os.system(found["b"])


# case: an ordered dict
def ordered_flow():
    found = collections.OrderedDict()
    found["a"] = request.args["a"]
    found["b"] = "fixed"
    os.system(found["a"])  # expect: command-injection from 491


# case: a named tuple by name, harmless
def named_tuple():
    Pair = collections.namedtuple("Pair", ["a", "b"])
    pair = Pair(request.args["a"], "fixed")
    os.system(pair.b)


# case: a named tuple by name
def named_tuple_flow():
    Pair = collections.namedtuple("Pair", ["a", "b"])
    pair = Pair(request.args["a"], "fixed")
    os.system(pair.a)  # expect: command-injection from 506


# case: a queue
def queued():
    waiting = queue.Queue()
    waiting.put(request.args["a"])
    os.system(waiting.get())  # expect: command-injection from 513


# case: a queue of constants
def queued_constant():
    waiting = queue.Queue()
    waiting.put("fixed")
    os.system(waiting.get())
    return request.args["a"]


# case: a configuration by section and key, harmless
def configuration():
    config = configparser.ConfigParser()
    config.add_section("s")
    config.set("s", "a", request.args["a"])
    config.set("s", "b", "fixed")
    os.system(config.get("s", "b"))


# case: a configuration by section and key
def configuration_flow():
    config = configparser.ConfigParser()
    config.add_section("s")
    config.set("s", "a", request.args["a"])
    config.set("s", "b", "fixed")
    os.system(config.get("s", "a"))  # expect: command-injection from 538


# case: a configuration by item, harmless
def configuration_item():
    config = configparser.ConfigParser()
    config["s"] = {"a": request.args["a"], "b": "fixed"}
    os.system(config["s"]["b"])


# case: a configuration by item
def configuration_item_flow():
    config = configparser.ConfigParser()
    config["s"] = {"a": request.args["a"], "b": "fixed"}
    os.system(config["s"]["a"])  # expect: command-injection from 553


# case: a list in a dict
def list_in_dict():
    d = {"items": []}
    d["items"].append(request.args["a"])
    os.system(d["items"][0])  # expect: command-injection from 560


# case: a list that a function fills
def filled_by_function():
    items = []
    fill(items, request.args["a"])
    os.system(items[0])  # expect: command-injection from 567


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
    os.system(str(items))  # expect: command-injection from 585


# case: an index that is computed, harmless
def computed_index():
    items = ["fixed", request.args["a"]]
    os.system(items[len("ab") - 2])


# case: an index that is computed
def computed_index_flow():
    items = ["fixed", request.args["a"]]
    os.system(items[3 - 2])  # expect: command-injection from 597


# case: zip to a dict
def zip_to_dict():
    d = dict(zip(["a", "b"], [request.args["a"], "fixed"]))
    os.system(d["a"])  # expect: command-injection from 603


# case: min and max
def biggest():
    os.system(max("x", request.args["a"]))  # expect: command-injection from 609


# case: next of an iterator
def next_of():
    os.system(next(iter([request.args["a"]])))  # expect: command-injection from 614


# case: the values that are left after a deletion
def left_after_deletion():
    data = {"a": request.args["a"], "b": "fixed"}
    del data["a"]
    os.system("ls " + " ".join(data.values()))


# case: the values that are left after another deletion
def left_after_other_deletion():
    data = {"a": request.args["a"], "b": "fixed"}
    del data["b"]
    os.system("ls " + " ".join(data.values()))  # expect: command-injection from 626
