import string

import bottle
import jinja2
import markdown
import markupsafe
from django.http import HttpResponse
from django.template import Context, Template
from flask import Flask, render_template, render_template_string, request

app = Flask(__name__)


# case: a filter that leaves a value as it is
@app.get("/a")
def safe():
    return render_template_string("<p>{{ name|safe }}</p>", name=request.args["name"])  # expect: xss-reflected from 17


@app.get("/b")
def escaped():
    return render_template_string("<p>{{ name }} {{ body|safe }}</p>", name=request.args["name"], body="<b>x</b>")


# case: a filter that leaves the elements as they are
@app.get("/c")
def safe_elements():
    page = "{% for one in names %}<li>{{ one | safe }}</li>{% endfor %}"
    return render_template_string(page, names=request.args.getlist("name"))  # expect: xss-reflected from 29


# case: a template of Django that leaves a value as it is
def django_page(request):
    page = Template("<p>{{ q|safe }} {{ r }}</p>")
    return HttpResponse(page.render(Context({"q": request.GET["q"], "r": "r"})))  # expect: xss-reflected from 35


def escaped_django_page(request):
    page = Template("<p>{{ q }} {{ r|safe }}</p>")
    return HttpResponse(page.render(Context({"q": request.GET["q"], "r": "r"})))


# case: a template of Jinja, which escapes nothing by itself
@app.get("/d")
def bare():
    return jinja2.Template("<p>{{ q }}</p>").render(q=request.args["q"])  # expect: xss-reflected from 46


@app.get("/e")
def told():
    return jinja2.Template("<p>{{ q|e }}</p>").render(q=request.args["q"])


@app.get("/f")
def told_at_once():
    return jinja2.Template("<p>{{ q }}</p>", autoescape=True).render(q=request.args["q"])


# case: a template of Bottle that leaves a value as it is
@bottle.get("/g")
def raw():
    return bottle.template("<p>{{!a}}</p>", a=bottle.request.query.a)  # expect: xss-reflected from 62


@bottle.get("/h")
def not_raw():
    return bottle.template("<p>{{a}}</p>", a=bottle.request.query.a)


# case: a template whose ending switches escaping off
@app.get("/i")
def receipt():
    return render_template("receipt.txt", name=request.args["name"])  # expect: xss-reflected from 73


@app.get("/j")
def receipt_as_page():
    return render_template("receipt.html", name=request.args["name"])


@app.get("/k")
def receipt_as_text():
    return render_template("receipt.txt", name=request.args["name"]), 200, {"Content-Type": "text/plain"}


# case: a text with gaps
@app.get("/l")
def gaps():
    return string.Template("<p>$name</p>").substitute(name=request.args["name"])  # expect: xss-reflected from 89


@app.get("/m")
def gaps_for_escaped():
    return string.Template("<p>$name</p>").substitute(name=markupsafe.escape(request.args["name"]))


# case: what a markup language makes of a text
@app.get("/n")
def marked():
    return markdown.markdown(request.args["text"])  # expect: xss-reflected from 100


@app.get("/o")
def marked_and_escaped():
    return markdown.markdown(str(markupsafe.escape(request.args["text"])))
