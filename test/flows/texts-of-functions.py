import re
import string
import textwrap
import unicodedata
from urllib.parse import quote_from_bytes, unquote

import markdown
from flask import Flask, Response, request

app = Flask(__name__)


# case: a pattern takes something out of a page
@app.get("/without")
def without():
    return re.sub("x+", "y", "<p>" + request.args["name"])  # expect: xss-reflected from 16


# case: a pattern takes out everything but letters
@app.get("/letters")
def letters():
    return re.sub("[^a-z]", "", request.args["name"])


# case: an indented page
@app.get("/dedent")
def dedented():
    return textwrap.dedent(f"<p>{request.args['name']}</p>")  # expect: xss-reflected from 28


# case: an indented page of a length
@app.get("/dedent/length")
def dedented_length():
    return textwrap.dedent(f"<p>{len(request.args['name'])}</p>")


# case: a normalized name
@app.get("/normalized")
def normalized():
    return unicodedata.normalize("NFKC", request.args["name"])  # expect: xss-reflected from 40


# case: a template of the standard library
@app.get("/template")
def template():
    return string.Template("<p>$name</p>").substitute(name=request.args["name"])  # expect: xss-reflected from 46


# case: what was written in Markdown
@app.get("/markdown")
def marked_down():
    return markdown.markdown(request.args["text"])  # expect: xss-reflected from 52


# case: an address part that is read back
@app.get("/unquoted")
def unquoted():
    return unquote(request.args["name"])  # expect: xss-reflected from 58


# case: bytes that are quoted for an address
@app.get("/quoted")
def quoted():
    return Response(b"<p>" + quote_from_bytes(request.args["name"].encode()).encode())
