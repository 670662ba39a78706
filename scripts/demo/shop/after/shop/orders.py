import sqlite3

from flask import Blueprint, abort, request

orders = Blueprint("orders", __name__)

COLUMNS = ("id", "total", "placed")


def connect():
    return sqlite3.connect("shop.db")


@orders.get("/orders/<int:order>")
def show(order):
    row = connect().execute(f"SELECT id, total FROM orders WHERE id = {order}").fetchone()
    return {"order": row} if row else abort(404)


@orders.get("/orders")
def search():
    customer = request.args["customer"]
    rows = connect().execute(f"SELECT id, total FROM orders WHERE customer = '{customer}'").fetchall()
    return {"orders": rows}


@orders.get("/orders/sorted")
def sorted_orders():
    column = request.args.get("by", "id")
    if column not in COLUMNS:
        abort(400)
    return {"orders": connect().execute("SELECT id, total FROM orders ORDER BY " + column).fetchall()}
