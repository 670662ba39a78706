from flask import Flask, request

from answers import as_it_is, as_json, as_page, as_text

app = Flask(__name__)


@app.get("/json/<name>")
def json_of(name):
    return as_json(name)


@app.get("/text/<name>")
def text_of(name):
    return as_text(name)


@app.get("/page/<name>")
def page_of(name):
    return as_page(name)


@app.get("/plain/<name>")
def plain(name):
    return as_it_is(name)


@app.get("/host")
def host():
    return "<p>" + request.host
