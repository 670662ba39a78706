import os

from flask import Flask, abort, request

app = Flask(__name__)
KNOWN = {}
NAMES = []
COMMANDS = {"list": "ls", "who": "id"}


class Store:
    def __init__(self):
        self.clients = {}
        self.current = None

    def client(self, ident):
        found = self.clients.get(ident)
        if found is None:
            raise KeyError("unknown client")
        return found


class Settings:
    def __init__(self):
        self.folder = "/srv"


store = Store()
settings = Settings()


# case: a dict that is empty until another module fills it
@app.get("/known")
def in_a_dict():
    if KNOWN.get(request.args["id"]) is None:
        abort(404)
    os.system(request.args["c"])  # expect: command-injection from 37


# case: a list that is empty until another module fills it
@app.get("/names")
def in_a_list():
    if not NAMES:
        abort(404)
    os.system(request.args["c"])  # expect: command-injection from 45


# case: the turns of a loop over such a list
@app.get("/each")
def in_a_loop():
    for name in NAMES:
        os.system(request.args["c"])  # expect: command-injection from 52


# case: what an object of the module was made with and is empty
@app.get("/client")
def in_an_object():
    store.client(request.args["id"])
    os.system(request.args["c"])  # expect: command-injection from 59


# case: what stands for None in such an object
@app.get("/current")
def is_none():
    if store.current is None:
        abort(404)
    os.system(request.args["c"])  # expect: command-injection from 67


# case: a table that has entries has those alone
@app.get("/command")
def in_a_table():
    os.system(COMMANDS[request.args["c"]])


# case: an attribute with a value keeps it
@app.get("/folder")
def is_given():
    if settings.folder is None:
        os.system(request.args["c"])
    os.system(settings.folder)


# case: a container of the function itself is as empty as it is
@app.get("/own")
def of_its_own():
    own = {}
    if own.get(request.args["id"]) is None:
        abort(404)
    os.system(request.args["c"])
