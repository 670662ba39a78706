import psycopg2
from aiohttp import ClientSession, web
from fastapi import Request
from flask import current_app, g, request


# case: a connection that is made once a request
def connection():
    if "store" not in g:
        g.store = psycopg2.connect("dbname=shop")
    return g.store


def by_name():
    statement = "SELECT * FROM person WHERE name = '%s'" % request.args["name"]
    connection().cursor().execute(statement)  # expect: sql-injection from 15


# case: a connection that is made once a request, with a placeholder
def store():
    if not hasattr(g, "store"):
        g.store = psycopg2.connect("dbname=shop")
    return g.store


def by_placeholder():
    store().cursor().execute("SELECT * FROM person WHERE name = %s", (request.args["name"],))


# case: an attribute that was given something else on every way
class Recorder:
    def execute(self, statement):
        self.last = statement


def recorder(fast):
    if fast:
        g.store = psycopg2.connect("dbname=shop")
    g.store = Recorder()
    g.store.execute("SELECT " + request.args["columns"])


# case: a database that the application keeps
def kept():
    current_app.db.cursor().execute("SELECT " + request.args["columns"])  # expect: sql-injection from 45


# case: a database that the application keeps for FastAPI
async def kept_in_state(call: Request):
    call.app.state.db.execute("SELECT " + call.query_params["columns"])  # expect: sql-injection from 50


# case: an annotation says what the application keeps
async def fetched(call: web.Request):
    client: ClientSession = call.app["client"]
    async with client.get(call.query["url"]) as answer:  # expect: ssrf from 56
        return web.Response(text=await answer.text())


# case: an annotation says that it is a dictionary
async def looked_up(call: web.Request):
    known: dict[str, str] = call.app["known"]
    return web.json_response({"x": known.get(call.query["url"])})
