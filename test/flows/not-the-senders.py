import abc
import pathlib
import pickle
import urllib.request

import tornado.httpclient
import tornado.web
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.generic import View
from elsewhere import Base, ensure, library
from flask import Flask, make_response, request
from flask import redirect as go
from pages import BookForm, decorate, render_page, url_for
from twisted.web.resource import Resource

app = Flask(__name__)


# case: what a method finds that a class below gives
class Shelf(abc.ABC):
    @abc.abstractmethod
    def find_book(self, number): ...

    def get_page(self, number):
        return open("/books/" + self.find_book(number).folder)

    @abc.abstractmethod
    def as_path(self, number): ...


def show_book(shelf: Shelf):
    return shelf.get_page(request.args["number"])


# case: what a method makes that a class below gives
def show_path(shelf: Shelf):
    return open(shelf.as_path(request.args["number"]))  # expect: path-traversal from 40


# case: what was found, handed through a function that is not known
def show_found():
    book = ensure(library.find_book(request.args["number"]))
    return open(book.folder)


# case: what was sent, handed through a function that is not known
def show_sent():
    book = ensure(request.json)
    return open(book.folder)  # expect: path-traversal from 51


# case: what an application finds by a key
class Task(tornado.web.RequestHandler):
    def get(self, number):
        task = self.application.tasks.get(number)
        self.write(task.name)


# case: what an application makes of a key
class TaskName(tornado.web.RequestHandler):
    def get(self, number):
        self.write(self.application.tasks.shorten(number))  # expect: xss-reflected from 64


# case: a page of templates that are not known
class Rendered(tornado.web.RequestHandler):
    def get(self, name):
        self.write(render_page("page.html", name=name))


# case: a page of an environment that is not known
class Page(tornado.web.RequestHandler):
    def get(self, name):
        self.write(self.settings["templates"].get_template("page.html").render(name=name))


# case: a page of a function that is not known
class Decorated(tornado.web.RequestHandler):
    def get(self, name):
        self.write(decorate("page.html", name=name))  # expect: xss-reflected from 82


# case: a template that is not known is no address
@app.get("/far")
def far():
    return go(render_page("link.txt", name=request.args["name"]))  # expect: open-redirect from 89


# case: a method of a base that is not known does not know what an object keeps
class Log(Base, View):
    def get(self, request: HttpRequest):
        self.mark = request.GET["mark"]
        return open(self.log_path())


# case: a method of the class itself does
class OwnLog(Base, View):
    def get(self, request: HttpRequest):
        self.mark = request.GET["mark"]
        return open(self.log_path())  # expect: path-traversal from 102

    def log_path(self):
        return "/var/log/" + self.mark


# case: what a file holds is not who chose it
def notes(request: HttpRequest):
    name = request.GET["name"]
    if "/" in name or ".." in name:
        return None
    return HttpResponse(pathlib.Path("/srv/notes", name).read_text())


# case: a file in the folder of the storage
def stored(request: HttpRequest):
    return open(default_storage.path("notes/" + request.GET["name"]))


# case: pickled here, read here
def copied():
    return pickle.loads(pickle.dumps(request.json))


# case: pickled elsewhere
def unpickled():
    return pickle.loads(request.data)  # expect: unsafe-deserialization from 129


# case: what is sent to a fixed address
def forward(url="https://books.example"):
    call = urllib.request.Request("https://books.example/add", data=request.data)
    return urllib.request.urlopen(call)


# case: what is sent to an address of the sender's, said once
def forward_anywhere():
    call = urllib.request.Request(request.args["url"], data=request.data)  # expect: ssrf from 140
    return urllib.request.urlopen(call)


# case: Tornado: what is sent to an address of the application's
class Forward(tornado.web.RequestHandler):
    async def post(self):
        call = tornado.httpclient.HTTPRequest(self.settings["books"], method="POST", body=self.request.body)
        return await tornado.httpclient.AsyncHTTPClient().fetch(call)


# case: back to the page that the link stands on
@app.get("/back")
def back():
    if "HTTP_REFERER" in request.environ:
        return go(request.environ["HTTP_REFERER"])
    return go(request.headers["Referer"])


# case: an answer that says of what type it is, as one value
@app.get("/parts")
def parts():
    return make_response((request.args["a"], 200, {"Content-Type": "application/json"}))


# case: a page as one value
@app.get("/page/parts")
def page_parts():
    return make_response((request.args["a"], 200, {"Content-Type": "text/html"}))  # expect: xss-reflected from 168


# case: Twisted: an answer that says of what type it is
class Answer(Resource):
    def render_GET(self, request):
        request.setHeader(b"content-type", b"application/json")
        request.write(request.args[b"a"][0])


# case: Twisted: a page
class AnswerPage(Resource):
    def render_GET(self, request):
        request.setHeader(b"content-type", b"text/html")
        request.write(request.args[b"a"][0])  # expect: xss-reflected from 182


# case: Django: a page of a template that is looked up
def looked_up(request: HttpRequest):
    return HttpResponse(loader.get_template("page.html").render({"name": request.GET["name"]}))


# case: Django: the address of a record
def saved(request: HttpRequest):
    book = BookForm(request.POST).save()
    return HttpResponse(f'<a href="{book.get_absolute_url()}">')


# case: Django: fields that a form declares
def emptied(request: HttpRequest, book):
    # Whatever the form is called.
    for name in BookForm(request.POST).fields:
        setattr(book, name, None)


# case: Django: fields that the sender names
def emptied_as_told(request: HttpRequest, book):
    for name in request.POST:
        setattr(book, name, None)  # expect: mass-assignment from 205


# case: Django: what a manager finds by a natural key
def by_natural_key(request: HttpRequest):
    kind = ContentType.objects.get_by_natural_key("books", request.GET["model"])
    return open("/books/" + kind.app_label)


# case: the address of a page, made by a function that is not known
def moved():
    return go(url_for("book", number=request.args["number"]))
