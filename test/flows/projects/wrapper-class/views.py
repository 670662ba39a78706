from flask import Flask, request

from database import Database

app = Flask(__name__)
database = Database("shop.db")


@app.route("/raw")
def raw():
    return str(database.query("SELECT * FROM item WHERE name = '" + request.args["name"] + "'"))


@app.route("/bound")
def bound():
    return str(database.query("SELECT * FROM item WHERE name = ?", request.args["name"]))
