import hashlib
import os

import shop
from django.db import models
from flask import request, session

class Book(models.Model):
    title = models.TextField()
    price = models.IntegerField()
    stock = models.IntegerField()
    shelf = models.TextField()


# case: what is found by a key holds what is stored
def found(orders):
    order = orders.get_one(request.args["number"])
    os.system("ls " + order.folder)
    os.system("ls " + order.customer.name.strip())
    os.system("ls " + order.path_of("bill"))


# case: each of what is found by a key
def each(orders):
    for order in orders.find_by_name(request.args["name"]):
        os.system("ls " + order.folder)


# case: an entry of what is found by a key
def entry(orders):
    order = orders.fetch_row(request.args["number"])
    os.system("ls " + order["folder"])


# case: what is found may be the text itself
def text(orders):
    folder = orders.get_folder(request.args["number"])
    os.system("ls " + folder.strip())  # expect: command-injection from 37


# case: what a function reads out of the text that it is given
def read(orders):
    order = orders.load_json(request.data)
    os.system("ls " + order["folder"])  # expect: command-injection from 43


# case: what is made of a text holds the text
def made(orders):
    order = orders.make(request.args["number"])
    os.system("ls " + order.folder)  # expect: command-injection from 49


# case: what is found by a function of a module that nobody knows
def of_a_module():
    order = shop.find_order(request.args["number"])
    os.system("ls " + order.folder)
    os.system("ls " + order.path_of("bill"))
    os.system("ls " + order["folder"])


# case: a text that is found by a function of a module
def text_of_a_module():
    folder = shop.get_folder(request.args["number"])
    os.system("ls " + folder.strip())  # expect: command-injection from 63
    os.system(f"ls {folder}")  # expect: command-injection from 63


# case: Django: a field that the program names, whatever it is compared with
def by_own_field(field):
    Book.objects.filter(**{f"{field}__in": request.args["value"]})


# case: Django: a field that the sender names
def by_any_field():
    Book.objects.filter(**{request.args["field"]: request.args["value"]})  # expect: orm-lookup-tainted from 75


# case: a text that becomes bytes, and a number that becomes as many of them
def as_bytes():
    hashlib.sha256(bytes(request.json["title"], "utf-8"))
    return bytes(request.json["size"])  # expect: input-range-unchecked from 81


# case: what a function that nobody knows answers may be kept in a session
def kept():
    session["grant"] = shop.exchange(request.args["code"])


# case: rows that a filter leaves hold what is stored
def filtered(shop):
    name = request.args["name"]
    order = shop.orders.filter(name__iexact=name).select_related("customer").first()
    os.system("ls " + order.folder)
    for each in shop.orders.exclude(name=name):
        os.system("ls " + each.folder)


# case: what an unknown filter gives may be the text itself
def passed_through(texts):
    os.system("ls " + texts.filter(request.args["name"]))  # expect: command-injection from 100
