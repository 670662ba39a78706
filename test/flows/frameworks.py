import asyncio
import enum
import html
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import uuid
from typing import Annotated, Literal

import aiohttp
import asyncpg
import bottle
import falcon
import falcon.asgi
import httpx
import requests
import tornado.web
from aiohttp import web
from django import forms
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views import View
from django.views.generic import ListView, TemplateView
from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pyramid.response import Response
from pyramid.view import view_config
from quart import Quart
from quart import request as quart_request
from rest_framework import serializers, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response as DrfResponse
from rest_framework.views import APIView
from sanic import Sanic
from sanic import response as sanic_response
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.routing import Route

api = FastAPI()


# case: FastAPI: a query with a pattern
@api.get("/run")
def run_pattern(name: Annotated[str, Query(pattern=r"^[a-z]+$")]):
    os.system("ls " + name)


# case: FastAPI: a query with a length only
@api.get("/run/length")
def run_length(name: Annotated[str, Query(max_length=20)]):
    os.system("ls " + name)  # expect: command-injection from 63


# case: FastAPI: a literal parameter
@api.get("/run/literal")
def run_literal(name: Literal["a", "b"] = "a"):
    os.system("ls " + name)


# case: FastAPI: an enumeration in a route
class Kind(str, enum.Enum):
    small = "small"
    large = "large"


@api.get("/run/{kind}")
def run_kind(kind: Kind):
    os.system("ls " + kind.value)
    os.system(f"ls {kind}")


# case: FastAPI: a header with its default
@api.get("/header")
def run_header(user_agent: str | None = Header(default=None)):
    os.system(f"logger {user_agent}")  # expect: command-injection from 87


# case: FastAPI: a cookie
@api.get("/cookie")
def run_cookie(tenant: Annotated[str, Cookie()] = "public"):
    os.system("ls " + tenant)  # expect: command-injection from 93


# case: FastAPI: a dependency that validates
def plain_name(name: str = Query()):
    if not re.fullmatch("[a-z]+", name):
        raise HTTPException(400)
    return name


@api.get("/depends")
def run_depends(name: str = Depends(plain_name)):
    os.system("ls " + name)


# case: FastAPI: a dependency that passes on
def any_name(name: str = Query()):
    return name.strip()


@api.get("/depends/any")
def run_depends_any(name: Annotated[str, Depends(any_name)]):
    os.system("ls " + name)  # expect: command-injection from 110


# case: FastAPI: a dependency class
class Pages:
    def __init__(self, q: str = "", size: int = 20):
        self.q = q
        self.size = size


@api.get("/pages")
def run_pages(pages: Annotated[Pages, Depends()]):
    os.system(f"head -n {pages.size} all")
    os.system("grep " + pages.q)  # expect: command-injection from 121


# case: FastAPI: a body's constrained fields
class Job(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["copy", "move"]
    count: int = Field(ge=1, le=9)
    name: Annotated[str, StringConstraints(pattern=r"^\w+$")]
    note: str
    owner: uuid.UUID


@api.post("/jobs")
async def run_job(job: Job):
    os.system(f"run {job.kind} {job.count} {job.name} {job.owner}")
    os.system(f"echo {job.note}")  # expect: command-injection from 143


# case: FastAPI: a validator that refuses
class Checked(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def plain(cls, value):
        if value not in ("a", "b"):
            raise ValueError("unknown")
        return value


@api.post("/checked")
async def run_checked(job: Checked):
    os.system("ls " + job.name)


# case: FastAPI: a request's json by hand
@api.post("/raw")
async def run_raw(request: Request):
    data = await request.json()
    os.system("ls " + data["name"])  # expect: command-injection from 168


# case: FastAPI: an upload by its generated name
@api.post("/files")
async def take_file(upload: UploadFile = File()):
    target = pathlib.Path("/srv/files") / uuid.uuid4().hex
    target.write_bytes(await upload.read())
    return {"name": target.name}


# case: FastAPI: an upload by its own name
@api.post("/files/own")
async def take_file_own(upload: UploadFile):
    target = pathlib.Path("/srv/files") / upload.filename
    target.write_bytes(await upload.read())  # expect: path-traversal from 183
    return {"name": target.name}


# case: FastAPI: a proxy to a fixed host
@api.get("/proxy/{item}")
async def proxy_fixed(item: str):
    async with httpx.AsyncClient(base_url="https://api.example.org") as client:
        answer = await client.get(f"/items/{item}")
    return answer.json()


# case: FastAPI: a proxy to a chosen host
@api.get("/proxy")
async def proxy_any(url: str):
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)  # expect: ssrf from 198
    return answer.json()


# case: FastAPI: SQLAlchemy's text with a bound value
@api.get("/users")
def users_bound(name: str, session: Session = Depends()):
    return session.execute(text("SELECT * FROM users WHERE name = :name"), {"name": name}).all()


# case: FastAPI: SQLAlchemy's text with the value in it
@api.get("/users/open")
def users_open(name: str, session: Session = Depends()):
    return session.execute(text(f"SELECT * FROM users WHERE name = '{name}'")).all()  # expect: sql-injection from 212


# case: FastAPI: a page of escaped text
@api.get("/page", response_class=HTMLResponse)
def page_escaped(name: str):
    return "<p>" + html.escape(name)


# case: FastAPI: text that is no page
@api.get("/plain", response_class=PlainTextResponse)
def page_plain(name: str):
    return "<p>" + name


# case: FastAPI: a page of text
@api.get("/page/open")
def page_open(name: str):
    return HTMLResponse("<p>" + name)  # expect: xss-reflected from 230


# case: Django: raw with parameters
def dj_raw(request):
    name = request.GET.get("name", "")
    return render(request, "users.html", {"users": User.objects.raw("SELECT * FROM auth_user WHERE username = %s", [name])})


# case: Django: raw with the value in it
def dj_raw_open(request):
    name = request.GET.get("name", "")
    users = User.objects.raw("SELECT * FROM auth_user WHERE username = '%s'" % name)  # expect: sql-injection from 242
    return render(request, "users.html", {"users": users})


# case: Django: a filter by the request
def dj_filter(request):
    users = User.objects.filter(Q(username__icontains=request.GET["q"]) | Q(email=request.GET["q"]))
    return render(request, "users.html", {"users": users})


# case: Django: an order by a key that is looked up
ORDERS = {"name": "username", "date": "-date_joined"}


def dj_order(request):
    order = ORDERS.get(request.GET.get("o"), "username")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM auth_user ORDER BY " + order)
        return JsonResponse({"rows": cursor.fetchall()})


# case: Django: a number in a statement
def dj_number(request):
    try:
        year = int(request.GET.get("year", "2020"))
    except (TypeError, ValueError):
        return HttpResponseBadRequest("year")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM sales_{year}")
        return JsonResponse({"rows": cursor.fetchall()})


# case: Django: a redirect that is checked
def dj_next(request):
    target = request.GET.get("next", "/")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("/")


# case: Django: a redirect that is not checked
def dj_next_open(request):
    return HttpResponseRedirect(request.GET.get("next", "/"))  # expect: open-redirect from 285


# case: Django: a form whose field has choices, harmless
class PickForm(forms.Form):
    size = forms.ChoiceField(choices=[("s", "small"), ("l", "large")])
    code = forms.RegexField(regex=r"^[a-z]{3}$")
    note = forms.CharField(max_length=10)
    when = forms.DateField()


def dj_form(request):
    form = PickForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("form")
    os.system("ls " + form.cleaned_data["size"])
    os.system("ls " + form.cleaned_data["code"])
    os.system(f"ls {form.cleaned_data['when']}")
    return HttpResponse("ok")


# case: Django: a form whose field has choices
def dj_form_flow(request):
    form = PickForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("form")
    os.system("ls " + form.cleaned_data["note"])  # expect: command-injection from 308
    return HttpResponse("ok")


# case: Django: format_html escapes
def dj_format(request):
    return HttpResponse(format_html("<b>{}</b>", request.GET["q"]))


# case: Django: mark_safe does not
def dj_safe(request):
    return render(request, "q.html", {"q": mark_safe("<b>" + request.GET["q"])})  # expect: xss-reflected from 322


# case: Django: an answer of plain text
def dj_plain(request):
    return HttpResponse(request.GET["q"], content_type="text/plain")


# case: Django: an answer of a page
def dj_page(request):
    return HttpResponse("<b>%s</b>" % request.GET["q"])  # expect: xss-reflected from 332


# case: Django: an escaped answer
def dj_escaped(request):
    return HttpResponse("<b>%s</b>" % escape(request.GET["q"]))


# case: Django: a file below the media
def dj_file(request, name):
    base = os.path.realpath("/srv/media")
    target = os.path.realpath(os.path.join(base, name))
    if os.path.commonpath([base, target]) != base:
        raise Http404
    return FileResponse(open(target, "rb"))


# case: Django: a file of the request
def dj_file_open(request):
    return FileResponse(open(os.path.join("/srv/media", request.GET["name"]), "rb"))  # expect: path-traversal from 351


# case: Django: a view class that keeps its arguments
class DjView(View):
    def dispatch(self, request, *args, **kwargs):
        self.name = request.GET.get("name", "")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        os.system("ls " + self.name)  # expect: command-injection from 357
        return HttpResponse("ok")


# case: Django: a list view that orders
class DjList(ListView):
    model = User
    allowed = ("username", "email")

    def get_queryset(self):
        order = self.request.GET.get("o", "username")
        if order not in self.allowed:
            order = "username"
        return User.objects.raw("SELECT * FROM auth_user ORDER BY " + order)


# case: Django: a list view that orders by anything
class DjListOpen(ListView):
    model = User

    def get_queryset(self):
        return User.objects.raw("SELECT * FROM auth_user ORDER BY " + self.request.GET.get("o", "username"))  # expect: sql-injection from 382


# case: DRF: a serializer's choices
class ChoiceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["a", "b"])
    size = serializers.IntegerField()
    note = serializers.CharField()


@api_view(["POST"])
def drf_choice(request):
    serializer = ChoiceSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    data = serializer.validated_data
    os.system(f"ls {data['kind']} {data['size']}")
    os.system(f"ls {data['note']}")  # expect: command-injection from 394
    return DrfResponse({"ok": True})


# case: DRF: a view set's action
class Things(viewsets.ViewSet):
    @action(detail=True, methods=["post"])
    def run(self, request, pk=None):
        os.system("ls " + request.query_params["name"])  # expect: command-injection from 406
        return DrfResponse({"ok": True})

    def list(self, request):
        size = int(request.query_params.get("size", 10))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM things LIMIT {size}")
            return DrfResponse(cursor.fetchall())


# case: aiohttp: a match of the route
async def aio_match(request):
    name = request.match_info["name"]
    if not name.isalnum():
        raise web.HTTPBadRequest()
    await asyncio.create_subprocess_shell("ls " + name)
    return web.Response(text="ok")


# case: aiohttp: the query in a shell
async def aio_query(request: web.Request):
    await asyncio.create_subprocess_shell("ls " + request.query["name"])  # expect: command-injection from 427
    return web.Response(text="ok")


# case: aiohttp: a program without a shell
async def aio_exec(request: web.Request):
    data = await request.json()
    await asyncio.create_subprocess_exec("ls", "--", data["name"])
    return web.json_response({"name": data["name"]})


# case: aiohttp: a page
async def aio_page(request: web.Request):
    return web.Response(text=f"<b>{request.query['q']}</b>", content_type="text/html")  # expect: xss-reflected from 440


# case: aiohttp: plain text by default
async def aio_text(request: web.Request):
    return web.Response(text=f"<b>{request.query['q']}</b>")


# case: asyncpg: bound values
async def pg_bound(request: web.Request):
    pool = request.app["pool"]
    conn = await asyncpg.connect("postgres://db")
    return await conn.fetch("SELECT * FROM users WHERE name = $1", request.query["name"])


# case: asyncpg: a value in the statement
async def pg_open(request: web.Request):
    conn = await asyncpg.connect("postgres://db")
    return await conn.fetch(f"SELECT * FROM users WHERE name = '{request.query['name']}'")  # expect: sql-injection from 458


# case: Tornado: an argument in a page
class TornadoPage(tornado.web.RequestHandler):
    def get(self):
        self.write("<b>" + tornado.escape.xhtml_escape(self.get_argument("q")) + "</b>")

    def post(self):
        self.write("<b>" + self.get_body_argument("q") + "</b>")  # expect: xss-reflected from 467


# case: Tornado: a prepared argument
class TornadoPrepared(tornado.web.RequestHandler):
    def prepare(self):
        self.name = self.get_argument("name")

    def get(self):
        os.system("ls " + self.name)  # expect: command-injection from 473


# case: Tornado: an initialized setting
class TornadoInit(tornado.web.RequestHandler):
    def initialize(self, folder):
        self.folder = folder

    def get(self):
        os.system("ls " + self.folder)


# case: Bottle: a filter of the route
@bottle.route("/item/<number:int>/<name>")
def bottle_item(number, name):
    os.system(f"ls {number}")
    os.system(f"ls {name}")  # expect: command-injection from 490


# case: Bottle: forms
@bottle.post("/item")
def bottle_form():
    kind = bottle.request.forms.get("kind")
    if kind not in ["a", "b"]:
        bottle.abort(400)
    os.system("ls " + kind)


# case: Pyramid: a matched part
@view_config(route_name="item", renderer="json")
def pyramid_item(request):
    os.system("ls " + request.matchdict["id"])  # expect: command-injection from 507
    return {}


# case: Pyramid: a page
@view_config(route_name="page")
def pyramid_page(request):
    return Response("<b>" + request.params["q"])  # expect: xss-reflected from 514


# case: Pyramid: plain text
@view_config(route_name="plain")
def pyramid_plain(request):
    return Response("<b>" + request.params["q"], content_type="text/plain")


# case: Falcon: media
class FalconThing:
    def on_post(self, req, resp):
        data = req.get_media()
        os.system("ls " + data["name"])  # expect: command-injection from 526

    def on_get(self, req, resp, number):
        size = req.get_param_as_int("size", default=1)
        os.system(f"ls {size}")


# case: Sanic: the body and the route
sanic = Sanic("shop")


@sanic.post("/item/<number:int>")
async def sanic_item(request, number):
    os.system(f"ls {number}")
    os.system("ls " + request.json["name"])  # expect: command-injection from 541
    return sanic_response.json({"ok": True})


# case: Quart: args
quart = Quart(__name__)


@quart.get("/item")
async def quart_item():
    name = quart_request.args.get("name", type=int)
    os.system(f"ls {name}")
    return {"ok": True}


# case: Quart: json
@quart.post("/item")
async def quart_json():
    data = await quart_request.get_json()
    os.system("ls " + data["name"])  # expect: command-injection from 559
    return {"ok": True}


# case: Lambda: a path parameter
def lambda_handler(event, context):
    name = event["pathParameters"]["name"]
    subprocess.run(["ls", "--", name])
    subprocess.run("ls " + name, shell=True)  # expect: command-injection from 565
    return {"statusCode": 200, "body": json.dumps({"name": name})}


# case: Starlette: path parameters
async def starlette_item(request):
    name = request.path_params["name"]
    os.system("ls " + name)  # expect: command-injection from 574
    return HTMLResponse("<b>" + html.escape(name))


star = Starlette(routes=[Route("/item/{name}", starlette_item)])


# case: requests to a fixed host with a chosen path
@api.get("/forward")
def forward(path: str):
    return requests.get(f"https://api.example.org/{path}", timeout=3).json()


# case: requests to a chosen host
@api.get("/forward/any")
def forward_any(host: str):
    return requests.get(f"https://{host}/status", timeout=3).json()  # expect: ssrf from 590


# case: a host of a table
HOSTS = {"eu": "eu.example.org", "us": "us.example.org"}


@api.get("/forward/table")
def forward_table(region: str):
    try:
        host = HOSTS[region]
    except KeyError:
        raise HTTPException(404) from None
    return requests.get(f"https://{host}/status", timeout=3).json()
