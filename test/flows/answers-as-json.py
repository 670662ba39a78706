import os

from flask import Flask, request
from flask.views import MethodView
from flask_restful import Resource, abort
from flask_restx import Resource as XResource

app = Flask(__name__)


# case: what a resource of Flask-RESTful returns is written as JSON
class Orders(Resource):
    def get(self):
        return "unknown: " + request.args["field"], 400


class Customers(XResource):
    def get(self):
        return "unknown: " + request.args["field"]


# case: a view of Flask returns a page
class Pages(MethodView):
    def get(self):
        return "unknown: " + request.args["field"], 400  # expect: xss-reflected from 25


# case: the abort of Flask-RESTful does not return
@app.get("/flags")
def flag():
    folder = request.args["size"]
    if folder not in ["small", "large"]:
        abort(404)
    return open(os.path.join("flags", folder, "de.svg")).read()


# case: another function goes on
@app.get("/pictures")
def picture():
    folder = request.args["size"]
    if folder not in ["small", "large"]:
        print(404)
    return open(os.path.join("flags", folder, "de.svg")).read()  # expect: path-traversal from 40
