import os

from flask import request


# case: nested dict by constant keys, harmless
def nested_dict():
    d = {"a": {"x": request.args["a"], "y": "fixed"}}
    os.system(d["a"]["y"])


# case: nested dict by constant keys
def nested_dict_flow():
    d = {"a": {"x": request.args["a"], "y": "fixed"}}
    os.system(d["a"]["x"])  # expect: command-injection from 14


# case: list insert shifts, harmless
def list_insert():
    l = [request.args["a"], "fixed"]
    l.insert(0, "first")
    os.system(l[0])
    os.system(l[2])


# case: list insert shifts
def list_insert_flow():
    l = [request.args["a"], "fixed"]
    l.insert(0, "first")
    os.system(l[1])  # expect: command-injection from 28


# case: list pop shifts, harmless
def list_pop():
    l = ["safe", request.args["a"], "fixed"]
    l.pop(0)
    os.system(l[1])


# case: list pop shifts
def list_pop_flow():
    l = ["safe", request.args["a"], "fixed"]
    l.pop(0)
    os.system(l[0])  # expect: command-injection from 42


# case: list pop of negative index, harmless
def list_pop_neg():
    l = ["safe", request.args["a"], "fixed"]
    x = l.pop()
    os.system(x)
    y = l.pop(-1)
    os.system(l[0])


# case: list pop of negative index
def list_pop_neg_flow():
    l = ["safe", request.args["a"], "fixed"]
    x = l.pop()
    y = l.pop(-1)
    os.system(y)  # expect: command-injection from 58


# case: list remove shifts, harmless
def list_remove():
    l = ["safe", "x", request.args["a"]]
    l.remove("safe")
    os.system(l[0])


# case: list remove shifts
def list_remove_flow():
    l = ["safe", "x", request.args["a"]]
    l.remove("safe")
    os.system(l[1])  # expect: command-injection from 73


# case: list remove last
def list_remove_then_last():
    l = []
    l.append("safe")
    l.append(request.args["a"])
    l.append("moresafe")
    l.pop(0)
    bar = l[0]
    os.system(bar)  # expect: command-injection from 82


# case: list remove other
def list_remove_then_other():
    l = []
    l.append("safe")
    l.append(request.args["a"])
    l.append("moresafe")
    l.pop(0)
    bar = l[1]
    os.system(bar)


# case: del of list item, harmless
def list_del():
    l = ["safe", request.args["a"], "x"]
    del l[0]
    os.system(l[1])


# case: del of list item
def list_del_flow():
    l = ["safe", request.args["a"], "x"]
    del l[0]
    os.system(l[0])  # expect: command-injection from 109


# case: del of slice
def list_del_slice():
    l = ["safe", request.args["a"], "x"]
    del l[:2]
    os.system(l[0])


# case: reverse, harmless
def list_reverse():
    l = ["safe", request.args["a"], "x", "y"]
    l.reverse()
    os.system(l[1])


# case: reverse
def list_reverse_flow():
    l = ["safe", request.args["a"], "x", "y"]
    l.reverse()
    os.system(l[2])  # expect: command-injection from 130


# case: reversed, harmless
def list_reversed():
    l = list(reversed(["safe", request.args["a"], "x", "y"]))
    os.system(l[1])


# case: reversed
def list_reversed_flow():
    l = list(reversed(["safe", request.args["a"], "x", "y"]))
    os.system(l[2])  # expect: command-injection from 143


# case: slice of list, harmless
def list_slice():
    l = ["safe", request.args["a"], "x", "y"]
    os.system(l[2:][0])


# case: slice of list
def list_slice_flow():
    l = ["safe", request.args["a"], "x", "y"]
    os.system(l[1:][0])  # expect: command-injection from 155


# case: slice reversed, harmless
def list_slice_rev():
    l = ["safe", request.args["a"], "x", "y"][::-1]
    os.system(l[1])


# case: slice reversed
def list_slice_rev_flow():
    l = ["safe", request.args["a"], "x", "y"][::-1]
    os.system(l[2])  # expect: command-injection from 167


# case: extend, harmless
def list_extend():
    l = ["a"]
    l.extend(["b", request.args["a"]])
    os.system(l[1])


# case: extend
def list_extend_flow():
    l = ["a"]
    l.extend(["b", request.args["a"]])
    os.system(l[2])  # expect: command-injection from 181


# case: list iadd, harmless
def list_iadd():
    l = ["a"]
    l += ["b", request.args["a"]]
    os.system(l[1])


# case: list iadd
def list_iadd_flow():
    l = ["a"]
    l += ["b", request.args["a"]]
    os.system(l[2])  # expect: command-injection from 195


# case: list multiplication, harmless
def list_mul():
    l = ["a"] * 3
    l[1] = request.args["a"]
    os.system(l[0])


# case: list multiplication
def list_mul_flow():
    l = ["a"] * 3
    l[1] = request.args["a"]
    os.system(l[1])  # expect: command-injection from 209


# case: sorted merges
def list_sorted():
    l = sorted(["a", request.args["a"]])
    os.system(l[0])  # expect: command-injection from 215
