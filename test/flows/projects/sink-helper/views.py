from flask import Flask, request

from store import count_rows, find_person, find_order

app = Flask(__name__)


@app.route("/people")
def people():
    return str(find_person(request.args["name"]))


@app.route("/orders")
def orders():
    return str(find_order(request.args["id"]))


@app.route("/count")
def count():
    return str(count_rows("orders"))
