import collections
import os
from flask import request


# case: a deque drops the first of more than it may hold
def dropped():
    last = collections.deque(maxlen=2)
    last.append(request.args["a"])
    last.append("b")
    last.append("c")
    os.system(last[0])


# case: a deque keeps the last of them
def kept():
    last = collections.deque(maxlen=2)
    last.append("b")
    last.append(request.args["a"])
    last.append("c")
    os.system(last[0])  # expect: command-injection from 19


# case: what is added in front drops the last
def dropped_at_end():
    first = collections.deque([request.args["a"]], 2)
    first.appendleft("b")
    first.appendleft("c")
    os.system(first[-1])


# case: a deque without a bound drops nothing
def unbounded():
    every = collections.deque([request.args["a"]])
    every.append("b")
    every.append("c")
    os.system(every[0])  # expect: command-injection from 34


# case: a deque drops what it is made of, too
def dropped_at_first():
    last = collections.deque([request.args["a"], "b", "c"], maxlen=2)
    os.system(" ".join(last))


# case: a deque drops the first where it is extended
def dropped_by_others():
    last = collections.deque([request.args["a"]], maxlen=2)
    last.extend(["b", "c"])
    os.system(last.popleft())
