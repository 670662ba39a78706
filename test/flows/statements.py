import asyncpg
import json
import ldap3
import lxml.etree
import pymongo
import sqlite3

from django.db import connection, models
from flask import request
from ldap3.utils.conv import escape_filter_chars
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session


# case: SQLAlchemy
def c1():
    e = create_engine("x")
    with e.connect() as con:
        con.execute(text("select * from t where a = :a"), {"a": request.args["a"]})
        con.execute(text("select * from t where a = '" + request.args["b"] + "'"))  # expect: sql-injection from 20
        con.execute(text(f"select * from t where a = :a order by {request.args['c']}"))  # expect: sql-injection from 21
        con.execute(text("select * from t where a = :a").bindparams(a=request.args["d"]))


# case: SQLAlchemy session
def c2(session: Session):
    session.execute(text("select '%s'" % request.args["a"]))  # expect: sql-injection from 27
    session.query(User).filter(User.name == request.args["b"]).all()
    session.query(User).filter_by(name=request.args["c"]).all()
    session.query(User).filter(text("name = '%s'" % request.args["d"])).all()  # expect: sql-injection from 30


# case: Django
class User(models.Model):
    name = models.CharField()


def c3(request):
    User.objects.raw("select * from u where name = '%s'" % request.GET["a"])  # expect: sql-injection from 39
    User.objects.raw("select * from u where name = %s", [request.GET["a"]])
    User.objects.filter(name=request.GET["a"])
    User.objects.extra(where=["name = '" + request.GET["a"] + "'"])  # expect: sql-injection from 42
    with connection.cursor() as cur:
        cur.execute("select * from u where name = %s", [request.GET["a"]])
        cur.execute("select * from u where name = '" + request.GET["a"] + "'")  # expect: sql-injection from 45
    User.objects.order_by(request.GET["o"])


# case: asyncpg
async def c4():
    con = await asyncpg.connect("x")
    await con.fetch("select * from t where a = $1", request.args["a"])
    await con.fetch("select * from t where a = '" + request.args["b"] + "'")  # expect: sql-injection from 53


# case: statement of parts
def c5():
    con = sqlite3.connect("x")
    where = []
    params = []
    if request.args.get("a"):
        where.append("a = ?")
        params.append(request.args["a"])
    if request.args.get("b"):
        where.append("b = ?")
        params.append(request.args["b"])
    con.execute("select * from t where " + " and ".join(where), params)
    where.append("c = '" + request.args["c"] + "'")
    con.execute("select * from t where " + " and ".join(where), params)  # expect: sql-injection from 68


# case: column by a mapping
def c6():
    con = sqlite3.connect("x")
    columns = {"name": "t.name", "age": "t.age"}
    col = columns.get(request.args["s"], "t.name")
    direction = "desc" if request.args.get("d") == "desc" else "asc"
    con.execute(f"select * from t order by {col} {direction}")


# case: Mongo
def d1():
    db = pymongo.MongoClient().db
    db.users.find_one({"name": request.args["a"]})
    db.users.find_one({"name": request.json["b"]})  # expect: nosql-injection from 85
    db.users.find_one({"name": str(request.json["c"])})
    db.users.find({"$where": "this.name == '" + request.args["d"] + "'"})  # expect: nosql-injection from 87


# case: LDAP
def d2():
    con = ldap3.Connection(ldap3.Server("x"))
    con.search("dc=x", "(uid=" + request.args["a"] + ")")  # expect: ldap-injection from 93
    con.search("dc=x", "(uid=" + escape_filter_chars(request.args["b"]) + ")")
    con.search("ou=" + request.args["c"] + ",dc=x", "(uid=x)")  # expect: ldap-injection from 95


# case: XPath
def d3():
    tree = lxml.etree.parse("x.xml")
    find = lxml.etree.XPath("//user[@name=$name]")
    find(tree, name=request.args["a"])
    lxml.etree.XPath("//user[@name='" + request.args["b"] + "']")(tree)  # expect: xpath-injection from 103
    tree.findall(".//user[@name='%s']" % request.args["c"])  # expect: xpath-injection from 104
