import enum
import os
from flask import request


class Field(enum.Enum):
    NAME = "name"
    KIND = "kind"


# case: a tuple is a key
def tuple_key():
    grid = {(0, 0): "ls", (0, 1): request.args["w"]}
    os.system(grid[0, 1])  # expect: command-injection from 13


# case: another tuple is another key
def other_tuple():
    grid = {(0, 0): "ls", (0, 1): request.args["w"]}
    os.system(grid[(0, 0)] + grid.get((0, 0), ""))


# case: what is stored under a tuple replaces what was there
def stored_under_tuple():
    grid = {}
    grid["a", 1] = request.args["w"]
    grid["a", 1] = "ls"
    os.system(grid["a", 1])


# case: a tuple that is not known may be any key
def unknown_tuple(row):
    grid = {(0, 0): "ls", (0, 1): request.args["w"]}
    os.system(grid[row, 1])  # expect: command-injection from 33


# case: the keys of a dict are tuples again
def keys_that_are_tuples():
    grid = {("ls", 0): request.args["w"]}
    os.system([word for word, _ in grid][0])


# case: what a tuple of a dict's items holds
def items_under_tuples():
    grid = {("ls", 0): request.args["w"]}
    for (word, _), given in grid.items():
        os.system(given)  # expect: command-injection from 45


# case: what a tuple of a dict's items holds, and what is none of it
def items_under_tuples_harmless():
    grid = {("ls", 0): request.args["w"]}
    for (word, _), given in grid.items():
        os.system(word)


# case: a tuple is deleted
def deleted_tuple():
    grid = {(0, 1): request.args["w"]}
    del grid[0, 1]
    os.system(grid.get((0, 1), "ls"))


# case: a member of an enumeration is found by its value
def member_by_value():
    record = {Field.NAME: request.args["w"], Field.KIND: "ls"}
    os.system(record[Field("name")])  # expect: command-injection from 66


# case: another member is found by its value
def other_member_by_value():
    record = {Field.NAME: request.args["w"], Field.KIND: "ls"}
    os.system(record[Field("kind")])


# case: any member is found by a value from outside
def any_member():
    record = {Field.NAME: request.args["w"], Field.KIND: "ls"}
    os.system(record[Field(request.args["f"])])  # expect: command-injection from 78


# case: a key that begins with a character that no name has
def odd_keys():
    table = {"\0tuple{": "ls", "b": "pwd"}
    for key, value in table.items():
        os.system(value)


# case: a value beside such a key
def beside_odd_keys():
    table = {"\0tuple{": "ls", "b": request.args["b"]}
    os.system(table["b"])  # expect: command-injection from 91
