import sqlite3

from flask import Blueprint, abort, request

orders = Blueprint("orders", __name__)


def connect():
    return sqlite3.connect("shop.db")


@orders.get("/orders/<int:order>")
def show(order):
    row = connect().execute("SELECT id, total FROM orders WHERE id = ?", (order,)).fetchone()
    return {"order": row} if row else abort(404)
