import functools
import html

from flask import Flask, request

app = Flask(__name__)


@functools.singledispatch
def shown(value):
    raise TypeError(type(value))


@shown.register
def _(value: str):
    return "<i>" + value + "</i>"


@shown.register(int)
def _shown_number(value):
    return "<i>" + str(value) + "</i>"


@functools.singledispatch
def escaped(value):
    return html.escape(str(value))


@escaped.register
def _(value: int):
    return "<i>%s</i>" % value


class Writer:
    @functools.singledispatchmethod
    def write(self, value):
        return ""

    @write.register
    def _(self, value: str):
        return "<u>" + value


# case: a function for texts is registered
@app.get("/shown")
def shown_text():
    return shown(request.args["name"])  # expect: xss-reflected from 47


# case: a number runs the function for numbers
@app.get("/shown/number")
def shown_number():
    return shown(int(request.args["number"]))


# case: only the function for numbers leaves it as it is
@app.get("/escaped")
def escaped_text():
    return escaped(request.args["name"])


# case: a method for texts is registered
@app.get("/method")
def method():
    return Writer().write(request.args["name"])  # expect: xss-reflected from 65
