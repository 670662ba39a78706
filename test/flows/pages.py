import django.http
import html
import jinja2

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse
from flask import request
from sqlalchemy import text

app = FastAPI()


# case: HTML
def e1(request):
    return django.http.HttpResponse("<p>" + request.GET["a"])  # expect: xss-reflected from 17


def e2(request):
    return django.http.HttpResponse("<p>" + escape(request.GET["a"]))


def e3(request):
    return django.http.HttpResponse(request.GET["a"], content_type="text/plain")


def e4(request):
    return django.http.HttpResponse(format_html("<p>{}</p>", request.GET["a"]))


def e5(request):
    return django.http.HttpResponse(mark_safe("<p>" + request.GET["a"]))  # expect: xss-reflected from 33


def e6(request):
    return django.http.JsonResponse({"a": request.GET["a"]})


# case: FastAPI pages
@app.get("/p", response_class=HTMLResponse)
def e7(a: str):
    return "<p>" + a  # expect: xss-reflected from 42


@app.get("/q")
def e8(a: str):
    return "<p>" + a


@app.get("/r")
def e9(a: str = Query(...)):
    return HTMLResponse("<p>" + a)  # expect: xss-reflected from 52


@app.get("/s")
def e10(a: int):
    return HTMLResponse(f"<p>{a}")


@app.get("/t")
def e11(a: str):
    return HTMLResponse("<p>" + html.escape(a))


# case: Jinja environments
def e13():
    env = jinja2.Environment(autoescape=True)
    return env.from_string("<p>{{ a }}").render(a=request.args["a"])


def e14():
    env = jinja2.Environment(autoescape=True)
    return env.from_string("<p>" + request.args["a"]).render()  # expect: ssti from 74


# case: a response that is told to be no page after it was made
def e15(request):
    answer = django.http.HttpResponse("<p>" + request.GET["a"])
    answer["Content-Type"] = "text/plain"
    return answer


# case: a response that is told to be a page after it was made
def e16(request):
    answer = django.http.HttpResponse("<p>" + request.GET["a"])  # expect: xss-reflected from 86
    answer["Content-Type"] = "text/html; charset=utf-8"
    return answer
