import django.db.models
import django.views.generic
import flask
import mongoengine
import pathlib
import peewee


# case: a query set of the project's own
class Shelf(django.db.models.QuerySet):
    def named(self, request):
        return self.extra(where=["name = '%s'" % request.GET["q"]])  # expect: sql-injection from 12

    def named_by_parameter(self, request):
        return self.extra(where=["name = %s"], params=[request.GET["q"]])


# case: the query set of a manager
class Shelves(django.db.models.Manager):
    def ordered(self, request):
        return super().get_queryset().extra(order_by=[request.GET["o"]])  # expect: sql-injection from 21

    def named(self, request):
        return super().get_queryset().filter(name=request.GET["o"])


# case: the query set of a view
class ShelfList(django.views.generic.ListView):
    def get_queryset(self):
        return super().get_queryset().filter(a=1).extra(order_by=[self.request.GET["o"]])  # expect: sql-injection from 30


class SafeShelfList(django.views.generic.ListView):
    def get_queryset(self):
        return super().get_queryset().filter(name=self.request.GET["o"])


# case: a query in the language of a database of documents
class Leaflet(mongoengine.Document):
    title = mongoengine.StringField()


def leaflets():
    return flask.jsonify(Leaflet.objects(__raw__=flask.request.get_json()))  # expect: nosql-injection from 44


def leaflets_where():
    found = Leaflet.objects.filter(__raw__={"$where": "x == " + flask.request.args["x"]})  # expect: nosql-injection from 48
    return flask.jsonify(found)


def leaflets_by_title():
    return flask.jsonify(Leaflet.objects(title=str(flask.request.get_json()["title"])))


class Drawing(peewee.Model):
    path = peewee.CharField()


# case: rows that a condition leaves, of which what they hold was stored
def removed_drawings():
    drawings = list(Drawing.select().where(Drawing.id << flask.request.json["ids"]))
    for drawing in drawings:
        pathlib.Path(drawing.path).unlink()


# case: what the condition itself is made of is the sender's
def chosen_drawings():
    for name in list(flask.request.json["names"]):
        pathlib.Path(name).unlink()  # expect: path-traversal from 69
