import os

from flask import Flask, request

import settings
from settings import COLUMNS, DEFAULT_COMMAND

app = Flask(__name__)


@app.route("/default")
def default():
    command = request.args["command"]
    if settings.USE_DEFAULT:
        command = DEFAULT_COMMAND
    os.system(command)
    return ""


@app.route("/given")
def given():
    command = request.args["command"]
    if not settings.USE_DEFAULT:
        command = DEFAULT_COMMAND
    os.system(command)  # expect: command-injection from 22
    return ""


@app.route("/sorted")
def in_order(cursor):
    column = request.args["column"]
    if column not in COLUMNS:
        column = "id"
    cursor.execute("SELECT * FROM item ORDER BY " + column)
    return ""
