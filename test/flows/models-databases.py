import aiopg
import aiosqlite
import asyncpg
import boto3
import databases
import duckdb
import ldap
import ldap3
import lxml.etree
import MySQLdb
import mysql.connector
import pandas
import peewee
import pg8000.native
import psycopg
import psycopg2
import psycopg2.sql
import pymongo
import pymysql
import sqlalchemy
import sqlite3
import xml.etree.ElementTree as ET
from django.db import connection
from django.db.models.expressions import RawSQL
from flask import request
from google.cloud import bigquery
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker


def name():
    return request.args["name"]


# case: psycopg2: a statement in a block
def postgres():
    with psycopg2.connect("") as c, c.cursor() as q:
        q.execute("SELECT " + request.args["a"])  # expect: sql-injection from 38


# case: psycopg2: a name that the driver quotes
def postgres_identifier():
    with psycopg2.connect("") as c, c.cursor() as q:
        q.execute(psycopg2.sql.SQL("SELECT {}").format(psycopg2.sql.Identifier(request.args["a"])))


# case: psycopg2: a value beside the statement
def postgres_value():
    with psycopg2.connect("") as c, c.cursor() as q:
        q.execute("SELECT 1 FROM t WHERE a = %s", (request.args["a"],))


# case: psycopg: awaited
async def postgres_async():
    async with await psycopg.AsyncConnection.connect("") as c:
        await c.execute("SELECT " + request.args["a"])  # expect: sql-injection from 56


# case: MySQL: three drivers
def mysqls():
    MySQLdb.connect().cursor().execute("SELECT " + request.args["a"])  # expect: sql-injection from 61
    pymysql.connect().cursor().execute("SELECT " + request.args["a"])  # expect: sql-injection from 62
    mysql.connector.connect().cursor().execute("SELECT " + request.args["a"])  # expect: sql-injection from 63


# case: asyncpg: a pool and a connection
async def asyncpgs():
    async with asyncpg.create_pool() as pool:
        await pool.fetch("SELECT " + request.args["a"])  # expect: sql-injection from 69
        async with pool.acquire() as c:
            await c.fetchrow("SELECT 1 FROM t WHERE a = $1", request.args["a"])
            await c.fetchrow("SELECT " + request.args["a"])  # expect: sql-injection from 72


# case: aiopg and aiosqlite
async def aios():
    async with aiosqlite.connect("a.db") as c:
        await c.execute("SELECT " + request.args["a"])  # expect: sql-injection from 78
    pool = await aiopg.create_pool("")
    async with pool.acquire() as c:
        async with c.cursor() as q:
            await q.execute("SELECT " + request.args["a"])  # expect: sql-injection from 82


# case: pg8000: its own interface
def pg8000s():
    c = pg8000.native.Connection("user")
    c.run("SELECT " + request.args["a"])  # expect: sql-injection from 88
    c.run("SELECT 1 FROM t WHERE a = :a", a=request.args["a"])


# case: sqlite3: a connection that a function gives
def connect():
    return sqlite3.connect("a.db")


def sqlites():
    connect().executescript("SELECT " + request.args["a"])  # expect: sql-injection from 98


# case: Django: a cursor, raw statements and parts of them
def djangos(manager, Person):
    with connection.cursor() as c:
        c.execute("SELECT " + request.args["a"])  # expect: sql-injection from 104
    Person.objects.raw("SELECT " + request.args["a"])  # expect: sql-injection from 105
    Person.objects.filter(a=1).extra(where=["a = " + request.args["a"]])  # expect: sql-injection from 106
    Person.objects.annotate(b=RawSQL(request.args["a"], ()))  # expect: sql-injection from 107


# case: Django: values beside the statement
def django_values(Person):
    Person.objects.raw("SELECT 1 FROM t WHERE a = %s", [request.args["a"]])
    Person.objects.filter(a=request.args["a"])
    Person.objects.extra(where=["a = %s"], params=[request.args["a"]])


# case: SQLAlchemy: text
def alchemy_text(session: Session):
    session.execute(text("SELECT " + request.args["a"]))  # expect: sql-injection from 119


# case: SQLAlchemy: text with a bound value
def alchemy_bound(session: Session):
    session.execute(text("SELECT 1 FROM t WHERE a = :a"), {"a": request.args["a"]})


# case: SQLAlchemy: expressions
def alchemy_expression(session: Session, Person):
    session.execute(select(Person).where(Person.name == request.args["a"]))
    session.query(Person).filter(Person.name == request.args["a"]).first()
    session.query(Person).filter_by(name=request.args["a"]).first()


# case: SQLAlchemy: a text in a chain of a query
def alchemy_query(session: Session, Person):
    session.query(Person).join(Person.group).order_by("a " + request.args["a"])  # expect: sql-injection from 136


# case: SQLAlchemy: an engine and a connection
def alchemy_engine():
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.connect() as c:
        c.exec_driver_sql("SELECT " + request.args["a"])  # expect: sql-injection from 143
    with sessionmaker(engine)() as session:
        session.scalar(text("SELECT " + request.args["a"]))  # expect: sql-injection from 145


# case: databases, peewee, DuckDB and pandas
async def others():
    db = databases.Database("sqlite://")
    await db.fetch_all("SELECT " + request.args["a"])  # expect: sql-injection from 151
    peewee.SqliteDatabase("a.db").execute_sql("SELECT " + request.args["a"])  # expect: sql-injection from 152
    duckdb.sql("SELECT " + request.args["a"])  # expect: sql-injection from 153
    pandas.read_sql("SELECT " + request.args["a"], None)  # expect: sql-injection from 154


# case: statements in the cloud
def cloud():
    bigquery.Client().query("SELECT " + request.args["a"])  # expect: sql-injection from 159
    boto3.client("athena").start_query_execution(QueryString="SELECT " + request.args["a"])  # expect: sql-injection from 160


# case: MongoDB: a document of the sender's making
def mongo():
    people = pymongo.MongoClient()["shop"]["people"]
    people.find_one(request.get_json())  # expect: nosql-injection from 166
    people.find_one({"password": request.get_json()["password"]})  # expect: nosql-injection from 167


# case: MongoDB: text as a value
def mongo_text():
    people = pymongo.MongoClient().shop.people
    people.find_one({"name": request.args["a"]})
    people.find_one({"name": str(request.get_json()["a"])})


# case: DynamoDB: a filter of the sender's making
def dynamo():
    table = boto3.resource("dynamodb").Table("people")
    table.scan(ScanFilter=request.get_json()["filter"])  # expect: nosql-injection from 180
    table.scan(ScanFilter={"name": request.args["a"]})


# case: LDAP: a filter
def ldaps():
    server = ldap.initialize("ldap://localhost")
    server.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + request.args["a"] + ")")  # expect: ldap-injection from 187
    ldap3.Connection("localhost").search("dc=example", f"(uid={request.args['a']})")  # expect: ldap-injection from 188


# case: LDAP: a filter whose value is escaped
def ldaps_escaped():
    server = ldap.initialize("ldap://localhost")
    uid = ldap.filter.escape_filter_chars(request.args["a"])
    server.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + uid + ")")


# case: XPath: a path put together
def xpaths():
    tree = lxml.etree.parse("people.xml")
    tree.xpath("//person[@name='" + request.args["a"] + "']")  # expect: xpath-injection from 201
    tree.getroot().xpath("//person[@name='" + request.args["a"] + "']")  # expect: xpath-injection from 202
    ET.parse("people.xml").getroot().find("person[@name='" + request.args["a"] + "']")  # expect: xpath-injection from 203


# case: XPath: a variable of the path
def xpath_variable():
    lxml.etree.parse("people.xml").xpath("//person[@name=$name]", name=request.args["a"])


# case: a database of MongoDB and its collections as attributes
def mongo_attributes():
    shop = pymongo.MongoClient().shop
    shop.users.find_one({"name": request.get_json()["name"]})  # expect: nosql-injection from 214


# case: a member of the database is no collection
def mongo_member():
    shop = pymongo.MongoClient().shop
    return shop.list_collection_names(filter={"name": request.get_json()["name"]})


from shop.models import Person

from .db import get_db

# case: a connection that a module makes which nobody here has read
def connection_of_another_module():
    get_db().execute("SELECT * FROM person WHERE name = '%s'" % request.args["name"])  # expect: sql-injection from 229


# case: the same with bound values
def bound_in_another_module():
    get_db().execute("SELECT * FROM person WHERE name = ?", (request.args["name"],))


# case: a manager of a model that is defined elsewhere
def manager_of_another_module():
    Person.objects.raw("SELECT * FROM person WHERE name = '%s'" % request.args["name"])  # expect: sql-injection from 239


# case: an object that a mapper finds by a value
def found_by_value():
    account = Person.query.filter_by(name=request.args["a"]).first_or_404()
    os.system("ls " + account.folder)
    other = Person.objects.get(pk=request.args["a"])
    os.system("ls " + other.folder)


# case: a query string that is called one of a mapper
def query_string():
    query = request.args
    os.system("ls " + query.get("a"))  # expect: command-injection from 252
