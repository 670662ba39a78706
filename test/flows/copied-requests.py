import os
from flask import request


# case: an item of a copy that is given another value
def item_is_replaced():
    given = request.args.copy()
    given["q"] = "x"
    os.system(given["q"])


# case: another item of the copy
def other_item():
    given = request.args.copy()
    given["p"] = "x"
    os.system(given["q"])  # expect: command-injection from 14


# case: an item that may be filled again
def filled_again():
    given = request.args.copy()
    given["q"] = "x"
    given.update(request.form)
    os.system(given["q"])  # expect: command-injection from 21


# case: an item of a copy on one way only
def on_one_way():
    given = request.args.copy()
    if "p" in given:
        given["q"] = "x"
    os.system(given["q"])  # expect: command-injection from 29


# case: a copy that was made again
def made_again():
    given = request.args.copy()
    given["q"] = "x"
    given = request.form.copy()
    os.system(given["q"])  # expect: command-injection from 39
