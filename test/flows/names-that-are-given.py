import dataclasses

from django.shortcuts import get_object_or_404
from django.views.generic import View
from flask import request
from tornado.web import Application, RequestHandler, url


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
    return [getattr(order, name) for name in request.args.getlist("field")]  # expect: dynamic-attribute-tainted from 23


# case: the parts of an address are named by the address
class Detail(View):
    def get(self, request, *args, **kwargs):
        return get_object_or_404(self.queryset, **kwargs)


# case: what is asked for names its parts itself
class Search(View):
    def get(self, request, *args, **kwargs):
        return get_object_or_404(self.queryset, **request.GET.dict())  # expect: orm-lookup-tainted from 35


# case: one of the words of an address in a list
class Part(RequestHandler):
    def get(self, part):
        self.write(getattr(self.order, part).name)

    def put(self, part):
        setattr(self.order, part, "new")


class Field(RequestHandler):
    def get(self, field):
        self.write(getattr(self.order, field).name)  # expect: dynamic-attribute-tainted from 48


class Number(RequestHandler):
    def get(self, number):
        open("/srv/orders/" + number)


application = Application([
    (r"/(?P<part>head|body)/content", Part),
    (r"/(?P<field>\w+)/fields", Field),
    url(r"/orders/(?P<number>\d+)", Number),
])


# case: what is asked for and what there is have in common
def in_common(order, data):
    known = set(order.names())
    for name in set(request.json) & known:
        setattr(order, name, 1)
    for name in set(request.json.keys()).intersection(data.fields):
        setattr(order, name, 1)


# case: both are the sender's
def both(order):
    for name in set(request.json) & set(request.args):
        setattr(order, name, 1)  # expect: mass-assignment from 75


# case: what is asked for and is not there
def not_there(order):
    for name in set(request.json).difference(order.names()):
        setattr(order, name, 1)  # expect: mass-assignment from 81
