import re
import sqlite3

from flask import abort, request
from lxml import etree

SLUG = re.compile(r"^[a-z0-9-]{1,40}\Z")
connection = sqlite3.connect("x")
document = etree.parse("users.xml")


# case: a slug between quotes
def quoted_slug():
    slug = request.args["s"]
    if not SLUG.match(slug):
        abort(400)
    connection.execute(f"SELECT * FROM t WHERE a = '{slug}'")
    connection.execute("SELECT * FROM t WHERE a = '" + slug + "' AND b = 1")
    connection.execute("SELECT * FROM t WHERE a = '%s'" % slug)
    connection.execute("SELECT * FROM t WHERE a = '{}'".format(slug))


# case: a slug without quotes around it, which may begin a comment
def bare_slug():
    slug = request.args["s"]
    if not SLUG.match(slug):
        abort(400)
    connection.execute(f"SELECT * FROM t WHERE a = {slug}")  # expect: sql-injection from 25
    connection.execute("SELECT * FROM t WHERE a = 'x' AND b = " + slug)  # expect: sql-injection from 25


# case: a slug between quotes in a helper
def check(slug):
    if not SLUG.match(slug):
        raise ValueError(slug)
    return slug


def quoted_by_helper():
    slug = check(request.args["s"])
    connection.execute(f"SELECT * FROM t WHERE a = '{slug}'")


# case: letters, digits and what was taken out before, between quotes
def dashes_taken_out():
    name = request.args["n"]
    if not name.replace("-", "").isalnum():
        abort(400)
    connection.execute(f"SELECT * FROM t WHERE a = '{name}'")


# case: a slug on one way only
def slug_or_anything():
    name = request.args["n"]
    if request.args.get("strict"):
        if not SLUG.match(name):
            abort(400)
    connection.execute(f"SELECT * FROM t WHERE a = '{name}'")  # expect: sql-injection from 54


# case: a name without an apostrophe between apostrophes
def without_apostrophe():
    name = request.args["n"]
    if "'" in name:
        abort(400)
    document.xpath(f"//user[@name='{name}']")
    document.xpath("//user[@name='" + name + "']")


# case: a name without an apostrophe between other quotes, or none
def without_the_wrong_quote():
    name = request.args["n"]
    if "'" in name:
        abort(400)
    document.xpath(f'//user[@name="{name}"]')  # expect: xpath-injection from 72
    document.xpath(f"//user[@name={name}]")  # expect: xpath-injection from 72


# case: a name without either quote
def without_either():
    name = request.args["n"]
    if '"' in name or "'" in name:
        return
    document.xpath(f'//user[@name="{name}"]')
    document.xpath(f"//user[@name='{name}']")


# case: a statement has escapes, so that a name without an apostrophe may still end it
def statement_without_apostrophe():
    name = request.args["n"]
    if "'" in name:
        abort(400)
    connection.execute(f"SELECT * FROM t WHERE a = '{name}'")  # expect: sql-injection from 90


# case: without an apostrophe on one way only
def sometimes_without():
    name = request.args["n"]
    if request.args.get("strict"):
        if "'" in name:
            abort(400)
    document.xpath(f"//user[@name='{name}']")  # expect: xpath-injection from 98
