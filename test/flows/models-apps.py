import os
from dataclasses import dataclass

import litestar
import robyn
import web
from flask import request
from litestar import post
from nicegui import ui
from ninja import File, NinjaAPI, Query, Schema
from ninja.files import UploadedFile

api = NinjaAPI()
app = robyn.Robyn(__file__)
db = web.database(dbn="sqlite", db="x")


@dataclass
class Order:
    name: str
    amount: int


# case: Litestar: a data class as the body
@post("/orders")
async def make_order(data: Order) -> str:
    os.system("order " + data.name)  # expect: command-injection from 26
    return "made"


# case: Litestar: a number of a data class as the body
@post("/amounts")
async def make_amount(data: Order) -> str:
    os.system(f"order {data.amount}")
    return "made"


# case: Litestar: a file that the sender names
@litestar.get("/file")
async def sent_file(name: str) -> litestar.response.File:
    return litestar.response.File(path="/srv/" + name)  # expect: path-traversal from 40


# case: Litestar: a file of the program
@litestar.get("/fixed")
async def fixed_file(name: str) -> litestar.response.File:
    return litestar.response.File(path="/srv/fixed", filename=name)


class Filters(Schema):
    name: str = ""
    limit: int = 10


# case: Ninja: a schema in the query string
@api.get("/items")
def items(request, filters: Query[Filters]):
    os.system("items " + filters.name)  # expect: command-injection from 57


# case: Ninja: a number of a schema in the query string
@api.get("/limited")
def limited(request, filters: Query[Filters]):
    os.system(f"items {filters.limit}")


# case: Ninja: the name of an upload has no folders
@api.post("/upload")
def upload(request, file: UploadedFile = File(...)):
    open(f"/srv/{file.name}", "wb").close()


# case: Robyn: the request
@app.get("/robyn/:name")
async def robyn_route(request):
    os.system("ls " + request.path_params["name"])  # expect: command-injection from 76
    os.system("ls " + request.query_params.get("q", ""))  # expect: command-injection from 77
    os.system("ls " + request.json()["d"])  # expect: command-injection from 78
    return robyn.html("<p>" + request.headers.get("referer"))  # expect: xss-reflected from 79


# case: Robyn: a parameter by its name
@app.post("/robyn")
async def robyn_body(request, body):
    os.system("ls " + body)  # expect: command-injection from 84


# case: Robyn: the method of the request
@app.post("/robyn/method")
async def robyn_method(request, method):
    os.system("ls " + request.method)


# case: web.py: conditions that are put together
def conditions():
    name = web.input().name
    db.select("t", where="name = '" + name + "'")  # expect: sql-injection from 96
    db.delete("t", where="name = '" + name + "'")  # expect: sql-injection from 96
    db.update("t", "name = '" + name + "'", seen=1)  # expect: sql-injection from 96


# case: web.py: conditions with values of their own
def bound_conditions():
    name = web.input().name
    db.select("t", {"name": name}, where="name = $name")
    db.delete("t", where="name = $name", vars={"name": name})
    db.update("t", "name = $name", vars={"name": name}, title=name)


# case: NiceGUI: what was typed
typed = ui.input("name")
ui.button("go", on_click=lambda: os.system("go " + typed.value))  # expect: command-injection from 112


# case: NiceGUI: what the button says
button = ui.button("go")
ui.button("again", on_click=lambda: os.system("go " + button.text))


class Table:
    def __delitem__(self, name):
        os.system("drop " + name)  # expect: command-injection from 127


# case: what deletes an item of an object
def deleted():
    del Table()[request.args["n"]]


class Tables:
    def __delitem__(self, name):
        os.system("drop all")


# case: what deletes an item of an object and ignores its name
def deleted_all():
    del Tables()[request.args["n"]]


# case: how long a view of bytes is
def view_of_bytes():
    os.system(f"head -{memoryview(request.data).nbytes}")


# case: a view of bytes
def viewed_bytes():
    os.system(bytes(memoryview(request.data)).decode())  # expect: command-injection from 147, input-range-unchecked from 147
