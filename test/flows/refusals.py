import functools
import os

from flask import Flask, abort, g, request, session

app = Flask(__name__)
ALLOWED = {"a", "b"}


# case: a helper that refuses, on every way
def ensure(condition, message="bad request"):
    if not condition:
        abort(400, message)


@app.get("/ensured")
def ensured():
    name = request.args["name"]
    ensure(condition=name in ALLOWED)
    os.system("ls " + name)


# case: a helper that refuses, on some ways only
def ensure_strictly(condition, is_strict):
    if condition:
        return
    if is_strict:
        abort(400)


@app.get("/strict")
def strictly():
    name = request.args["name"]
    ensure_strictly(name in ALLOWED, "strict" in request.args)
    os.system("ls " + name)  # expect: command-injection from 33


# case: a helper that refuses what holds
def refuse(condition):
    if condition:
        abort(400)


@app.get("/refuse")
def refused():
    name = request.args["name"]
    refuse(name not in ALLOWED)
    os.system("ls " + name)


# case: a helper that refuses what holds, the wrong way round
@app.get("/refuse/wrong")
def refused_wrongly():
    name = request.args["name"]
    refuse(name in ALLOWED)
    os.system("ls " + name)  # expect: command-injection from 54


# case: a helper whose parameter is replaced before it is looked at
def ensure_other(condition):
    condition = bool(g.user)
    if not condition:
        abort(400)


@app.get("/ensure/other")
def ensured_other():
    name = request.args["name"]
    ensure_other(name in ALLOWED)
    os.system("ls " + name)  # expect: command-injection from 68


# case: a helper that reads the request and refuses
def check_name():
    if request.args.get("name") not in ALLOWED:
        abort(400)


@app.get("/checked")
def checked():
    check_name()
    os.system("ls " + request.args["name"])


# case: a helper that reads the request and refuses, called again
@app.get("/checked/again")
def checked_again():
    check_name()
    name = request.args.get("name", "")
    os.system("ls " + name)


# case: a helper that reads the request, and another part is used
@app.get("/checked/other")
def checked_other():
    check_name()
    os.system("ls " + request.args["other"])  # expect: command-injection from 97


# case: nothing is left of what another view had checked
@app.get("/unchecked")
def unchecked():
    os.system("ls " + request.args["name"])  # expect: command-injection from 103


# case: a helper that reads the request and refuses on some ways
def check_name_sometimes():
    if "strict" in request.args:
        if request.args["name"] not in ALLOWED:
            abort(400)
        return
    print("not checked")


@app.get("/sometimes")
def sometimes():
    check_name_sometimes()
    os.system("ls " + request.args["name"])  # expect: command-injection from 118


# case: a helper that reads the request and refuses on some ways, called again
@app.get("/sometimes/again")
def sometimes_again():
    check_name_sometimes()
    os.system("ls " + request.args["name"])  # expect: command-injection from 125


# case: a helper that answers for the request
def is_known():
    return request.args.get("name") in ALLOWED


@app.get("/known")
def known():
    if not is_known():
        abort(404)
    os.system("ls " + request.args["name"])


# case: a helper that answers for the request, asked on one way only
@app.get("/known/one")
def known_on_one_way():
    if "strict" in request.args and not is_known():
        abort(404)
    os.system("ls " + request.args["name"])  # expect: command-injection from 145


# case: a part of the request under another name
@app.get("/alias")
def alias():
    args = request.args
    if args["name"] not in ALLOWED:
        abort(400)
    os.system("ls " + request.args["name"])


# case: a part of the session that is checked, and set after it
@app.get("/session")
def session_set():
    if session["name"] not in ALLOWED:
        abort(400)
    session["name"] = "fixed"
    os.system("ls " + session["name"])


# case: a decorator that lets only those pass that are known
def only_known(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if not is_known():
            return "unknown", 404
        return view(*args, **kwargs)

    return wrapper


@app.get("/only")
@only_known
def only():
    os.system("ls " + request.args["name"])


# case: two decorators, and the second one checks
def counted(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        g.count = 1
        return view(*args, **kwargs)

    return wrapper


@app.get("/two")
@counted
@only_known
def two():
    os.system("ls " + request.args["name"])


# case: a decorator that checks nothing
@app.get("/counted")
@counted
def counted_view():
    os.system("ls " + request.args["name"])  # expect: command-injection from 204


# case: a decorator that changes a part of the route
def in_lower_case(view):
    @functools.wraps(view)
    def wrapper(name, **kwargs):
        return view(name=name.lower(), **kwargs)

    return wrapper


@app.get("/lower/<name>")
@in_lower_case
def lower(name):
    os.system("ls " + name)  # expect: command-injection from 218


# case: a decorator that looks a part of the route up
FOLDERS = {"a": "/srv/a", "b": "/srv/b"}


def with_folder(view):
    @functools.wraps(view)
    def wrapper(name, *args, **kwargs):
        folder = FOLDERS.get(name)
        if folder is None:
            abort(404)
        return view(folder, *args, **kwargs)

    return wrapper


@app.get("/folder/<name>")
@with_folder
def listing(folder):
    os.system("ls " + folder)


# case: a decorator whose view shows what it was given
@app.get("/page/<name>")
@counted
def page(name):
    return "<b>" + name  # expect: xss-reflected from 246


# case: a decorator that makes what the view returns harmless
def as_mapping(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        view(*args, **kwargs)
        return {"done": True}

    return wrapper


@app.get("/mapping/<name>")
@as_mapping
def mapping(name):
    return "<b>" + name


# case: an attribute that a method checks
class Query:
    def __init__(self, name):
        self.name = name

    def check(self):
        if self.name not in ALLOWED:
            raise ValueError("name")

    def look(self):
        if self.name not in ALLOWED:
            print("odd")


@app.get("/method")
def method():
    query = Query(request.args["name"])
    query.check()
    os.system("ls " + query.name)


# case: an attribute that a method only looks at
@app.get("/method/look")
def method_look():
    query = Query(request.args["name"])
    query.look()
    os.system("ls " + query.name)  # expect: command-injection from 290


# case: an attribute of another object is checked
@app.get("/method/other")
def method_other():
    query, other = Query(request.args["name"]), Query(request.args["name"])
    other.check()
    os.system("ls " + query.name)  # expect: command-injection from 298


# case: an attribute that is set after the check
@app.get("/method/set")
def method_set():
    query = Query(request.args["name"])
    query.check()
    query.name = request.args["other"]
    os.system("ls " + query.name)  # expect: command-injection from 308


# case: a decorator leaves a value for its view
def with_tenant(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        g.tenant = request.headers.get("X-Tenant", "public")
        g.region = "eu"
        return view(*args, **kwargs)

    return wrapper


@app.get("/tenant")
@with_tenant
def tenant():
    os.system("ls " + g.tenant)  # expect: command-injection from 316


# case: a decorator leaves a constant for its view
@app.get("/region")
@with_tenant
def region():
    os.system("ls " + g.region)


# case: what a decorator left for its view is replaced
@app.get("/tenant/own")
@with_tenant
def own_tenant():
    g.tenant = "own"
    os.system("ls " + g.tenant)


# case: what runs before every view refuses
@app.before_request
def only_known_locales():
    if request.args.get("locale") not in ("en", "de"):
        abort(400)


@app.get("/locale")
def locale():
    os.system("ls " + request.args["locale"])


# case: what runs before every view answers in its place
@app.before_request
def unknown_zones():
    if request.args.get("zone") not in ("a", "b"):
        return "unknown zone", 400


@app.get("/zone")
def zone():
    os.system("ls " + request.args["zone"])


# case: what runs before every view refuses some requests
@app.before_request
def some_colours():
    if "strict" in request.args and request.args.get("colour") not in ("red", "blue"):
        abort(400)


@app.get("/colour")
def colour():
    os.system("ls " + request.args["colour"])  # expect: command-injection from 377
