import html

from flask import Flask, request

app = Flask(__name__)


class Widget:
    kinds = {}

    def __init_subclass__(cls, name=None, **options):
        super().__init_subclass__(**options)
        Widget.kinds[name] = cls


class Raw(Widget, name="raw"):
    def render(self, text):
        return "<pre>" + text


class Escaped(Widget, name="escaped"):
    def render(self, text):
        return "<pre>" + html.escape(text)


class Registry(type):
    commands = {}

    def __new__(mcs, name, bases, namespace):
        made = super().__new__(mcs, name, bases, namespace)
        Registry.commands[name] = made
        return made


class Shout(metaclass=Registry):
    def run(self, text):
        return "<b>" + text.upper()


class Count(metaclass=Registry):
    def run(self, text):
        return "<b>%d" % len(text)


class Listed(type):
    members = {}

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        Listed.members[name] = cls


class Base(metaclass=Listed):
    pass


class Plain(Base):
    def run(self, text):
        return "<u>" + text


# case: a subclass that its parent remembers
@app.get("/raw")
def raw():
    return Widget.kinds["raw"]().render(request.args["text"])  # expect: xss-reflected from 65


# case: another subclass that its parent remembers
@app.get("/escaped")
def escaped():
    return Widget.kinds["escaped"]().render(request.args["text"])


# case: a class that its metaclass remembers
@app.get("/shout")
def shout():
    return Registry.commands["Shout"]().run(request.args["text"])  # expect: xss-reflected from 77


# case: another class that its metaclass remembers
@app.get("/count")
def count():
    return Registry.commands["Count"]().run(request.args["text"])


# case: the metaclass of a parent, by its constructor
@app.get("/plain")
def plain():
    return Listed.members["Plain"]().run(request.args["text"])  # expect: xss-reflected from 89
