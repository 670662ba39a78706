import os

from flask import Flask, jsonify, request

app = Flask(__name__)
notes = []
users = {"admin": {"name": "Admin"}}
counts = {}
folder = "home"
own = []


# case: what an earlier request left in a list of the module, in a page
@app.route("/")
def index():
    return "<ul>" + "".join("<li>" + note + "</li>" for note in notes) + "</ul>"  # expect: xss-reflected from 28


# case: as JSON, and how many there are
@app.route("/json")
def as_json():
    return jsonify(notes=notes, text="<b>%d</b>" % len(notes))


# case: what is put into the module's containers
@app.post("/notes")
def add():
    notes.append(request.form["note"])
    users[request.form["id"]] = {"name": request.form["name"]}
    counts["n"] = int(request.form["n"])
    own.append("a note")
    return "ok"


# case: a record inside a table of the module
@app.route("/users/<number>")
def show(number):
    return "<b>" + users[number]["name"] + "</b>"  # expect: xss-reflected from 29


# case: numbers, and texts of the program's own
@app.route("/counts")
def number():
    return "<b>" + str(counts["n"]) + own[0] + "</b>"


# case: a variable of the module that an earlier request gave another value
@app.route("/files")
def files():
    os.system("ls " + folder)  # expect: command-injection from 57
    return "ok"


@app.route("/go")
def go():
    global folder
    folder = request.args["folder"]
    return "ok"


# case: a variable of the function alone
@app.route("/local")
def local():
    notes = [request.args["note"]]
    return str(len(notes))


latest = {"note": {"text": "none"}}


# case: a record under a key of a table of the module
@app.post("/latest")
def set_latest():
    latest["note"] = {"text": request.form["text"]}
    return "ok"


@app.route("/latest")
def get_latest():
    return "<b>" + latest["note"]["text"] + "</b>"  # expect: xss-reflected from 74
