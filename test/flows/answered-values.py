import json
import os

from accounts import clean, find_account
from django import forms
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBadRequest
from fastapi import FastAPI
from flask import Flask, Response, jsonify, request, session
from jinja2 import Environment, Template
from pydantic import UUID4, IPvAnyAddress, SecretStr

from .models import Book, User

app = Flask(__name__)
api = FastAPI()


# case: what a function found by what was sent
@app.post("/login")
def login():
    account = find_account(request.form["name"], request.form["password"])
    session["account"] = account.id
    return "ok"


# case: what a function only cleaned
@app.post("/nick")
def nick():
    session["nick"] = clean(request.form["nick"])  # expect: trust-boundary-session from 31
    return "ok"


# case: what was sent, read as JSON
@app.post("/role")
def role():
    session["role"] = json.loads(request.data)["role"]  # expect: trust-boundary-session from 38
    return "ok"


# case: what was found may still be any text
@app.get("/found")
def found():
    return "<p>" + find_label(request.args["name"])  # expect: xss-reflected from 45


# case: what code makes is as bad as the code
@app.get("/sum")
def evaluated():
    return str(eval(request.args["sum"]))  # expect: code-injection from 51


# case: a response that was made as a table
@app.get("/table")
def table():
    answer = Response(content_type="text/csv")
    answer.set_data("a;" + request.args["a"])
    return answer


# case: a response that was made as a page
@app.get("/page")
def page():
    answer = Response(content_type="text/html")
    answer.set_data("<p>" + request.args["a"])  # expect: xss-reflected from 66
    return answer


# case: a template of an environment that escapes nothing
@app.get("/bare")
def bare():
    environment = Environment()
    return environment.from_string("<p>{{ name }}</p>").render(name=request.args["name"])  # expect: xss-reflected from 74


# case: a template of such an environment that escapes by itself
@app.get("/bare/escaped")
def bare_escaped():
    return Environment().from_string("<p>{{ name|e }}</p>").render(name=request.args["name"])


# case: fields that the sender names
@app.post("/user")
def update_user():
    user = User.query.get(1)
    user.__dict__.update(request.json)  # expect: mass-assignment from 87
    vars(user).update(request.json)  # expect: mass-assignment from 88
    return "ok"


# case: fields that are written out
@app.post("/user/name")
def rename_user():
    user = User.query.get(1)
    user.__dict__.update({"name": request.json["name"]})
    return "ok"


# case: variables that are written out
@app.post("/user/mail")
def change_mail():
    user = User.query.get(1)
    vars(user).update({"mail": request.json["mail"]})
    return "ok"


# case: a search by fields that the sender names
def search(request: HttpRequest):
    yield Book.objects.filter(**request.GET.dict())  # expect: orm-lookup-tainted from 110
    yield Book.objects.filter(Q(**json.loads(request.body)))  # expect: orm-lookup-tainted from 111


# case: a search by fields that are written out
def search_titles(request: HttpRequest):
    yield Book.objects.filter(**{"title": request.GET["title"]})


# case: a search by fields of a fixed set
def search_fields(request: HttpRequest):
    yield Book.objects.filter(**{key: value for key, value in request.GET.items() if key in ("title", "year")})


# case: a list and a text as long as the sender says
@app.get("/zeros")
def zeros():
    size = int(request.args["size"])
    blank = size * " "  # expect: input-range-unchecked from 127
    return jsonify([0] * size, blank)  # expect: input-range-unchecked from 127


# case: a list and a text of a length with a bound, and the product of numbers
@app.get("/few")
def few():
    size = int(request.args["size"])
    price = int(request.args["price"]) * 3
    if size > 100:
        return "too many"
    return jsonify([0] * size, size * " ", price)


# case: an upload whose ending was looked at under a name of its own
def store(request: HttpRequest):
    upload = request.FILES["file"]
    ending = os.path.splitext(upload.name)[1].lower()
    if ending not in {".pdf", ".txt"}:
        return HttpResponseBadRequest()
    return default_storage.save("files/" + upload.name, upload)


# case: an upload of which another name was looked at
def store_any(request: HttpRequest):
    upload = request.FILES["file"]
    ending = os.path.splitext(request.POST["name"])[1].lower()
    if ending not in {".pdf", ".txt"}:
        return HttpResponseBadRequest()
    return default_storage.save("files/" + upload.name, upload)  # expect: file-upload-unrestricted from 153


# case: Django: a field of letters, digits and dashes
class PageForm(forms.Form):
    name = forms.SlugField()


def open_page(request: HttpRequest):
    form = PageForm(request.POST)
    if form.is_valid():
        open("/srv/pages/" + form.cleaned_data["name"])


# case: Django: a field of addresses
class AddressForm(forms.Form):
    address = forms.GenericIPAddressField()


def ping_address(request: HttpRequest):
    form = AddressForm(request.POST)
    if form.is_valid():
        os.system("ping " + form.cleaned_data["address"])


# case: Django: a field of any text
class TitleForm(forms.Form):
    title = forms.CharField()


def open_title(request: HttpRequest):
    form = TitleForm(request.POST)
    if form.is_valid():
        open("/srv/pages/" + form.cleaned_data["title"])  # expect: path-traversal from 188


# case: types of pydantic without metacharacters
@api.get("/ping")
def ping(address: IPvAnyAddress, key: UUID4, name: SecretStr):
    os.system(f"ping {address} {key}")


# case: a type of pydantic that any text is
@api.get("/ping/name")
def ping_name(name: SecretStr):
    os.system(f"ping {name}")  # expect: command-injection from 201


# case: what was found by a format, which is no form
@app.get("/books/<name>")
def book(name):
    found = shop.books.get_book_format(name)
    return open(os.path.join("/srv", found.name))


# case: a form that was read from what was sent
@app.get("/forms/<name>")
def form_of(name):
    found = shop.books.get_form(name)
    return open(os.path.join("/srv", found.name))  # expect: path-traversal from 214
