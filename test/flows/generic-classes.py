import sqlite3
from enum import Enum
from typing import Generic, TypeVar

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db")
T = TypeVar("T")


# case: methods of a base that says what it is for
class Repository(Generic[T]):
    table = ""

    def by_name(self, name):
        return db.execute(f"SELECT * FROM {self.table} WHERE name = '{name}'").fetchall()  # expect: sql-injection from 30

    def by_key(self, key):
        return db.execute(f"SELECT * FROM {self.table} WHERE key = ?", (key,)).fetchall()


class Users(Repository[dict]):
    table = "users"


@app.get("/users")
def users():
    found = Users()
    return {"rows": found.by_name(request.args["name"]), "one": found.by_key(request.args["key"])}


class Box(Generic[T]):
    def __init__(self, content: T):
        self.content = content


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


# case: an object of a class that says what it holds
@app.get("/box")
def box():
    return "<p>" + Box[str](request.args["name"]).content  # expect: xss-reflected from 46


# case: another attribute of such an object
@app.get("/length")
def length():
    return "<p>%d" % len(Box[str](request.args["name"]).content)


# case: a member of an enumeration by its name
@app.get("/colour")
def colour():
    return "<p>" + Colour[request.args["colour"]].value
