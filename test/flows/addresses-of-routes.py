import string
import subprocess

from django.db import connection
from django.http import HttpResponse
from django.urls import path, re_path
from fastapi import FastAPI
from flask import request

app = FastAPI()


# case: parts of an address that are numbers
def by_number(request, n):
    with connection.cursor() as cursor:
        cursor.execute(f"select {n}")
    return HttpResponse(f"<p>{n}</p>")


def by_text(request, n):
    with connection.cursor() as cursor:
        cursor.execute(f"select {n}")  # expect: sql-injection from 20


# case: a part of an address that is a number here and any text there
def by_both(request, n):
    with connection.cursor() as cursor:
        cursor.execute(f"select {n}")  # expect: sql-injection from 26


# case: parts of an address that a pattern admits
def by_digits(request, n):
    with connection.cursor() as cursor:
        cursor.execute(f"select {n}")


def by_slug(request, n):
    return HttpResponse(f"<p>{n}</p>")


def by_anything(request, n):
    return HttpResponse(f"<p>{n}</p>")  # expect: xss-reflected from 41


urlpatterns = [
    path("a/<int:n>/", by_number),
    path("b/<str:n>/", by_text),
    path("c/<int:n>/", by_both),
    path("d/<n>/", by_both),
    re_path(r"^e/(?P<n>\d+)/$", by_digits),
    path("f/<slug:n>/", by_slug),
    re_path(r"^g/(?P<n>.+)/$", by_anything),
]


# case: a text of characters that the program lists
SHELL = "abc;|' /"


def listed():
    name = request.args["a"]
    if all(c in "abcdef0123456789_" for c in name):
        subprocess.run("ls " + name, shell=True)


def listed_elsewhere():
    name = request.args["a"]
    if all(c in string.ascii_letters for c in name):
        subprocess.run("ls " + name, shell=True)


# case: a text of characters that the program lists, with those of a shell
def listed_badly():
    name = request.args["a"]
    if all(c in SHELL for c in name):
        subprocess.run("ls " + name, shell=True)  # expect: command-injection from 74


# case: a part of an address of a converter that admits anything
@app.get("/h/{name:path}")
def by_path(name: str):
    return open(f"/srv/{name}").read()  # expect: path-traversal from 81


@app.get("/i/{name:int}")
def by_int(name):
    return open(f"/srv/{name}").read()
