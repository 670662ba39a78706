import os
import re
from flask import request

NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Bucket:
    def __init__(self, root, is_strict=True):
        self.root = root
        self.is_strict = is_strict

    def locate(self, key):
        if self.is_strict and not NAME.fullmatch(key):
            raise ValueError(key)
        return os.path.join(self.root, key)


# case: a check that is switched on
def switched_on():
    os.remove(Bucket("/srv").locate(request.args["k"]))


# case: a check that is switched off
def switched_off():
    os.remove(Bucket("/srv", is_strict=False).locate(request.args["k"]))  # expect: path-traversal from 26


# case: a check that somebody else switches
def switched_elsewhere(is_strict):
    os.remove(Bucket("/srv", is_strict).locate(request.args["k"]))  # expect: path-traversal from 31


# case: a switch behind the check, and one that is turned round
def switched_otherwise():
    is_loose, is_strict = False, True
    key = request.args["k"]
    if not NAME.fullmatch(key) and (is_strict and not is_loose):
        raise ValueError(key)
    os.remove("/srv/" + key)


# case: a switch that is turned round and off
def switched_off_otherwise():
    is_loose = True
    key = request.args["k"]
    if not is_loose and not NAME.fullmatch(key):
        raise ValueError(key)
    os.remove("/srv/" + key)  # expect: path-traversal from 46
