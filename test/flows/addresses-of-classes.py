import os

from aiohttp import web
from flask import Flask, request
from flask.views import MethodView, View
from flask_restful import Api, Resource
from flask_restx import Namespace, Resource as XResource

app = Flask(__name__)
api = Api(app)
namespace = Namespace("pages")
routes = web.RouteTableDef()


# case: the address of a view's class says that a part is a number
class Numbered(View):
    def dispatch_request(self, n):
        os.system("kill %s" % n)
        return ""


app.add_url_rule("/numbered/<int:n>", view_func=Numbered.as_view("numbered"))


# case: the address of a view's class says nothing of a part
class Named(MethodView):
    def get(self, n, name):
        os.system("kill %s" % n)
        os.system("kill %s" % name)  # expect: command-injection from 27
        return ""


app.add_url_rule("/named/<int:n>/<name>", view_func=Named.as_view("named"))


# case: one of two addresses of a view's class lets through any text
class Twice(MethodView):
    def get(self, n):
        os.system("kill %s" % n)  # expect: command-injection from 38
        return ""


app.add_url_rule("/once/<int:n>", view_func=Twice.as_view("once"))
app.add_url_rule("/twice/<n>", view_func=Twice.as_view("twice"))


# case: addresses with which a resource is added
class Page(Resource):
    def get(self, n):
        os.system("kill %s" % n)


api.add_resource(Page, "/page/<int:n>", "/pages/<int:n>")


# case: an address above the class
@namespace.route("/<int:n>")
class Above(XResource):
    def get(self, n):
        os.system("kill %s" % n)


# case: an address above the class that says nothing of the part
@namespace.route("/<n>")
class Plain(XResource):
    def get(self, n):
        os.system("kill %s" % n)  # expect: command-injection from 66


# case: the parts of an address by their names
@app.get("/parts/<int:n>/<m>")
def parts(n, m):
    os.system("kill %s" % request.view_args["n"])
    os.system("kill %s" % request.view_args.get("n"))
    os.system("kill %s" % request.view_args["m"])  # expect: command-injection from 75
    os.system("kill %s" % request.view_args.get("m"))  # expect: command-injection from 76


# case: the same name in another address
@app.get("/others/<n>")
def others(n):
    os.system("kill %s" % request.view_args["n"])  # expect: command-injection from 82


# case: the parts of an address by their names, with a pattern
@routes.get(r"/x/{n:\d+}/{m}")
async def matched(message):
    os.system("kill %s" % message.match_info["n"])
    os.system("kill %s" % message.match_info["m"])  # expect: command-injection from 89
