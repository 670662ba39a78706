import re
import sqlite3

import cerberus
import fastjsonschema
import jsonschema
import schema
import voluptuous as vol
from flask import Flask, request
from voluptuous import All, Any, Coerce, In, Match, Range, Required

app = Flask(__name__)
db = sqlite3.connect("shop.db")

QUERY = vol.Schema(
    {
        Required("sort"): In(["name", "price"]),
        vol.Optional("limit", default=10): All(Coerce(int), Range(max=100)),
        "order": Any("ASC", "DESC"),
        "slug": Match(r"^[a-z]+\Z"),
        "start": Match(r"[a-z]"),
        "text": str,
        "either": Any(int, str),
    }
)
PERSON = schema.Schema({"id": schema.And(schema.Use(int), lambda number: number > 0), schema.Optional("name"): str})
ORDER = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["new", "used"]},
        "count": {"type": "integer"},
        "code": {"type": "string", "pattern": "^[A-Z]+$"},
        "note": {"type": "string"},
    },
}
RULES = {
    "column": {"type": "string", "allowed": ["a", "b"]},
    "code": {"type": "string", "regex": "[a-z]+"},
    "count": {"type": "integer"},
    "free": {"type": "string"},
}


# case: Voluptuous lets one of a list through
@app.get("/voluptuous/sort")
def sort():
    query = QUERY(request.args.to_dict())
    return db.execute(f"SELECT * FROM p ORDER BY {query['sort']} {query['order']} LIMIT {query['limit']}").fetchall()


# case: Voluptuous asks for a text
@app.get("/voluptuous/text")
def text():
    query = QUERY(request.args.to_dict())
    return db.execute(f"SELECT * FROM p WHERE name = '{query['text']}'").fetchall()  # expect: sql-injection from 54


# case: Voluptuous asks for a pattern of the whole text
@app.get("/voluptuous/slug")
def slug():
    query = QUERY(request.args.to_dict())
    return db.execute(f"SELECT * FROM p WHERE name = '{query['slug']}'").fetchall()


# case: Voluptuous asks for a pattern of the beginning
@app.get("/voluptuous/start")
def start():
    query = QUERY(request.args.to_dict())
    return db.execute(f"SELECT * FROM p WHERE name = '{query['start']}'").fetchall()  # expect: sql-injection from 68


# case: Voluptuous lets a number or a text through
@app.get("/voluptuous/either")
def either():
    query = QUERY(request.args.to_dict())
    return db.execute(f"SELECT * FROM p WHERE name = {query['either']}").fetchall()  # expect: sql-injection from 75


# case: Schema makes a number of it
@app.get("/schema/id")
def by_id():
    person = PERSON.validate(dict(request.args))
    return "<p>%s" % person["id"]


# case: Schema asks for a text
@app.get("/schema/name")
def by_name():
    person = PERSON.validate(dict(request.args))
    return "<p>%s" % person["name"]  # expect: xss-reflected from 89


# case: JSON Schema lists what is let through
@app.post("/json/kind")
def kind():
    order = request.get_json()
    jsonschema.validate(order, ORDER)
    return db.execute(f"SELECT * FROM o WHERE kind = '{order['kind']}' LIMIT {order['count']}").fetchall()


# case: JSON Schema asks for a text
@app.post("/json/note")
def note():
    order = request.get_json()
    jsonschema.validate(instance=order, schema=ORDER)
    return db.execute(f"SELECT * FROM o WHERE note = '{order['note']}'").fetchall()  # expect: sql-injection from 104


# case: a document that was not looked at
@app.post("/json/unchecked")
def unchecked():
    order = request.get_json()
    return db.execute(f"SELECT * FROM o WHERE kind = '{order['kind']}'").fetchall()  # expect: sql-injection from 112


# case: the schema comes first
@app.post("/json/fast")
def fast():
    order = request.get_json()
    fastjsonschema.validate(ORDER, order)
    return db.execute(f"SELECT * FROM o WHERE kind = '{order['kind']}'").fetchall()


# case: Cerberus lists what is let through
@app.post("/cerberus/column")
def column():
    validator = cerberus.Validator(RULES)
    if not validator.validate(request.json):
        return validator.errors, 400
    document = validator.document
    return db.execute(f"SELECT {document['column']} FROM t WHERE c = '{document['code']}'").fetchall()


# case: Cerberus asks for a text
@app.post("/cerberus/free")
def free():
    validator = cerberus.Validator(RULES)
    if not validator.validate(request.json):
        return validator.errors, 400
    document = validator.document
    return db.execute(f"SELECT {document['free']} FROM t").fetchall()  # expect: sql-injection from 138


# case: Cerberus gives the document back
@app.post("/cerberus/given")
def given():
    document = cerberus.Validator().validated(request.json, RULES)
    return db.execute(f"SELECT * FROM t LIMIT {document['count']}").fetchall()
