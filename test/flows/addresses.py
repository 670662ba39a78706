import aiohttp
import django.http
import httpx
import requests
import socket
import urllib.parse
import urllib.request

from django.utils.http import url_has_allowed_host_and_scheme
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from flask import Flask, abort, redirect, request
from shop import settings
from sqlalchemy import text

app = FastAPI()
flask_app = Flask(__name__)


# case: httpx with a base address
async def a1():
    async with httpx.AsyncClient(base_url="https://api.example.com") as client:
        await client.get(f"/users/{request.args['a']}")
    async with httpx.AsyncClient() as client:
        await client.get(request.args["b"])  # expect: ssrf from 25


# case: aiohttp session
async def a2():
    async with aiohttp.ClientSession() as s:
        async with s.get(request.args["a"]) as r:  # expect: ssrf from 31
            return await r.text()


# case: urljoin lets the sender choose the host
def a3():
    requests.get(urllib.parse.urljoin("https://example.com/", request.args["a"]), timeout=3)  # expect: ssrf from 37


# case: host in the middle of an address
def a4():
    host = request.args["a"]
    requests.get(f"https://{host}.example.com/x", timeout=3)  # expect: ssrf from 42
    requests.get("https://example.com:%d/x" % int(request.args["p"]), timeout=3)


# case: host allowlist in a helper
HOSTS = ("a.example.com", "b.example.com")


def host_of(url):
    return urllib.parse.urlparse(url).hostname


def a5():
    url = request.args["a"]
    if host_of(url) not in HOSTS:
        abort(400)
    requests.get(url, timeout=3)


# case: host allowlist by endswith without dot
def a6():
    url = request.args["a"]
    if not urllib.parse.urlparse(url).hostname.endswith("example.com"):
        abort(400)
    requests.get(url, timeout=3)  # expect: ssrf from 64


# case: scheme check alone
def a7():
    url = request.args["a"]
    if urllib.parse.urlparse(url).scheme not in ("http", "https"):
        abort(400)
    requests.get(url, timeout=3)  # expect: ssrf from 72


# case: address prefix
def a8():
    url = request.args["a"]
    if not url.startswith("https://example.com/"):
        abort(400)
    requests.get(url, timeout=3)


# case: address prefix without the slash
def a9():
    url = request.args["a"]
    if not url.startswith("https://example.com"):
        abort(400)
    requests.get(url, timeout=3)  # expect: ssrf from 88


# case: helper that validates an address and raises
def check_url(url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" or parts.netloc not in HOSTS:
        raise ValueError("no")
    return url


def a10():
    requests.get(check_url(request.args["a"]), timeout=3)


# case: a chosen endpoint
def a11():
    endpoints = {"users": "https://example.com/users", "items": "https://example.com/items"}
    key = request.args["a"]
    if key in endpoints:
        requests.get(endpoints[key], timeout=3)


# case: sockets
def a12():
    s = socket.create_connection((request.args["a"], 80))  # expect: ssrf from 116
    t = socket.socket()
    t.connect((request.args["b"], 80))  # expect: ssrf from 118


# case: redirects
def f1(request):
    url = request.GET["next"]
    if not url_has_allowed_host_and_scheme(url, allowed_hosts={"example.com"}):
        url = "/"
    return django.http.HttpResponseRedirect(url)


def f2(request):
    return django.http.HttpResponseRedirect(request.GET["next"])  # expect: open-redirect from 130


@app.get("/u")
def f3(next: str):
    return RedirectResponse(next)  # expect: open-redirect from 134


@app.get("/v")
def f4(next: str):
    return RedirectResponse("/items/" + next)


@flask_app.route("/w")
def f5():
    target = request.args["next"]
    if urllib.parse.urlparse(target).netloc:
        target = "/"
    return redirect(target)


# case: a query behind an address of the application's, joined
@flask_app.route("/x")
def g1():
    return redirect("?".join([settings.SHOP, urllib.parse.urlencode(request.args)]))


@flask_app.route("/y")
def g2():
    return redirect("".join([request.args["shop"], "?", settings.QUERY]))  # expect: open-redirect from 159


# case: an address put together of its parts
@flask_app.route("/z")
def g3():
    shop = urllib.parse.urlsplit(settings.SHOP)
    return redirect(urllib.parse.urlunsplit((shop.scheme, shop.netloc, request.args["a"], shop.query, "")))


@flask_app.route("/z/any")
def g4():
    shop = urllib.parse.urlsplit(settings.SHOP)
    return redirect(urllib.parse.urlunsplit((shop.scheme, request.args["a"], shop.path, "", "")))  # expect: open-redirect from 172


@flask_app.route("/z/path")
def g5():
    return redirect(urllib.parse.urlunsplit(("", "", request.args["a"], "", "")))  # expect: open-redirect from 177
