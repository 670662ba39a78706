import io
import os
import re
import sqlite3
import subprocess
from urllib.parse import urlparse

import pandas
import requests
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from flask import Flask, abort, request
from itsdangerous import URLSafeSerializer
from quart import Quart
from quart import request as quart_request

from .models import Note

app = Flask(__name__)
quart_app = Quart(__name__)
ROOT = os.path.realpath("/srv/files")
WORD = re.compile(r"[a-z]+")


# case: a list, each element of which is a number
def numbers():
    ids = request.args["ids"].split(",")
    if not all(one.isdigit() for one in ids):
        abort(400)
    return sqlite3.connect("x").execute(f"SELECT * FROM item WHERE id IN ({','.join(ids)})").fetchall()


# case: a list, some element of which is a number
def some_number():
    ids = request.args["ids"].split(",")
    if not any(one.isdigit() for one in ids):
        abort(400)
    return sqlite3.connect("x").execute(f"SELECT * FROM item WHERE id IN ({','.join(ids)})").fetchall()  # expect: sql-injection from 35


# case: a list, no element of which is refused
def none_refused():
    names = request.args.getlist("name")
    if any(not re.fullmatch(r"[a-z]+", name) for name in names):
        abort(400)
    os.system("ls " + " ".join(names))


# case: a list, not all elements of which are refused
def not_all_refused():
    names = request.args.getlist("name")
    if all(not re.fullmatch(r"[a-z]+", name) for name in names):
        abort(400)
    os.system("ls " + " ".join(names))  # expect: command-injection from 51


# case: a list, of which only long elements were looked at
def long_ones():
    names = request.args.getlist("name")
    if not all(name.isalnum() for name in names if len(name) > 3):
        abort(400)
    os.system("ls " + " ".join(names))  # expect: command-injection from 59


# case: a name that a class has
def attribute():
    column = request.args["sort"]
    if not hasattr(Note, column):
        abort(400)
    return sqlite3.connect("x").execute(f"SELECT * FROM note ORDER BY {column}").fetchall()


# case: a name that a class has not
def no_attribute():
    column = request.args["sort"]
    if hasattr(Note, column):
        abort(400)
    return sqlite3.connect("x").execute(f"SELECT * FROM note ORDER BY {column}").fetchall()  # expect: sql-injection from 75


# case: the host of an item of the form, which is read again
def item_again():
    if urlparse(request.form["url"]).hostname not in ("api.example.com",):
        abort(400)
    return requests.get(request.form["url"], timeout=3).json()


# case: the same in Django, under a name of its own
def item_of_django(request: HttpRequest):
    host = urlparse(request.POST["url"]).netloc
    if host not in settings.CALLBACK_HOSTS:
        raise Http404
    return HttpResponse(requests.get(request.POST["url"], timeout=3).status_code)


# case: the host of another item
def other_item():
    if urlparse(request.form["url"]).hostname not in ("api.example.com",):
        abort(400)
    return requests.get(request.form["other"], timeout=3).json()  # expect: ssrf from 100


# case: what the program has signed itself
def signed():
    signer = URLSafeSerializer(app.config["SECRET_KEY"])
    os.system("run " + signer.loads(request.cookies["job"])["name"])


# case: what is signed, and read without the key
def signed_unsafe():
    signer = URLSafeSerializer(app.config["SECRET_KEY"])
    os.system("run " + signer.loads_unsafe(request.cookies["job"])[1]["name"])  # expect: command-injection from 112


# case: Django: an answer that was made as text
def plain(request: HttpRequest):
    answer = HttpResponse(content_type="text/plain")
    answer.write("<b>" + request.GET["name"])
    return answer


# case: Django: an answer that was made as a page
def page(request: HttpRequest):
    answer = HttpResponse()
    answer.write("<b>" + request.GET["name"])  # expect: xss-reflected from 125
    return answer


# case: Quart: an uploaded file under its own name
@quart_app.post("/upload")
async def upload():
    files = await quart_request.files
    await files["file"].save("/srv/files/" + files["file"].filename)  # expect: path-traversal from 132
    return "ok"


# case: a type that is asked for by name
def named_type():
    number = request.get_json()["number"]
    if type(number) is not int:
        abort(400)
    os.system(f"run {number}")


# case: another type that is asked for by name
def named_other_type():
    number = request.get_json()["number"]
    if type(number) is not str:
        abort(400)
    os.system(f"run {number}")  # expect: command-injection from 147


# case: the place of a text in a list
def place_in_list():
    tool = request.args["tool"]
    try:
        place = ["up", "down"].index(tool)
    except ValueError:
        abort(400)
    os.system(f"run {tool} {place}")


# case: the place of a text in a text
def place_in_text():
    tool = request.args["tool"]
    try:
        place = "up down".index(tool)
    except ValueError:
        abort(400)
    os.system(f"run {tool} {place}")  # expect: command-injection from 165


# case: a statement for whatever runs it
async def statement_of_pool(request, pool):
    async with request.app["pool"].acquire() as connection:
        await connection.execute(f"DELETE FROM item WHERE name = '{request.query['name']}'")  # expect: sql-injection from 176


# case: a sentence for whatever takes it
async def sentence_of_robot(request, robot):
    async with request.app["robot"].acquire() as arm:
        await arm.execute(f"Move to {request.query['place']}")


# case: a statement with its values beside it
async def bound_statement_of_pool(request, pool):
    async with request.app["pool"].acquire() as connection:
        await connection.execute("DELETE FROM item WHERE name = $1", request.query["name"])


# case: a table in a text that was sent
def table_of_text():
    return pandas.read_csv(io.StringIO(request.form["table"])).to_json()


# case: a table in a file that is named
def table_of_file():
    return pandas.read_csv(request.form["table"]).to_json()  # expect: path-traversal from 198, ssrf from 198


# case: a list of words that a loop makes longer
def words_of_options():
    words = ["tool"]
    for flag in ("-v", "-n"):
        value = request.args.get(flag)
        if value:
            words += [flag, value]
    subprocess.run(words, check=True)


# case: a line of words that a loop makes longer
def line_of_options():
    words = ["tool"]
    for flag in ("-v", "-n"):
        value = request.args.get(flag)
        if value:
            words += [flag, value]
    subprocess.run(" ".join(words), shell=True)  # expect: command-injection from 215


# case: a list whose first word a loop chooses
def word_of_options():
    words = []
    for flag in ("-v", "-n"):
        value = request.args.get(flag)
        if value:
            words += [value, flag]
    subprocess.run(words, check=True)  # expect: command-injection from 225


# case: Django: the page that a link stands on
def back(request: HttpRequest):
    return HttpResponseRedirect(request.META.get("HTTP_REFERER", "/"))


# case: Django: a page that a header names
def elsewhere(request: HttpRequest):
    return HttpResponseRedirect(request.META.get("HTTP_X_BACK", "/"))  # expect: open-redirect from 238


# case: elements that a compiled pattern matches as a whole
def matched_elements():
    kept = filter(re.compile(r"[a-z]+\Z").match, request.args.getlist("name"))
    os.system("id " + " ".join(kept))
    os.system("id " + " ".join(filter(WORD.fullmatch, request.args.getlist("name"))))


# case: elements that a compiled pattern is found in
def searched_elements():
    os.system("id " + " ".join(filter(WORD.search, request.args.getlist("name"))))  # expect: command-injection from 250
