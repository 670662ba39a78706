import csv
import json
import sys

from flask import Flask, make_response, redirect, request
from shop import app_url, catalogue, sorted_by, tables

app = Flask(__name__)


# case: in which order something is listed is no part of the page
@app.get("/list")
def listed():
    rows = sorted_by(catalogue.all(), request.args.get("order", "").lower())
    return make_response(json.dumps({"rows": rows}))


# case: what a page is made of by hand is part of it
@app.get("/self")
def sent():
    return make_response(json.dumps({"name": request.args["name"]}))  # expect: xss-reflected from 21


# case: what a function of another module answers is no page of the sender's
@app.get("/negotiate")
def negotiated():
    status, answer = catalogue.negotiate_start(request.headers["Authorization"])
    return answer, status


# case: a function whose name says that it puts text together
@app.get("/message")
def message():
    return "<p>" + catalogue.message_for(request.args["name"])  # expect: xss-reflected from 34


# case: a table escapes what it shows
@app.get("/table")
def table():
    shown = tables.Orders(data=request.args["name"])
    return shown.as_html(request)


# case: what an object of another module keeps
@app.get("/kept")
def kept():
    shown = tables.Orders(data=request.args["name"])
    return "<p>" + shown.data  # expect: xss-reflected from 47


# case: where a function of another module leads, it decides
@app.get("/go")
def go():
    return redirect(catalogue.place_of(request.args["id"]).key)


# case: an address that is made of what was sent
@app.get("/away")
def away():
    return redirect(app_url(request.args["next"]))  # expect: open-redirect from 60


# case: names of columns that a function of another module knows
@app.get("/columns")
def columns():
    csv.writer(sys.stdout).writerow(catalogue.fields_of(request.args["q"]))


# case: a cell that was sent
@app.get("/cell")
def cell():
    csv.writer(sys.stdout).writerow([request.args["q"]])  # expect: csv-injection from 72
