import os
import subprocess
import time
from itertools import repeat

from django.db import models
from fastapi import FastAPI, Query
from flask import abort, request
from pydantic import BaseModel
from werkzeug.utils import secure_filename

from .checks import allowed_file
from .schemas import OrderSchema

app = FastAPI()


class Order(models.Model):
    price = models.IntegerField()


class OrderIn(BaseModel):
    price: int


# case: keywords that the sender names
def keywords():
    return Order(**request.get_json())  # expect: mass-assignment from 28


# case: keywords that the code names
def named_keywords():
    data = request.get_json()
    return Order(price=data["price"])


# case: a mapping with known keys is passed on
def known_keys():
    data = {"price": request.form["price"]}
    return Order(**data)


# case: a schema by its name has declared the keys
def schema_by_name():
    return Order(**OrderSchema().load(request.get_json()))


# case: another loader declares nothing
def loader():
    return Order(**storage.load(request.get_json()))  # expect: mass-assignment from 50


# case: the typed body of a route
@app.post("/orders")
def typed(order: OrderIn):
    return Order(**order.model_dump())


# case: the untyped body of a route
@app.post("/raw")
def untyped(order: dict):
    return Order(**order)  # expect: mass-assignment from 61


# case: an attribute that the sender names
def attribute(machine):
    return getattr(machine, request.args["name"])  # expect: dynamic-attribute-tainted from 67


# case: an attribute of a family
def attribute_of_family(machine):
    return getattr(machine, f"on_{request.args['name']}")


# case: an option of a program
def option():
    subprocess.run(["git", "fetch", request.args["url"]])  # expect: argument-injection from 77


# case: behind the end of the options
def no_option():
    subprocess.run(["git", "fetch", "--", request.args["url"]])


# case: a number that nobody limits
def unlimited():
    time.sleep(int(request.args["n"]))  # expect: input-range-unchecked from 87


# case: a number with a limit on one way only
def limited_sometimes(strict):
    n = int(request.args["n"])
    if strict and n > 10:
        abort(400)
    time.sleep(n)  # expect: input-range-unchecked from 92


# case: a number with a limit
def limited():
    n = int(request.args["n"])
    if n > 10:
        abort(400)
    time.sleep(n)


# case: the framework's limit
@app.get("/wait")
def wait(n: int = Query(1, le=10)):
    time.sleep(n)


# case: the framework's smallest number is no limit
@app.get("/wait-long")
def wait_long(n: int = Query(1, ge=1)):
    time.sleep(n)  # expect: input-range-unchecked from 114


# case: text is no amount
def text_is_no_amount():
    return bytes(request.args["a"], "utf8"), list(repeat(request.args["a"], 2))


# case: any ending
def any_ending():
    file = request.files["a"]
    file.save(os.path.join("/srv", secure_filename(file.filename)))  # expect: file-upload-unrestricted from 125


# case: an ending of a list
def listed_ending():
    file = request.files["a"]
    if not file.filename.endswith((".png", ".jpg")):
        abort(415)
    file.save(os.path.join("/srv", secure_filename(file.filename)))


# case: an ending that is refused
def refused_ending():
    file = request.files["a"]
    if file.filename.endswith(".exe"):
        abort(415)
    file.save(os.path.join("/srv", secure_filename(file.filename)))  # expect: file-upload-unrestricted from 139


# case: a function of elsewhere allows the file
def allowed_elsewhere():
    file = request.files["a"]
    if allowed_file(file.filename):
        file.save(os.path.join("/srv", secure_filename(file.filename)))


# case: a function of elsewhere, asked in vain
def allowed_elsewhere_in_vain():
    file = request.files["a"]
    if not allowed_file(file.filename):
        file.save(os.path.join("/srv", secure_filename(file.filename)))  # expect: file-upload-unrestricted from 154


# case: keys that were compared with those that exist
def compared_keys():
    data = {k: v for k, v in request.form.items() if k in ("price", "name")}
    return Order(**data)


# case: keys that nobody compared
def all_keys():
    data = {k: v for k, v in request.form.items()}
    return Order(**data)  # expect: mass-assignment from 167


# case: keys of the program in a loop
def keys_of_the_program():
    data = {}
    for key in ("price", "name", "note", "owner", "size"):
        data[key] = request.form[key]
    return Order(**data)
