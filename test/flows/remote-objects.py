import os
import socketserver
import sqlite3
from xmlrpc.server import SimpleXMLRPCServer

import rpyc
import zerorpc
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect as go
from django.views.generic.edit import FormView
from flask import Flask, redirect, request
from werkzeug.local import LocalProxy

app = Flask(__name__)
db = sqlite3.connect("shop.db")


# case: the methods of an object that clients call
class Tools:
    def ping(self, host):
        return os.system("ping " + host)  # expect: command-injection from 20

    def wait(self, seconds):
        return os.system("sleep %d" % int(seconds))

    def _hidden(self, host):
        return os.system("ping " + host)


server = SimpleXMLRPCServer(("127.0.0.1", 8000))
server.register_instance(Tools())


# case: an object that clients of another library call
class Numbers:
    def find(self, name):
        return db.execute(f"SELECT * FROM n WHERE name = '{name}'").fetchall()  # expect: sql-injection from 36


zerorpc.Server(Numbers()).bind("tcp://127.0.0.1:4242")


# case: an object that nobody offers
class Unoffered:
    def find(self, name):
        return db.execute(f"SELECT * FROM n WHERE name = '{name}'").fetchall()


# case: methods whose names offer them
class Offered(rpyc.Service):
    def exposed_find(self, name):
        return db.execute(f"SELECT * FROM n WHERE name = '{name}'").fetchall()  # expect: sql-injection from 51

    def find(self, name):
        return db.execute(f"SELECT * FROM n WHERE name = '{name}'").fetchall()


# case: a datagram and its socket
class Datagrams(socketserver.BaseRequestHandler):
    def handle(self):
        data, socket = self.request
        name = data.decode()
        db.execute(f"SELECT * FROM n WHERE name = '{name}'")  # expect: sql-injection from 61
        db.execute("SELECT * FROM n WHERE name = ?", (name,))
        socket.sendto(b"", self.client_address)


selected = LocalProxy(lambda: request.args.get("filter", ""))
page = LocalProxy(lambda: int(request.args.get("page", "1")))


# case: a proxy that reads the request
@app.get("/selected")
def by_filter():
    return db.execute(f"SELECT * FROM n WHERE {selected}").fetchall()  # expect: sql-injection from 68


# case: a proxy that reads a number
@app.get("/page")
def by_page():
    return db.execute(f"SELECT * FROM n LIMIT {page}").fetchall()


# case: behind the site's own address
@app.get("/own")
def own():
    return redirect(request.host_url + request.args["next"])


# case: behind the site's own address, without the slash that ends it
@app.get("/own/open")
def own_open():
    return redirect(request.host_url.rstrip("/") + request.args["next"])  # expect: open-redirect from 93


# case: what a form that is not known has checked
class Contact(FormView):
    def form_valid(self, form):
        topic = form.cleaned_data["topic"]
        db.execute(f"INSERT INTO t VALUES ('{topic}')")  # expect: sql-injection from 98
        db.execute("INSERT INTO t VALUES (?)", (topic,))
        return go(form.save().get_absolute_url())


# case: the object that a form has stored is asked for its address
@login_required
def stored(request):
    form = unknown_form(request.POST)
    note = form.save()
    return go(note.get_absolute_url())


# case: the object that a form has stored stands for its address
@login_required
def stored_object(request):
    form = unknown_form(request.POST)
    return go(form.save())


# case: the address that a form holds
@login_required
def filled(request):
    form = unknown_form(request.POST)
    return go(form.cleaned_data["next"])  # expect: open-redirect from 123
