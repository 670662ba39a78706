import os

import aiohttp.web
import bottle
import cherrypy
import falcon
import flask
import quart
import sanic
import tornado.web
from aiohttp import web
from chalice import Chalice
from django.http import HttpResponse
from django.urls import path
from fastapi import APIRouter, Depends, FastAPI, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from http.server import BaseHTTPRequestHandler
from pyramid.httpexceptions import HTTPFound
from pyramid.response import Response as PyramidResponse
from pyramid.view import view_config
from rest_framework.decorators import api_view
from rest_framework.views import APIView
from starlette.applications import Starlette
from starlette.routing import Route

api = FastAPI()
router = APIRouter()
flask_app = flask.Flask(__name__)
quart_app = quart.Quart(__name__)
routes = web.RouteTableDef()
sanic_app = sanic.Sanic("app")
chalice_app = Chalice(app_name="app")


# case: FastAPI: a parameter of the route
@api.get("/a/{name}")
def fastapi_path(name: str):
    os.system("ls " + name)  # expect: command-injection from 37


# case: FastAPI: a parameter that is a number
@api.get("/a/{number}")
def fastapi_number(number: int):
    os.system(f"ls {number}")


# case: FastAPI: what a dependency gives is not the request
@router.post("/a")
def fastapi_dependency(settings=Depends(lambda: "x")):
    os.system(settings)


# case: FastAPI: the body of the request
@api.post("/b")
async def fastapi_body(request: Request):
    data = await request.json()
    os.system(data["a"])  # expect: command-injection from 56


# case: FastAPI: the name of an upload
@api.post("/c")
async def fastapi_upload(file: UploadFile):
    return open("/srv/" + file.filename)  # expect: path-traversal from 63


# case: FastAPI: a page by the response class
@api.get("/d", response_class=HTMLResponse)
def fastapi_page(name: str):
    return f"<p>{name}</p>"  # expect: xss-reflected from 68


# case: FastAPI: the same text as JSON
@api.get("/e")
def fastapi_json(name: str):
    return f"<p>{name}</p>"


# case: FastAPI: a redirect
@api.get("/f")
def fastapi_redirect(target: str):
    return RedirectResponse(target)  # expect: open-redirect from 80


# case: FastAPI: a redirect to a path of this host
@api.get("/g")
def fastapi_redirect_here(target: str):
    return RedirectResponse("/items/" + target)


# case: Starlette: an endpoint that is handed to a route
async def endpoint(request):
    return HTMLResponse(request.query_params["a"])  # expect: xss-reflected from 92


star = Starlette(routes=[Route("/", endpoint)])


# case: Starlette: an answer that is no page
async def plain(request):
    return JSONResponse(request.query_params["a"])


# case: Flask: a view that is registered by a call
def registered(name):
    return "<p>" + name  # expect: xss-reflected from 104


flask_app.add_url_rule("/r/<name>", "registered", registered)


# case: Flask: a function that is registered nowhere
def unregistered(name):
    return "<p>" + name


# case: Quart: the form is awaited
@quart_app.post("/")
async def quart_form():
    form = await quart.request.form
    return form["name"]  # expect: xss-reflected from 119


# case: Django: a view that is registered by its address
def django_view(request, name):
    return HttpResponse("<p>" + name)  # expect: xss-reflected from 124


urlpatterns = [path("p/<name>", django_view)]


# case: Django REST: the body of the request
@api_view(["POST"])
def rest_view(request):
    os.system(request.data["a"])  # expect: command-injection from 134


# case: Django REST: a view class
class RestView(APIView):
    def get(self, request, slug):
        os.system(slug)  # expect: command-injection from 139

    def post(self, request):
        os.system(self.request.query_params["a"])  # expect: command-injection from 143


# case: aiohttp: a handler of a route table
@routes.get("/{name}")
async def aiohttp_route(request):
    return web.Response(text=request.match_info["name"], content_type="text/html")  # expect: xss-reflected from 149


# case: aiohttp: text that is no page
@routes.get("/t/{name}")
async def aiohttp_text(request):
    return web.Response(text=request.match_info["name"])


# case: aiohttp: a handler that is added to the router
async def aiohttp_handler(message):
    raise web.HTTPFound(message.query["next"])  # expect: open-redirect from 160


application = aiohttp.web.Application()
application.router.add_get("/next", aiohttp_handler)


# case: aiohttp: a view class
class AiohttpView(web.View):
    async def post(self):
        data = await self.request.post()
        os.system(data["a"])  # expect: command-injection from 170


# case: Tornado: an argument
class TornadoHandler(tornado.web.RequestHandler):
    def get(self):
        self.write("<p>" + self.get_argument("name"))  # expect: xss-reflected from 177

    def post(self, slug):
        self.redirect(slug)  # expect: open-redirect from 179


# case: Tornado: a mapping is written as JSON
class TornadoJson(tornado.web.RequestHandler):
    def get(self):
        self.write(tornado.escape.xhtml_escape(self.get_argument("name")))


# case: Bottle: the query string
@bottle.route("/")
def bottle_query():
    os.system(bottle.request.query.get("a"))  # expect: command-injection from 192


# case: Bottle: text that a view returns
@bottle.get("/<name>")
def bottle_page(name):
    return "<p>" + name  # expect: xss-reflected from 197


# case: Bottle: a file below a constant folder
@bottle.get("/static/<name>")
def bottle_file(name):
    return bottle.static_file(name, root="/srv/static")


# case: Pyramid: a parameter
@view_config(route_name="a")
def pyramid_view(request):
    return PyramidResponse("<p>" + request.params["a"])  # expect: xss-reflected from 210


# case: Pyramid: the request comes last
@view_config(route_name="b")
def pyramid_context(context, request):
    return HTTPFound(request.GET["next"])  # expect: open-redirect from 216


# case: Pyramid: an address of this application
@view_config(route_name="c")
def pyramid_url(request):
    return HTTPFound(request.route_url("home", name=request.GET["next"]))


# case: Sanic: the query string and a page
@sanic_app.get("/")
async def sanic_view(request):
    return sanic.response.html(request.args.get("a"))  # expect: xss-reflected from 228


# case: Falcon: a parameter of the query
class FalconResource:
    def on_get(self, req: falcon.Request, resp: falcon.Response):
        raise falcon.HTTPFound(req.get_param("next"))  # expect: open-redirect from 234


# case: CherryPy: a parameter of the page
class CherryRoot:
    @cherrypy.expose
    def index(self, name):
        return "<p>" + name  # expect: xss-reflected from 240


# case: a server of the standard library
class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.wfile.write(self.path.encode())  # expect: xss-reflected from 247


# case: a function that a platform calls
def lambda_handler(event, context):
    os.system(event["cmd"])  # expect: command-injection from 251
    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": f"<p>{event['a']}</p>"}  # expect: xss-reflected from 251


# case: a function that a platform calls and that answers with JSON
def handler(event, context):
    return {"statusCode": 200, "body": f"<p>{event['a']}</p>"}


# case: Chalice: the body of the request
@chalice_app.route("/")
def chalice_view():
    os.system(chalice_app.current_request.json_body["a"])  # expect: command-injection from 264


# case: a redirect that is completed before it is sent
@flask_app.route("/next")
def answer_with_redirect():
    answer = flask.make_response(flask.redirect(flask.request.args["next"]))  # expect: open-redirect from 270
    answer.headers["X-Frame-Options"] = "DENY"
    return answer
