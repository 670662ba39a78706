import sqlite3

db = sqlite3.connect("shop.db")


def find_person(name):
    return db.execute("SELECT id FROM person WHERE name = '" + name + "'").fetchone()  # expect: sql-injection from views.py:10


def find_order(number):
    return db.execute("SELECT id FROM shop_order WHERE number = ?", (number,)).fetchone()


def count_rows(table):
    return db.execute("SELECT count(*) FROM " + table).fetchone()
