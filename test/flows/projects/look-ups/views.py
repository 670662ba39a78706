from flask import Flask, request
from markupsafe import Markup

from models import Entry

app = Flask(__name__)


@app.route("/entries/<int:number>")
def entry(number):
    # A row of a class of the project that is looked up by a value is not the value.
    found = Entry.query.with_parent(shop(number)).filter_by(name=request.args["name"]).first_or_404()
    return Markup(found.body)


@app.route("/titles")
def title():
    return Markup(Entry.titled(request.args["name"]))  # expect: xss-reflected from 18


@app.route("/others")
def other():
    return Markup(Entry.other.shortened(request.args["name"]))  # expect: xss-reflected from 23
