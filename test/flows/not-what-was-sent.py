import abc
import io
import os
from pathlib import Path

import requests
import tornado.escape
import tornado.web
from django.core.files import File
from django.db import models
from django.http import HttpRequest, HttpResponse
from elsewhere import Book, BookForm, FILES, export_books, export_path, main_db
from flask import Flask, make_response, request, session
from markupsafe import Markup
from PIL import Image
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

app = Flask(__name__)


class Shelf(models.Model):
    title = models.CharField()


# case: what is there under a key that was sent
def under_key(files):
    return open(files.get(request.args["name"]))


# case: what was sent where nothing is under the key
def under_key_or(files):
    return open(files.get("name", request.args["name"]))  # expect: path-traversal from 33


# case: what is there under a key, in another module
def under_key_elsewhere():
    return open(FILES.get(request.args["name"]))


# case: markup for the moment
def unmarked():
    return Markup(request.form["text"]).unescape()


# case: markup
def marked():
    return Markup(request.form["text"])  # expect: xss-reflected from 48


# case: a text is escaped, where it is one
class Escaped(tornado.web.RequestHandler):
    def get(self):
        name = self.get_argument("name")
        if name and isinstance(name, str):
            name = tornado.escape.xhtml_escape(name)
        self.write("<p>" + name)


# case: a text is escaped, where it is something else as well
class EscapedIf(tornado.web.RequestHandler):
    def get(self):
        name = self.get_argument("name")
        if isinstance(name, str) and self.get_argument("plain"):
            name = tornado.escape.xhtml_escape(name)
        self.write("<p>" + name)  # expect: xss-reflected from 63


# case: a document may be something else than a text
class EscapedDocument(tornado.web.RequestHandler):
    def get(self):
        name = tornado.escape.json_decode(self.request.body)
        if isinstance(name, str):
            name = tornado.escape.xhtml_escape(name)
        self.write("<p>%s" % name)  # expect: xss-reflected from 72


# case: fields that a serializer declares
class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = "Person"
        fields = ("name", "mail")


class People(GenericAPIView):
    serializer_class = PersonSerializer

    def patch(self, request):
        serializer = self.get_serializer(data=request.data)
        for name, value in serializer.validated_data.items():
            setattr(self.request.user, name, value)


# case: fields of a request
class AnyPeople(GenericAPIView):
    serializer_class = PersonSerializer

    def patch(self, request):
        for name, value in request.data.items():
            setattr(self.request.user, name, value)  # expect: mass-assignment from 99


# case: a session keeps where to go on
def go_on():
    session["next_url"] = request.args["next"]


# case: a session keeps who it is
def sign_in():
    session["user"] = request.args["user"]  # expect: trust-boundary-session from 110


# case: a session keeps whatever is sent
def keep():
    session[request.args["name"]] = os.getcwd()  # expect: trust-boundary-session from 115


# case: what a store of the application finds, whatever it is called
def of_store():
    return open(main_db.find_row(request.args["number"]).folder)


# case: what a store of the application makes of what was sent
def made_by_store():
    return open(main_db.path_of(request.args["number"]).folder)  # expect: path-traversal from 125


# case: the name of a file that a serializer lets through
class PackageSerializer(serializers.Serializer):
    file = serializers.FileField()
    folder = serializers.CharField()


class Packages(GenericAPIView):
    serializer_class = PackageSerializer

    def post(self, request):
        serializer = self.get_serializer(data=request.data)
        return open("/srv/" + serializer.validated_data["file"].name, "wb")

    def put(self, request):
        serializer = self.get_serializer(data=request.data)
        return open("/srv/" + serializer.validated_data["folder"], "wb")  # expect: path-traversal from 142


# case: an attribute whose name was sent
def attribute(book):
    return open("/books/" + getattr(book, request.args["name"]))  # expect: dynamic-attribute-tainted from 148


# case: what stands in for an attribute
def attribute_or(book):
    return open("/books/" + getattr(book, "folder", request.args["name"]))  # expect: path-traversal from 153


# case: a class below does not know what this one keeps
class Log(abc.ABC):
    @abc.abstractmethod
    def log_path(self): ...

    @abc.abstractmethod
    def log_of(self, name): ...

    def show(self):
        self.mark = request.args["mark"]
        return open(self.log_path())

    def show_of(self):
        return open(self.log_of(request.args["mark"]))  # expect: path-traversal from 169


# case: a file that was made of what another service sent
def resized():
    image = File(io.BytesIO(requests.get("https://images.example/1").content))
    return Image.open(image)


# case: an answer of another service, with its headers
@app.get("/forwarded")
def forwarded():
    answer = requests.get("https://books.example")
    return make_response(answer.content, answer.status_code, answer.headers.items())


# case: an answer of another service, with one of its headers
@app.get("/forwarded/page")
def forwarded_page():
    answer = requests.get("https://books.example")
    return make_response((answer.content, answer.status_code, {"ETag": "1"}))  # expect: xss-reflected from 189


# case: a file that a function made
def exported():
    return open(export_books(request.args["number"]))


# case: a path that a function made
def exported_path():
    return open(export_path(request.args["number"]))  # expect: path-traversal from 199


# case: a field of an unknown form that is named after a file
def uploaded(request: HttpRequest):
    form = BookForm(request.POST)
    return open("/srv/" + form.cleaned_data["cover_image"].name, "wb")


# case: a field of an unknown form that is named after something else
def named(request: HttpRequest):
    form = BookForm(request.POST)
    return open("/srv/" + form.cleaned_data["cover"], "wb")  # expect: path-traversal from 210


# case: a list under a field that the program names
def listed(request: HttpRequest, prefix):
    names = [name.strip() for name in request.GET.getlist("name")]
    return Book.objects.filter(**{prefix + "__in": names})


# case: a list under a field that the sender names
def listed_as_told(request: HttpRequest):
    names = [name.strip() for name in request.GET.getlist("name")]
    return Book.objects.filter(**{request.GET["field"] + "__in": names})  # expect: orm-lookup-tainted from 223


# case: a path that was sent is none
def opened(request: HttpRequest, places):
    place = request.POST["place"]
    if isinstance(place, Path):
        return open(place)
    return open(places[place])


# case: a path that was made of what was sent
def opened_path(request: HttpRequest):
    place = Path(request.POST["place"])
    if isinstance(place, Path):
        return open(place)  # expect: path-traversal from 236


# case: what a record that was made has by itself
def created(request: HttpRequest):
    book = Shelf.objects.create(title=request.POST["title"])
    return HttpResponse(f"<a href='{book.page}'>")


# case: what a record was made of
def created_title(request: HttpRequest):
    book = Shelf.objects.create(title=request.POST["title"])
    return HttpResponse("<p>" + book.title)  # expect: xss-reflected from 249
