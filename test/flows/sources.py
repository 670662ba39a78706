import os

import flask
from flask import Flask, request
from flask import request as current
from flask.views import MethodView

app = Flask(__name__)


# case: an imported name
def imported():
    os.system(request.args["a"])  # expect: command-injection from 13


# case: a name imported under another
def renamed():
    os.system(current.args["a"])  # expect: command-injection from 18


# case: a member of an imported module
def member():
    os.system(flask.request.args["a"])  # expect: command-injection from 23


# case: the form
def form():
    os.system(request.form.get("a"))  # expect: command-injection from 28


# case: all values
def values():
    os.system(request.values["a"])  # expect: command-injection from 33


# case: a cookie
def cookie():
    os.system(request.cookies.get("a"))  # expect: command-injection from 38


# case: a header
def header():
    os.system(request.headers.get("X-A"))  # expect: command-injection from 43


# case: the JSON body
def body():
    os.system(request.json["a"])  # expect: command-injection from 48


# case: the JSON body by a call
def body_call():
    os.system(request.get_json()["a"])  # expect: command-injection from 53


# case: the raw body
def raw():
    os.system(request.data)  # expect: command-injection from 58


# case: the path
def path():
    os.system(request.path)  # expect: command-injection from 63


# case: the name of an upload
def upload():
    os.system("ls " + request.files["a"].filename)  # expect: command-injection from 68


# case: the content of an upload
def upload_content():
    os.system(request.files["a"].read())  # expect: command-injection from 73


# case: the method of the request
def method():
    os.system("echo " + request.method)


# case: a parameter of a route
@app.route("/<name>")
def parameter(name):
    os.system("ls " + name)  # expect: command-injection from 83


# case: a number in a route
@app.route("/<int:number>")
def number(number):
    os.system("ls " + str(number))


# case: a UUID in a route
@app.route("/item/<uuid:item>")
def item(item):
    os.system(f"ls {item}")


# case: a path in a route
@app.route("/file/<path:name>")
def file(name):
    return open("/srv/" + name).read()  # expect: path-traversal from 101


# case: a function that nobody routes to
def not_routed(name):
    os.system("ls " + name)


# case: a method of a view class
class Items(MethodView):
    def get(self, name):
        os.system("ls " + name)  # expect: command-injection from 112

    def helper(self, name):
        os.system("ls " + name)


# case: the environment is the operator's
def environment():
    os.system("ls " + os.environ["HOME_DIR"])  # expect: env-to-shell from 121


# case: a request without an import
def view(request):
    os.system("ls " + request.GET["a"])  # expect: command-injection from 126


# case: another parameter of that name with other attributes
def client(request):
    os.system("ls " + request.kind)


# case: a lambda event
def lambda_handler(event, context):
    os.system("ls " + event["name"])  # expect: command-injection from 135


# case: an import inside a function
def imported_inside():
    from flask import request as inner

    os.system(inner.args["a"])  # expect: command-injection from 143


# case: an annotated parameter
def annotated(incoming: flask.Request):
    os.system(incoming.args["a"])  # expect: command-injection from 148


# case: a local object that is called request
def shadowed():
    request = {"args": {"a": "fixed"}}
    os.system(request["args"]["a"])


# case: the request is kept in a variable
def kept():
    r = request
    a = r.args
    os.system(a.get("a"))  # expect: command-injection from 160


# case: the whole mapping as a dict
def to_dict():
    data = request.form.to_dict()
    os.system(data["a"])  # expect: command-injection from 166


# case: a default that is constant does not clear
def with_default():
    os.system(request.args.get("a", "fixed"))  # expect: command-injection from 172


# case: the keys alone are counted
def counted():
    os.system("ls " + str(len(request.args)))


# case: whether a key is there
def present():
    os.system("ls " + str("a" in request.args))


# case: a module that is imported by a call
def imported_by_call():
    __import__("os").system(request.args["a"])  # expect: command-injection from 187
    getattr(__import__("os"), "system")(request.args["b"])  # expect: command-injection from 188


# case: an attribute of a module that does nothing with it
def imported_harmless():
    __import__("math").floor(request.args["a"])
