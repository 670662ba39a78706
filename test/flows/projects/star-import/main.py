from flask import Flask, request

from helpers import *

app = Flask(__name__)


@app.route("/run")
def run():
    launch(request.args["command"])
    count(request.args["command"])
    return ""
