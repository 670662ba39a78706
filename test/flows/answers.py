import html
from http.server import BaseHTTPRequestHandler

import falcon
import tornado.web
from flask import Flask, Response, make_response, request

app = Flask(__name__)


# case: the body of a response that is set later
@app.get("/a")
def late():
    answer = make_response()
    answer.data = "<p>" + request.args["a"]  # expect: xss-reflected from 15
    return answer


@app.get("/b")
def late_by_method():
    answer = Response(status=200)
    answer.set_data("<p>" + request.args["a"])  # expect: xss-reflected from 22
    return answer


@app.get("/c")
def late_text():
    answer = Response(status=200)
    answer.set_data("<p>" + request.args["a"])
    answer.content_type = "text/plain"
    return answer


# case: the answer of a handler of the standard library
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_header("Content-Type", "text/html")
        self.wfile.write(("<p>" + self.path).encode())  # expect: xss-reflected from 38


class Text(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_header("Content-type", "text/plain; charset=utf-8")
        self.wfile.write(bytes("hello " + self.path, "utf-8"))


# case: where a handler of the standard library sends the browser
class Moved(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_header("Location", self.headers["X-Next"])  # expect: header-injection from 50, open-redirect from 50

    def do_POST(self):
        self.send_header("Location", "https://example.org" + self.path)  # expect: header-injection from 53

    def do_PUT(self):
        self.send_header("Location", "/done")


# case: the type that all answers of a handler have
class Api(tornado.web.RequestHandler):
    def set_default_headers(self):
        self.set_header("Content-Type", "application/json")

    def get(self):
        self.write('{"a": "' + self.get_argument("a") + '"}')


class Site(tornado.web.RequestHandler):
    def get(self):
        self.set_header("Content-Type", "text/html")
        self.write("<p>" + self.get_argument("a"))  # expect: xss-reflected from 71


# case: an answer that is no page unless it says so
class Resource:
    def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        resp.text = "<p>" + req.get_param("a")  # expect: xss-reflected from 78


class Measure:
    def on_post(self, req, resp):
        resp.text = "<p>" + req.get_param("a")


# case: an answer of WSGI
def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html")])
    return [("<p>" + environ["QUERY_STRING"]).encode()]  # expect: xss-reflected from 89


def escaped_page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html")])
    return [("<p>" + html.escape(environ["QUERY_STRING"])).encode()]


def text(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["QUERY_STRING"].encode()]


# case: where an answer of WSGI sends the browser
def moved(environ, start_response):
    start_response("302 Found", [("Location", environ["QUERY_STRING"])])  # expect: header-injection from 104, open-redirect from 104
    return []


def moved_here(environ, start_response):
    start_response("302 Found", [("Location", "/done")])
    return []
