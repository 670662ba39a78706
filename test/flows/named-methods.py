import os
import re

from django import forms
from django.contrib.auth.decorators import login_required
from flask import Flask, redirect, request

app = Flask(__name__)


# case: methods are found by the beginning of their names
class Commands:
    def run(self, name, host):
        return getattr(self, "do_" + name)(host)

    def run_quietly(self, name, host):
        return getattr(self, f"quiet_{name}", self.unknown)(host)

    def do_ping(self, host):
        os.system("ping " + host)  # expect: command-injection from 31

    def quiet_ping(self, host):
        return len(host)

    def unknown(self, host):
        return None


@app.get("/run")
def run():
    Commands().run(request.args["name"], request.args["host"])
    return ""


# case: no method whose name begins so runs anything
@app.get("/quiet")
def quiet():
    Commands().run_quietly(request.args["name"], request.args["host"])
    return ""


# case: a pattern that begins with one slash
@app.get("/go")
def go():
    target = request.args.get("next", "/")
    if not re.fullmatch(r"/[a-z][\w/?=.:-]*", target):
        target = "/"
    return redirect(target)


# case: a pattern that begins with a slash, and two of them are refused
@app.get("/go/two")
def go_two():
    target = request.args.get("next", "/")
    if not re.match(r"/[\w/:-]*\Z", target) or target.startswith("//"):
        target = "/"
    return redirect(target)


# case: a pattern that lets two slashes through
@app.get("/go/open")
def go_open():
    target = request.args.get("next", "/")
    if not re.match(r"/[\w/:.-]*\Z", target):
        target = "/"
    return redirect(target)  # expect: open-redirect from 63


# case: a pattern that forbids a second slash
@app.get("/go/ahead")
def go_ahead():
    target = request.args.get("next", "/")
    if not re.match(r"^/(?!/).*$", target):
        target = "/"
    return redirect(target)


# case: a pattern of two ways
@app.get("/go/either")
def go_either():
    target = request.args.get("next", "/")
    if not re.match(r"^/[a-z]+$|^https?://.*$", target):
        target = "/"
    return redirect(target)  # expect: open-redirect from 81


# case: a pattern that is looked for anywhere
@app.get("/go/search")
def go_search():
    target = request.args.get("next", "/")
    if not re.search(r"/[a-z]+", target):
        target = "/"
    return redirect(target)  # expect: open-redirect from 90


class NoteForm(forms.Form):
    title = forms.CharField()


# case: the fields that a form declares are set one by one
@login_required
def edit(request, note):
    form = NoteForm(request.POST)
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(note, name, value)


# case: whatever was sent is set one by one
@login_required
def edit_all(request, note):
    for name, value in request.POST.items():
        setattr(note, name, value)  # expect: mass-assignment from 112
