import dataclasses
import json
import sys

from django.shortcuts import get_object_or_404
from django.views.generic import View
from flask import Flask, Response, redirect, request
from shop.storage import storage
from tornado.web import Application, RequestHandler, url

app = Flask(__name__)


# case: the fields that a class declares, whatever its objects hold
@dataclasses.dataclass
class Order:
    number: int
    note: str


def as_list():
    order = Order(1, request.args["note"])
    return [getattr(order, field.name) for field in dataclasses.fields(order)]


# case: fields that the sender names
def as_sent(order):
    return [getattr(order, name) for name in request.args.getlist("field")]  # expect: dynamic-attribute-tainted from 28


# case: the parts of an address are named by the address
class Detail(View):
    def get(self, request, *args, **kwargs):
        return get_object_or_404(self.queryset, **kwargs)


# case: what is asked for names its parts itself
class Search(View):
    def get(self, request, *args, **kwargs):
        return get_object_or_404(self.queryset, **request.GET.dict())  # expect: orm-lookup-tainted from 40


# case: one of the words of an address in a list
class Part(RequestHandler):
    def get(self, part):
        self.write(getattr(self.order, part).name)

    def put(self, part):
        setattr(self.order, part, "new")


class Field(RequestHandler):
    def get(self, field):
        self.write(getattr(self.order, field).name)  # expect: dynamic-attribute-tainted from 53


class Number(RequestHandler):
    def get(self, number):
        open("/srv/orders/" + number)


application = Application([
    (r"/(?P<part>head|body)/content", Part),
    (r"/(?P<field>\w+)/fields", Field),
    url(r"/orders/(?P<number>\d+)", Number),
])


# case: what is asked for and what there is have in common
def in_common(order):
    known = set(order.names())
    for name in set(request.json) & known:
        setattr(order, name, 1)


# case: what is asked for and what there is, by the method
def in_common_by_method(order, data):
    for name in set(request.json.keys()).intersection(data.fields):
        setattr(order, name, 1)


# case: both are the sender's
def both(order):
    for name in set(request.json) & set(request.args):
        setattr(order, name, 1)  # expect: mass-assignment from 84


# case: what is asked for and is not there
def not_there(order):
    for name in set(request.json).difference(order.names()):
        setattr(order, name, 1)  # expect: mass-assignment from 90


# case: a family of attributes, by its end
def of_a_family(settings):
    return getattr(settings, f"{request.args['provider']}_client_id", None)


# case: the end is the sender's as well
def of_no_family(settings):
    return getattr(settings, request.args["a"] + "_" + request.args["end"])  # expect: dynamic-attribute-tainted from 101


# case: a family of classes
def family_of_classes(backends):
    return getattr(backends, request.args["name"].title() + "Backend")


# case: the parts of an address of a record, by name
class Edit(View):
    def get(self, request, **parts):
        return self.model.objects.get(**parts)


# case: what is handled is not its stack
def kind_of_error():
    kind, raised, trace = sys.exc_info()
    return redirect("/errors/" + kind.__name__)


# case: an answer that is no page stays none where it may be a text as well
def refused(text):
    return Response(response=json.dumps({"error": text}), status=410, mimetype="application/json")


def looked_at():
    name = request.form["name"]
    return (True, refused("no " + name)) if len(name) > 9 else (False, "")


@app.post("/look")
def look():
    is_wrong, answer = looked_at()
    return answer if is_wrong else "done"


# case: a page that is made on the way is said where it is made
def made(text):
    return Response("<p>" + text)  # expect: xss-reflected from 144


@app.post("/make")
def make():
    is_wrong, answer = (True, made(request.form["name"])) if request.form["a"] else (False, "")
    return answer if is_wrong else "done"


# case: what is stored under a name
@app.get("/stored/<path:name>")
def stored(name):
    return storage.open(name).read()


# case: the name itself
@app.get("/named/<path:name>")
def named(name):
    return "<p>" + storage.path(name)  # expect: xss-reflected from 156
