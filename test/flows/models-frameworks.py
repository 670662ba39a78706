import os
import socket
import sqlite3

import boto3
import fastapi
import litestar
import polars
import redis
import socketio
import sqlite_utils
import web
import websockets
import weasyprint
import zeep

from flask import request
from flask_restful import Resource, reqparse
from litestar import MediaType, get


# case: Litestar: a parameter of a handler
@get("/{name:str}")
async def greeting(name: str) -> str:
    os.system("greet " + name)  # expect: command-injection from 24
    return "done"


# case: Litestar: a page that is put together, and an address to go on to
@get("/page", media_type=MediaType.HTML)
async def page(request: litestar.Request) -> str:
    if "next" in request.query_params:
        return litestar.response.Redirect(request.query_params["next"])  # expect: open-redirect from 33
    return "<p>" + request.headers["referer"] + "</p>"  # expect: xss-reflected from 34


# case: Litestar: text that is sent as data, and a number
@get("/count")
async def count(size: int, name: str) -> dict:
    os.system(f"count {size}")
    return {"name": name}


# case: web.py: the form in a statement, and in a template
class Shop:
    def POST(self):
        form = web.input(city="")
        sqlite3.connect("shop").execute("SELECT * FROM shop WHERE city = '" + form.city + "'")  # expect: sql-injection from 47
        return web.template.Template(web.data())()  # expect: ssti from 49


# case: web.py: parameters of a statement, and an address of its own
class Listing:
    def GET(self):
        sqlite3.connect("shop").execute("SELECT * FROM shop WHERE city = ?", (web.input().city,))
        raise web.seeother("/shops")


# case: PEP 3333: the query string and the body
def application(environ, start_response):
    start_response("200 OK", [])
    os.system("show " + environ["QUERY_STRING"])  # expect: command-injection from 62
    os.system(environ["wsgi.input"].read().decode())  # expect: command-injection from 63
    return []


# case: PEP 3333: the port, and a dictionary of the same name elsewhere
def serve(environ, start_response):
    os.system("log " + environ["SERVER_PORT"])
    return other(environ)


def other(environ):
    os.system("show " + environ["PATH"])


# case: Falcon: a responder's parameters
class Report:
    def on_get(self, req, resp, name):
        os.system("report " + name)  # expect: command-injection from 79
        os.system("report " + req.get_param("part"))  # expect: command-injection from 81

    def on_close(self, name):
        os.system("close " + name)


# case: websockets: messages one by one
async def echo(websocket):
    async for message in websocket:
        os.system(message)  # expect: command-injection from 89
    os.system(await websocket.recv())  # expect: command-injection from 91


async def listen():
    async with websockets.serve(echo, "localhost", 8765):
        pass


# case: websockets: a function of the same shape that nobody registers
async def drain(websocket):
    async for message in websocket:
        os.system(message)


# case: python-socketio: an event by the function's name
sio = socketio.AsyncServer()


@sio.event
async def order(sid, data):
    os.system("order " + data["item"])  # expect: command-injection from 110


# case: FastAPI: what a dependency asks the request for
def page_of(part: str, size: int = 10):
    os.system(f"head -n {size} " + part)  # expect: command-injection from 115
    return part


app = fastapi.FastAPI()


@app.get("/parts")
def parts(part: str = fastapi.Depends(page_of)):
    return {"part": part}


# case: FastAPI: a dependency of a dependency is no text of the request
def store_of(connection=fastapi.Depends(sqlite3.connect)):
    os.system("open " + connection)


@app.get("/store")
def store(found=fastapi.Depends(store_of)):
    return {}


# case: Flask-RESTful: arguments that a parser reads
class Search(Resource):
    def get(self):
        parser = reqparse.RequestParser()
        parser.add_argument("name")
        os.system("find " + parser.parse_args()["name"])  # expect: command-injection from 143


# case: a connection that a listening socket accepts
def serve_one():
    listener = socket.socket()
    connection, address = listener.accept()
    os.system(connection.recv(100).decode())  # expect: command-injection from 150


# case: where the connection comes from
def log_one():
    listener = socket.create_server(("127.0.0.1", 9000))
    _, address = listener.accept()
    os.system(f"log {address[1]}")


# case: Redis: what is published, and what is counted, harmless
def follow():
    for message in redis.Redis().pubsub().listen():
    os.system(f"echo {redis.Redis().pubsub().ping()}")


# case: Redis: what is published, and what is counted
def follow_flow():
    for message in redis.Redis().pubsub().listen():
        os.system(message["data"].decode())  # expect: command-injection from 168


# case: statements of other libraries
def tables():
    city = request.args["city"]
    polars.read_database("SELECT * FROM shop WHERE city = '" + city + "'", "shop")  # expect: sql-injection from 174
    sqlite_utils.Database("shop").query(f"SELECT * FROM shop WHERE city = '{city}'")  # expect: sql-injection from 174


# case: statements of other libraries, with parameters
def tables_by_parameter():
    sqlite_utils.Database("shop").query("SELECT * FROM shop WHERE city = ?", [request.args["city"]])


# case: addresses that other libraries fetch
def fetched():
    address = request.args["address"]
    zeep.Client(wsdl=address)  # expect: ssrf from 186
    weasyprint.HTML(url=address)  # expect: ssrf from 186
    boto3.client("s3", endpoint_url=address)  # expect: ssrf from 186


# case: a page that is in the text itself
def printed():
    weasyprint.HTML(string=request.args["text"])
    boto3.client(request.args["service"], endpoint_url="https://s3.example.org")


# case: the lines of a connection
def serve_lines():
    connection, _ = socket.create_server(("127.0.0.1", 9000)).accept()
    stream = connection.makefile("r")
    for line in stream:
        os.system(line)  # expect: command-injection from 202


# case: a file that is written to a connection
def greet():
    connection, _ = socket.create_server(("127.0.0.1", 9000)).accept()
    stream = connection.makefile("w")
    os.system(f"echo {stream.write('hello')}")
