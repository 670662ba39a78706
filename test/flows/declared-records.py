from functools import wraps

from django.db import connection
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from pydantic import create_model
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

app = Flask(__name__)
db = SQLAlchemy(app)


class Entry(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    place = db.Column(db.Text)


def takes(spec):
    if isinstance(spec, dict):
        spec = create_model("", **spec)

    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, spec(**request.args).dict(exclude_unset=True), **kwargs)

        return wrapper

    return decorate


def passes(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, request.args.to_dict(), **kwargs)

    return wrapper


# case: what has gone through a schema has its fields
@app.get("/entries")
@takes({"id": (int, None)})
def entries(given):
    return str(Entry.query.filter_by(**given).all())


# case: what has gone through none
@app.get("/all")
@passes
def all_entries(given):
    return str(Entry.query.filter_by(**given).all())  # expect: orm-lookup-tainted from 37


# case: names of columns that the mapper has
@app.get("/sorted")
def sorted_entries():
    field = request.args["field"]
    if not Entry.__mapper__.has_property(field):
        return ""
    return str(Entry.query.filter(getattr(Entry, field).like("%a%")).all())


# case: names of anything
@app.get("/any")
def any_attribute():
    field = request.args["field"]
    if Entry.__mapper__.has_property(field):
        return ""
    return str(getattr(Entry, field))  # expect: dynamic-attribute-tainted from 68


# case: names that an object has
@app.get("/names")
def names():
    shown = shop_items(request.args["q"])
    return {key: str(getattr(one, key)) for one in shown for key in dir(one)}


# case: a row that is found or refused, and what it holds
@app.get("/places/<number>")
def place(number):
    with open(Entry.query.filter_by(id=number).first_or_404().place) as stream:
        return {"text": stream.read()}


# case: names of columns by a cursor, until it is told something else
def columns(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        names = ", ".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"SELECT {names} FROM person")
        cursor.execute("SELECT name FROM person")
        cursor.execute("DELETE FROM visit WHERE name = '%s'" % cursor.fetchone()[0])  # expect: second-order-injection from 95


# case: names of columns on one way, and names of people on another
def either(which):
    with connection.cursor() as cursor:
        if which:
            cursor.execute("SELECT column_name FROM information_schema.columns")
        else:
            cursor.execute("SELECT name FROM person")
        for row in cursor.fetchall():
            cursor.execute("DELETE FROM visit WHERE name = '%s'" % row[0])  # expect: second-order-injection from 105


# case: fields that are written out, and one more that is
@app.post("/add")
def add():
    more = {"id": 1}
    more.setdefault("place", request.args["place"])
    db.session.add(Entry(**more))
    return {"all": str(Entry.query.filter_by(**{"place": request.args["place"]}).count())}


# case: fields that whoever sends them names
@app.post("/add-all")
def add_all():
    db.session.add(Entry(**request.get_json()))  # expect: mass-assignment from 121
    return {}


class EntryIn(serializers.Serializer):
    place = serializers.CharField()


# case: what a serializer has made of it
@api_view(["POST"])
def take(request):
    given = EntryIn(data=request.data)
    given.is_valid(raise_exception=True)
    db.session.add(Entry(**given.data))
    return Response({})


# case: what was sent to it
@api_view(["POST"])
def take_all(request):
    db.session.add(Entry(**request.data))  # expect: mass-assignment from 141
    return Response({})


# case: what a schema holds, but for some of its fields
@app.get("/some")
def some_entries():
    given = entry_of(request.args).dict(exclude={"id"})
    return str(Entry.query.filter_by(**given).all())


# case: a mapping that is told nothing of a schema
@app.get("/each")
def each_entry():
    given = entry_of(request.args).dict(flat=True)
    return str(Entry.query.filter_by(**given).all())  # expect: orm-lookup-tainted from 155
