import json
import os

import ninja
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer
from flask import Flask, Response, make_response, request
from flask_restful import Resource, reqparse
from flask_wtf import FlaskForm
from marshmallow import Schema, fields, validate
from wtforms import IntegerField, StringField

app = Flask(__name__)
api = ninja.NinjaAPI()


# case: the fields that a schema declares
class Order(Schema):
    name = fields.Str()
    number = fields.Int()
    kind = fields.Str(validate=validate.OneOf(["a", "b"]))


@app.post("/a")
def order():
    order = Order().load(request.get_json())
    os.system("ls %s %s" % (order["number"], order["kind"]))
    os.system("ls " + order["name"])  # expect: command-injection from 25
    return ""


# case: the arguments that a parser declares
class Orders(Resource):
    def get(self):
        parser = reqparse.RequestParser()
        parser.add_argument("q")
        parser.add_argument("n", type=int)
        given = parser.parse_args()
        os.system("ls %s %s" % (given["n"], given.n))
        os.system("ls " + given["q"])  # expect: command-injection from 37


# case: the fields of a form
class Search(FlaskForm):
    q = StringField()
    n = IntegerField()


@app.post("/b")
def search():
    form = Search()
    os.system("ls %s" % form.n.data)
    os.system("ls " + form.q.data)  # expect: command-injection from 52
    return ""


# case: a message of a consumer
class Consumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        os.system(json.loads(text_data)["a"])  # expect: command-injection from 58


class JsonConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        os.system("ls %d" % int(content["a"]))


# case: what a schema of an operation declares
class Wanted(ninja.Schema):
    name: str
    n: int


@api.post("/c")
def operate(request, wanted: Wanted):
    os.system("ls %s" % wanted.n)
    os.system("ls " + wanted.name)  # expect: command-injection from 74
    return {}


# case: a type of content that is given as a header
@app.get("/d")
def text():
    return Response("<p>" + request.args["a"], headers={"Content-Type": "text/plain"})


@app.get("/e")
def page():
    return Response("<p>" + request.args["a"], headers={"Content-Type": "text/html"})  # expect: xss-reflected from 88


@app.get("/f")
def text_by_method():
    answer = make_response("<p>" + request.args["a"], 200)
    answer.headers.set("Content-Type", "text/csv")
    return answer
