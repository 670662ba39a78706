import json
from collections import ChainMap, UserDict

from flask import Flask, request

app = Flask(__name__)
DEFAULTS = {"sort": "id", "title": "Products"}


# case: what a request says is spread over the defaults
@app.get("/spread")
def spread():
    options = {**DEFAULTS, **request.args}
    return "<b>" + options["sort"]  # expect: xss-reflected from 13


# case: the defaults are spread over what a request says
@app.get("/spread/below")
def spread_below():
    options = {**request.args, **DEFAULTS}
    return "<b>" + options["sort"]


# case: a document takes the place of any of the defaults
@app.post("/update")
def update():
    options = DEFAULTS.copy()
    options.update(request.get_json())
    return "<b>" + options["title"]  # expect: xss-reflected from 28


# case: what is set after the document was laid over stays
@app.post("/update/after")
def update_after():
    options = DEFAULTS.copy()
    options.update(request.get_json())
    options["title"] = "Products"
    return "<b>" + options["title"]


# case: one entry of a request beside the defaults
@app.post("/update/one")
def update_one():
    options = DEFAULTS.copy()
    options.update(page=request.args["page"])
    return "<b>" + options["title"]


# case: united with the defaults below
@app.get("/united")
def united():
    options = DEFAULTS | request.args.to_dict()
    return "<b>" + options["sort"]  # expect: xss-reflected from 52


# case: united with the defaults above
@app.get("/united/above")
def united_above():
    options = request.args.to_dict() | DEFAULTS
    return "<b>" + options["sort"]


# case: copied with keywords from outside
@app.get("/copied")
def copied():
    options = dict(DEFAULTS, **request.args)
    return "<b>" + options["sort"]  # expect: xss-reflected from 66


# case: a chain that looks into the request first
@app.get("/chain")
def chain():
    options = ChainMap(request.args, DEFAULTS)
    return "<b>" + options["sort"]  # expect: xss-reflected from 73


# case: a chain that looks into the defaults first
@app.get("/chain/last")
def chain_last():
    options = ChainMap(DEFAULTS, request.args)
    return "<b>" + options["sort"]


# case: every parameter is stored under its own name
@app.get("/stored")
def stored():
    options = {"title": "Products"}
    for name, value in request.args.items():
        options[name] = value
    return "<b>" + options["title"]  # expect: xss-reflected from 88


# case: parameters are stored under names of the program's own
@app.get("/stored/listed")
def stored_listed():
    options = {"title": "Products"}
    for name in ("colour", "size"):
        options[name] = request.args[name]
    return "<b>" + options["title"]


# case: parameters are stored under names that are listed
@app.get("/stored/known")
def stored_known():
    options = {"title": "Products"}
    for name, value in request.args.items():
        if name in ("colour", "size"):
            options[name] = value
    return "<b>" + options["title"]


# case: an entry of a mapping that is a class
@app.get("/user-dict")
def user_dict():
    box = UserDict(name=request.args["name"], title="Products")
    return "<b>" + box["name"]  # expect: xss-reflected from 115


# case: another entry of a mapping that is a class
@app.get("/user-dict/other")
def user_dict_other():
    box = UserDict(name=request.args["name"], title="Products")
    return "<b>" + box["title"]


# case: a number that a pattern takes out of a document
@app.post("/number")
def number():
    match request.get_json():
        case {"page": int(page)}:
            return f"<b>{page}"
    return ""


# case: a text that a pattern takes out of a document
@app.post("/text")
def text():
    match request.get_json():
        case {"name": str(name)}:
            return f"<b>{name}"  # expect: xss-reflected from 138
    return ""
